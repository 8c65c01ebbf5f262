import type { ShownCode } from '../../pdf/text/font-reader.ts';

/**
 * By what it is known which letters a person sees: `own`, their outlines are those of a known font; `plain`, nothing
 * comes along that could draw others, so that every reader takes letters of its own; `none`, a font of the file
 * decides, or one that nobody knows.
 */
export type Proof = 'own' | 'plain' | 'none';

const order: readonly Proof[] = ['own', 'plain', 'none'];

export function weaker(one: Proof, other: Proof): Proof {
  return order[Math.max(order.indexOf(one), order.indexOf(other))] ?? 'none';
}

/** What a string in one font shows. */
export interface Told {
  readonly codes: readonly ShownCode[];
  readonly proof: Proof;
  /** False where the file says itself, in two places, that it is different letters. */
  readonly isSound: boolean;
}

/** Tells the letters of strings that are shown in one font. */
export interface GlyphTeller {
  /** As `FontReader` has it. */
  readonly isExact: boolean;
  tell(bytes: Uint8Array): Told;
}
