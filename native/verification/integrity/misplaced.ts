import type { ReasonCode } from '../../../contract/verdict.ts';
import type { ByteSource } from '../../pdf/byte-source.ts';
import type { Span } from './signature-place.ts';

/** How far beyond the file's end a range may reach and still be a slip of somebody's pen, in bytes. */
const slipBytes = 1024;

/**
 * What `data:application/pdf;base64,` becomes where a web system decodes an address as if all of it were base64, with
 * zero for each character that isn't (75 ab 5a 01 aa 69 …, 21 bytes). The file follows whole.
 */
export const dataPrefix: Buffer = (() => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const lenient = [...'data:application/pdf;base64,'].map((character) =>
    alphabet.includes(character) ? character : 'A',
  );
  return Buffer.from(lenient.join(''), 'base64');
})();

/** Where a signature says that it stands: [start, length, start, length] of /ByteRange. */
export interface StatedRange {
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

/**
 * Why a signature doesn't stand where it says, in the cases that honest people meet; `byte-range-malformed` otherwise.
 * Nothing of it makes a signature better: it says what happened to the file, and what to ask for.
 *
 * `data-prefix`: each place is as far off as the decoded head of a data: address is long, which stands before the file.
 * `signed-larger-file`: the range reaches far beyond the end; the signature is another, larger file's, of which this
 * is an extract or the beginning. `file-rewritten`: /Contents has the gap's length and another place, or stands wholly
 * outside of it; some program wrote the file anew.
 */
export function misplacement(
  { gapStart, gapEnd, end }: StatedRange,
  contents: Span | undefined,
  source: ByteSource,
): ReasonCode {
  const head = Buffer.from(source.read(0, Math.min(dataPrefix.length, source.length)));
  if (head.equals(dataPrefix) && contents?.start === gapStart + dataPrefix.length) return 'data-prefix';
  if (end > source.length + slipBytes) return 'signed-larger-file';
  if (!contents) return 'byte-range-malformed';
  const isMoved = contents.start !== gapStart && contents.end - contents.start === gapEnd - gapStart;
  const isElsewhere = contents.end <= gapStart || contents.start >= gapEnd;
  return isMoved || isElsewhere ? 'file-rewritten' : 'byte-range-malformed';
}
