import { readFileSync, writeFileSync } from 'node:fs';

/**
 * An honest file that inputs are made from: what all programs make of it is what they agree on, and where they don't
 * already.
 */
export interface Base {
  readonly name: string;
  readonly kind: 'draft' | 'signed';
  readonly bytes: Buffer;
}

/** Writes the honest files to one file, so that other processes and later runs start from the same bytes. */
export function saveBases(path: string, bases: readonly Base[]): void {
  writeFileSync(
    path,
    JSON.stringify(bases.map((base) => ({ ...base, bytes: base.bytes.toString('base64') }))),
  );
}

export function loadBases(path: string): Base[] {
  const packed = JSON.parse(readFileSync(path, 'utf8')) as (Omit<Base, 'bytes'> & {
    readonly bytes: string;
  })[];
  return packed.map((base) => ({ ...base, bytes: Buffer.from(base.bytes, 'base64') }));
}
