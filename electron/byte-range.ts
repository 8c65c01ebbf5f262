/** Bytes `start` to `end`, both included, as in RFC 9110 §14.1.2. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a Range header for a file of `bytes` bytes. `null`: answer with the whole file, as RFC 9110 §14.2 asks where
 * the header is missing, malformed or asks for several ranges; `unsatisfiable`: answer 416.
 */
export function readByteRange(header: string | null, bytes: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    if (last === '') return null;
    const suffix = Math.min(Number(last), bytes);
    return suffix === 0 ? 'unsatisfiable' : { start: bytes - suffix, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Number(last);
  if (last !== '' && end < start) return null;
  if (start >= bytes) return 'unsatisfiable';
  return { start, end: Math.min(end, bytes - 1) };
}
