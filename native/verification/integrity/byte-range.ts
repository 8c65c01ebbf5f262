import type { ReasonCode } from '../../../contract/verdict.ts';
import type { ByteSource } from '../../pdf/byte-source.ts';
import { isArray, type PdfDict } from '../../pdf/object.ts';
import { misplacement } from './misplaced.ts';
import type { EntryPlaces } from './signature-place.ts';

/** What a signature covers: everything up to `end` except the gap, which is its own /Contents (ISO 32000-2, 12.8.1). */
export interface SignedRange {
  readonly gapStart: number;
  /** Behind the closing bracket. */
  readonly gapEnd: number;
  readonly end: number;
}

export type RangeCheck =
  | { readonly range: SignedRange; readonly contents: Uint8Array }
  | { readonly reason: ReasonCode };

/** A CMS with chain, time stamp and revocation data stays far below. */
const maxContentsBytes = 16 * 1024 * 1024;

/**
 * Checks /ByteRange against the place where the same dictionary's /Contents stands. The gap must be exactly that
 * string: a wider one would leave room for what nobody signed, another one would be somebody else's signature.
 */
export function checkByteRange(dict: PdfDict, places: EntryPlaces | null, source: ByteSource): RangeCheck {
  const values = dict.get('ByteRange');
  if (!isArray(values) || values.length !== 4) return { reason: 'byte-range-malformed' };
  if (!values.every((value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) {
    return { reason: 'byte-range-malformed' };
  }
  const [start, before, gapEnd, after] = values as [number, number, number, number];
  if (start !== 0) return { reason: 'byte-range-malformed' };
  if (before > gapEnd) return { reason: 'byte-range-overlap' };
  const end = gapEnd + after;
  const spans = places?.get('Contents') ?? [];
  const [span] = spans;
  const stated = { gapStart: before, gapEnd, end };
  if (end > source.length) return { reason: misplacement(stated, span, source) };
  if (!span || spans.length !== 1) return { reason: 'contents-malformed' };
  if (span.start !== before || span.end !== gapEnd) return { reason: misplacement(stated, span, source) };
  if ((places?.get('ByteRange') ?? []).length !== 1) return { reason: 'byte-range-malformed' };
  const contents = readHexString(source, span.start, span.end);
  if (!contents || contents.length === 0) return { reason: 'contents-malformed' };
  return { range: stated, contents };
}

/** The bytes of `<...>`, where between the brackets stands nothing but hexadecimal digits. */
function readHexString(source: ByteSource, start: number, end: number): Uint8Array | null {
  if (end - start < 2 || end - start > 2 * maxContentsBytes) return null;
  const text = Buffer.from(source.read(start, end - start)).toString('latin1');
  if (!/^<(?:[0-9a-fA-F]{2})*>$/.test(text)) return null;
  return Buffer.from(text.slice(1, -1), 'hex');
}
