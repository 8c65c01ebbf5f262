import type { ByteSource } from './byte-source.ts';

/**
 * What stands a few bytes beside where a file says: line ends that a mailer turned, a writer that counted from the wrong
 * byte. Readers agree on it, since the right thing is named by its own header; anything farther off would be a guess.
 */
const reach = 48;

/** Places of a pattern around an offset, the nearest first. */
function placesNear(source: ByteSource, offset: number, pattern: RegExp): number[] {
  const from = Math.max(0, offset - reach);
  const text = Buffer.from(source.read(from, 2 * reach)).toString('latin1');
  return [...text.matchAll(pattern)]
    .map(({ index }) => from + index)
    .sort((a, b) => Math.abs(a - offset) - Math.abs(b - offset));
}

/** Where object `number` starts, near `offset`; null where it doesn't, or where two places could be meant. */
export function objectNear(source: ByteSource, offset: number, number: number): number | null {
  const places = placesNear(
    source,
    offset,
    new RegExp(`(?<![0-9])${number}\\s+\\d{1,5}\\s+obj(?![a-zA-Z])`, 'g'),
  );
  const [place] = places;
  return place === undefined || places.length > 1 ? null : place;
}

/** Where cross-reference sections may start near `offset`: a table's keyword, or the header of a stream's object. */
export function sectionsNear(source: ByteSource, offset: number): number[] {
  return placesNear(
    source,
    offset,
    /(?<![a-zA-Z])xref(?=\s)|(?<![0-9])\d{1,10}\s+\d{1,5}\s+obj(?![a-zA-Z])/g,
  );
}
