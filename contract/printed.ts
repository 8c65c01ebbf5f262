import * as z from 'zod';
import { documentType } from './document-type.ts';
import { calendarDate } from './identity.ts';

const text = z.string().max(1000);

/**
 * What a document says of itself to whoever reads it, where NĐ 30/2020 PL I has it: on page 1, and above and under
 * the signature. Only what can be seen counts. Empty, or null, where it stands nowhere or can't be told.
 */
export const printedFacts = z.object({
  /** False where page 1 shows no letters that a program can read: a scan, a page that asks too much. */
  readable: z.boolean(),
  /** Ô số 2: the lines at the top left, superior agency first. */
  issuer: z.array(text).max(8),
  /** Ô số 3: each "05/QĐ-UBND" at the place of the number; "/QĐ-UBND" where its blank is empty. */
  references: z.array(text).max(4),
  /** Ô số 4: each whole date at its place. */
  dates: z.array(calendarDate).max(4),
  /** Ô số 5a; `cong-van` where "V/v" stands under the number instead (5b). */
  type: documentType.nullable(),
  subject: text.nullable(),
  /** Ô số 7a: authority and position, a line each. */
  position: z.array(text).max(8),
  /** Ô số 7b. */
  signer: text.nullable(),
});
