import type { BoxMm } from '../pdf/page-geometry.ts';

/** What a signature shows on the page and what else its revision does. One kind for each act that the rules know. */
export type Stamp = PlainStamp | ApprovalStamp | SealStamp;

/** A signature in a place of the caller's choice, or an invisible one. */
export interface PlainStamp {
  readonly kind: 'plain';
  /** An existing empty field of this name is used, else one is made. */
  readonly field?: string;
  /** From 1; the first where left out. */
  readonly page?: number;
  readonly box?: BoxMm;
  readonly image?: Uint8Array;
}

/**
 * Chữ ký của người có thẩm quyền (NĐ 30/2020 PL I, II.7): the blue signature between position and name. Prepares the
 * fields for number, date and the agency's seal, since these come after it.
 */
export interface ApprovalStamp {
  readonly kind: 'approval';
  readonly field?: string;
  readonly page?: number;
  readonly box?: BoxMm;
  /** PNG with transparency; the signer's name in words where it is left out. */
  readonly image?: Uint8Array;
}

/** Chữ ký số của cơ quan (PL I, II.8): fills number and date, and puts the red seal over the signature's left third. */
export interface SealStamp {
  readonly kind: 'seal';
  readonly image?: Uint8Array;
  /** As printed: "05", or the whole code "05/QĐ-SKHCN". Left out where the document already bears it. */
  readonly number?: string;
  /** Day of issue in Viet Nam, YYYY-MM-DD. */
  readonly date?: string;
  readonly page?: number;
  readonly box?: BoxMm;
}
