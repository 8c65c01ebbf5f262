import { createHash } from 'node:crypto';
import { AppError } from '../../../contract/failure.ts';
import type { Survey } from '../../verification/survey.ts';
import type { TimeStampAuthority } from '../time-stamp/authority.ts';
import type { StampToken } from '../time-stamp/response.ts';
import { carriesStamp, signatureValue, withTimeStamp } from '../time-stamp/unsigned-attribute.ts';
import type { GrowingFile } from './growing-file.ts';

/** A signature that nothing proves the time of. */
export interface Unstamped {
  readonly field: string;
  readonly contents: Uint8Array;
  /** Offsets in the file of `<` and of the byte behind `>`. */
  readonly gap: { readonly start: number; readonly end: number };
  /** Whether a stamp may still be put into it: nothing was appended after it, so no other signature covers its /Contents. */
  readonly isLast: boolean;
}

/** The signatures with neither a time stamp of their own nor a document time stamp around them, oldest first. */
export function unstamped({ examined }: Survey, revisions: number): Unstamped[] {
  const ends = examined.flatMap(({ checked, range }) =>
    checked.kind === 'timeStamp' && checked.check.intact && range ? [range.end] : [],
  );
  return examined.flatMap(({ checked, range, signed, contents, claim }) => {
    if (checked.kind !== 'signature' || !range || !signed || carriesStamp(contents)) return [];
    if (ends.some((end) => end > range.end)) return [];
    const gap = { start: range.gapStart, end: range.gapEnd };
    return [{ field: claim.field, contents, gap, isLast: signed.document.revisions.length === revisions }];
  });
}

/**
 * Puts a time stamp into the room left in a signature's /Contents (baseline T; EN 319 142-1, 6.3). Only that string changes,
 * which no signature covers. Throws what the authority does (`timestamp-…`), and `signature-room-too-small`.
 */
export async function stampSignature(
  file: GrowingFile,
  { contents, gap }: Unstamped,
  authority: TimeStampAuthority,
  signal?: AbortSignal,
): Promise<StampToken> {
  const digest = createHash('sha256').update(signatureValue(contents)).digest();
  const token = await authority.stamp({ algorithm: 'sha256', digest }, signal);
  const stamped = withTimeStamp(contents, token.bytes);
  const room = (gap.end - gap.start - 2) / 2;
  if (stamped.length > room) throw new AppError('signature-room-too-small', { needed: stamped.length, room });
  await file.file.write(Buffer.from(Buffer.from(stamped).toString('hex').toUpperCase()), gap.start + 1);
  return token;
}
