import type { BoxMm } from '../pdf/page-geometry.ts';

/** What a signature shows on the page and what else its revision does. One kind for each act that the rules know. */
export type Stamp =
  | PlainStamp
  | ApprovalStamp
  | SealStamp
  | AppendixStamp
  | CopyStamp
  | IncomingStamp
  | DirectiveStamp
  | InitialStamp;

/** Where a stamp goes where the caller says so; what is left out is found by the rules. */
export interface WantedPlace {
  /** An existing empty signature field of this name is used, else one is made. */
  readonly field?: string;
  /** From 1. */
  readonly page?: number;
  readonly box?: BoxMm;
}

/** A signature in a place of the caller's choice, or an invisible one. */
export interface PlainStamp extends WantedPlace {
  readonly kind: 'plain';
  readonly image?: Uint8Array;
}

/**
 * Chữ ký của người có thẩm quyền (NĐ 30/2020 PL I, II.7): the blue signature between position and name. Prepares the
 * fields for number, date and the agency's seal, since these come after it.
 */
export interface ApprovalStamp extends WantedPlace {
  readonly kind: 'approval';
  /** PNG with transparency; the signer's name in words where it is left out. */
  readonly image?: Uint8Array;
}

/** Chữ ký số của cơ quan (PL I, II.8): fills number and date, and puts the red seal over the signature's left third. */
export interface SealStamp extends WantedPlace {
  readonly kind: 'seal';
  readonly image?: Uint8Array;
  /** Width of the seal in millimetres, for pictures that don't tell their real size. */
  readonly diameter?: number;
  /** As printed: "05", or the whole code "05/QĐ-SKHCN". Left out where the document already bears it. */
  readonly number?: string;
  /** Day of issue in Viet Nam, YYYY-MM-DD. */
  readonly date?: string;
}

/** Chữ ký số của cơ quan on văn bản kèm theo in a file of its own (PL I, II.8.b): code and time, no picture. */
export interface AppendixStamp extends WantedPlace {
  readonly kind: 'appendix';
  /** Số và ký hiệu of the document that it belongs to: "05/QĐ-SKHCN". */
  readonly referenceCode: string;
}

/** Hình thức sao (NĐ 30/2020 Đ25). */
export type CopyForm = 'sao-y' | 'sao-luc' | 'trich-sao';

/** Chữ ký số của cơ quan on an electronic copy (PL I, Phần II; ô số 14). */
export interface CopyStamp extends WantedPlace {
  readonly kind: 'copy';
  readonly form: CopyForm;
  /** Tên cơ quan sao; the certificate's name where it is left out. */
  readonly agency?: string;
}

/** Dấu "ĐẾN" (PL IV): 35 × 50 mm. */
export interface IncomingStamp extends WantedPlace {
  readonly kind: 'incoming';
  /** Of the office that received it; the certificate's name where it is left out. */
  readonly agency?: string;
  /** Số đến. */
  readonly arrivalNumber: string;
  /** Ngày đến in Viet Nam, YYYY-MM-DD. */
  readonly date: string;
  /** Chuyển: the unit or person that is to handle it. */
  readonly forwardedTo?: string;
  /** Số và ký hiệu hồ sơ. */
  readonly caseFile?: string;
}

/** Bút phê: a leader's words on a document, with name and time. */
export interface DirectiveStamp extends WantedPlace {
  readonly kind: 'directive';
  readonly text: string;
}

/** Ký nháy, ký tắt: who answers for the content signs behind its last word, who answers for the form behind "Lưu:". */
export interface InitialStamp extends WantedPlace {
  readonly kind: 'initial';
  readonly answersFor: 'content' | 'form';
  readonly image?: Uint8Array;
}
