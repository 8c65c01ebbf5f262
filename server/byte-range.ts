/** A stretch of a file, in bytes, both ends included. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * What a Range header asks of a file of `size` bytes (RFC 9110 14.1.2): one stretch, 'whole' where the header is absent, of
 * another unit, malformed or asks for several (which a server may answer with the whole), or 'unsatisfiable'.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return 'whole';
  const [, from = '', to = ''] = match;
  if (from === '') {
    if (to === '') return 'whole';
    const suffix = Number(to);
    if (suffix === 0 || size === 0) return 'unsatisfiable';
    return { first: Math.max(0, size - suffix), last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Number(to);
  if (to !== '' && last < first) return 'whole';
  return first >= size ? 'unsatisfiable' : { first, last: Math.min(last, size - 1) };
}
