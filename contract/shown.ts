import * as z from 'zod';
import { AppError } from './failure.ts';
import { fileDigest } from './identity.ts';

/**
 * What a person had before their eyes when they decided: the document's version, and the main file whose pages were
 * drawn.
 */
export const shownFile = z.object({ version: z.int().positive(), digest: fileDigest });
export type ShownFile = z.infer<typeof shownFile>;

/**
 * The same for acts that need no page: what can't be shown must be possible to give back. `digest` is null where no
 * page was drawn; where one was, it counts.
 */
export const shownDocument = shownFile.extend({ digest: fileDigest.nullable() });
export type ShownDocument = z.infer<typeof shownDocument>;

/** How a document stands now; `changedAt` is an instant. */
export interface StandingDocument extends ShownDocument {
  readonly changedAt: string;
}

/** Hexadecimal digits by which people tell two files apart. */
const prefix = 12;

/**
 * Fails with `document-changed` {shownVersion, version, shownFile, file, changedAt} where a document isn't what was
 * shown any more: no act names bytes that its person wasn't shown.
 */
export function assertShown(shown: ShownDocument, now: StandingDocument): void {
  const isSameFile = shown.digest === null || shown.digest === now.digest;
  if (shown.version === now.version && isSameFile) return;
  throw new AppError('document-changed', {
    shownVersion: shown.version,
    version: now.version,
    shownFile: shown.digest?.slice(0, prefix) ?? '',
    file: now.digest?.slice(0, prefix) ?? '',
    changedAt: now.changedAt,
  });
}
