import type { PdfDocument } from '../document.ts';
import type { PdfObject } from '../object.ts';
import type { Matrix } from '../page-geometry.ts';

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** `first` and then `second` (ISO 32000-2, 8.3.4: row vectors). */
export function concatenate(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = second;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

export function transform([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Moved by (x, y) in its own space first: what `Td` and shown characters do. */
export function translated([a, b, c, d, e, f]: Matrix, x: number, y: number): Matrix {
  return [a, b, c, d, x * a + y * c + e, x * b + y * d + f];
}

/** A matrix of six finite numbers; the identity for anything else. */
export function sixNumbers(values: readonly PdfObject[]): Matrix {
  const [a, b, c, d, e, f, ...more] = values.map((value) => (typeof value === 'number' ? value : 0));
  if (f === undefined || more.length > 0) return identity;
  const matrix = [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f] as const;
  return matrix.every(Number.isFinite) ? matrix : identity;
}

/** The matrix in that entry, as `sixNumbers` has it. */
export function matrixOf(document: PdfDocument, value: PdfObject | undefined): Matrix {
  return sixNumbers((document.array(value) ?? []).map((item) => document.resolve(item)));
}
