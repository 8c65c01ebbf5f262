import { AppError } from '../../contract/failure.ts';
import { PdfDict, PdfName, PdfString } from '../pdf/object.ts';
import type { Increment } from '../pdf/revision-writer.ts';

/** The widest offset that ten digits hold: files of up to 9.3 GiB (ISO 32000-2, 7.5.4 allows no more in a table). */
const digits = 10;
const widest = 10 ** digits - 1;

/** What a signature dictionary says besides its value (ISO 32000-2, 12.8.1). */
export interface SignatureDetails {
  /** Claimed time, written in Viet Nam's zone. */
  readonly signedAt: Date;
  readonly reason?: string | null;
  readonly location?: string | null;
  /** What the signature allows to be changed later (12.8.2). */
  readonly references?: readonly PdfDict[];
}

/** A PDF date (7.9.4) in Viet Nam's time, UTC+7. */
export function pdfDate(time: Date): string {
  const local = new Date(time.getTime() + 7 * 3_600_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return `D:${local}+07'00'`;
}

/** The dictionary with `room` zero bytes in place of the signature and the widest possible byte range. */
export function placeholderDictionary(
  { signedAt, reason = null, location = null, references = [] }: SignatureDetails,
  room: number,
): PdfDict {
  return new PdfDict([
    ['Type', new PdfName('Sig')],
    ['Filter', new PdfName('Adobe.PPKLite')],
    ['SubFilter', new PdfName('ETSI.CAdES.detached')],
    ['ByteRange', [0, widest, widest, widest]],
    ['Contents', new PdfString(new Uint8Array(room), true)],
    ['M', PdfString.fromText(pdfDate(signedAt))],
    ...(reason === null ? [] : [['Reason', PdfString.fromText(reason)] as const]),
    ...(location === null ? [] : [['Location', PdfString.fromText(location)] as const]),
    ...(references.length === 0 ? [] : [['Reference', references] as const]),
  ]);
}

/** The appended bytes with their byte range filled in, and the gap that the signature will fill. */
export interface PreparedIncrement {
  readonly bytes: Uint8Array;
  /** Offsets in `bytes` of `<` and of the byte behind `>`. */
  readonly gap: { readonly start: number; readonly end: number };
}

/**
 * Fills /ByteRange for the signature dictionary of object `number`: everything but the hexadecimal string between
 * and including its angle brackets (12.8.1).
 */
export function fillByteRange(increment: Increment, number: number): PreparedIncrement {
  const bytes = Buffer.from(increment.bytes);
  const place = increment.places.get(number);
  if (!place) throw new AppError('internal', {}, { cause: `object ${number} was not written` });
  const from = place.start - increment.base;
  const rangeAt = bytes.indexOf('/ByteRange [', from) + '/ByteRange ['.length - 1;
  const rangeEnd = bytes.indexOf(']', rangeAt) + 1;
  const start = bytes.indexOf('/Contents <', from) + '/Contents <'.length - 1;
  const end = bytes.indexOf('>', start) + 1;
  const behind = increment.base + end;
  const total = increment.base + bytes.length;
  const range = `[0 ${increment.base + start} ${behind} ${total - behind}]`;
  if (range.length > rangeEnd - rangeAt) throw new AppError('file-too-large', {});
  bytes.write(range.padEnd(rangeEnd - rangeAt), rangeAt, 'latin1');
  return { bytes, gap: { start, end } };
}

/** Writes the signature into the gap. Throws `signature-room-too-small` with the bytes needed. */
export function fillContents({ bytes, gap }: PreparedIncrement, signature: Uint8Array): Uint8Array {
  const room = (gap.end - gap.start - 2) / 2;
  if (signature.length > room)
    throw new AppError('signature-room-too-small', { needed: signature.length, room });
  const filled = Buffer.from(bytes);
  filled.write(Buffer.from(signature).toString('hex').toUpperCase(), gap.start + 1, 'latin1');
  return filled;
}
