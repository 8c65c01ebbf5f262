import * as z from 'zod';
import { documentBox } from '../../contract/desktop.ts';

/** What a list gives to the document that is opened from it, so that a reader comes back to their place among hundreds. */
export const openedFrom = z.object({
  box: documentBox,
  /** The row that was opened, then the one after it: the first may have left the list by then. */
  rows: z.array(z.string()).max(2),
});
export type OpenedFrom = z.infer<typeof openedFrom>;

/** The row of that document and the one after it. */
export function rowsFrom(ids: readonly string[], opened: string): string[] {
  const at = ids.indexOf(opened);
  return at < 0 ? [] : ids.slice(at, at + 2);
}
