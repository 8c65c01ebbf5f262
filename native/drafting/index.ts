import type { Draft } from '../../contract/draft.ts';
import { composeAppendix, composePaper } from './paper.ts';
import { type PreparedField, withFields } from './prepared-draft.ts';
import type { Typesetter } from './typesetter.ts';

export { readDraft } from './read-draft.ts';
export { Typesetter } from './typesetter.ts';

export interface DraftedPdf {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly fields: readonly PreparedField[];
}

/**
 * An appendix in a file of its own: the agency signs it at its corner (native/signing/corner-stamp.ts), without a
 * field.
 */
export interface DraftedAppendix {
  /** Its place among all of the draft's appendices, from 1. */
  readonly number: number;
  readonly pdf: Uint8Array;
  readonly pages: number;
}

/** A draft as the PDF that is submitted for signature. Throws `draft-invalid`. */
export function draftPdf(draft: Draft, typesetter: Typesetter, made: Date = new Date()): DraftedPdf {
  const paper = typesetter.typeset(composePaper(draft, made));
  return { ...withFields(paper, draft.agency.name), pages: paper.pages };
}

/** A draft's appendices that are files of their own, each a PDF. Throws `draft-invalid`. */
export function appendixPdfs(
  draft: Draft,
  typesetter: Typesetter,
  made: Date = new Date(),
): DraftedAppendix[] {
  return draft.appendices.flatMap(({ separate }, index) => {
    if (!separate) return [];
    const { pdf, pages } = typesetter.typeset(composeAppendix(draft, index, made));
    return [{ number: index + 1, pdf, pages }];
  });
}

export { checkFileName, checkForm, type FormFinding, type FormReport } from './form-check/index.ts';
