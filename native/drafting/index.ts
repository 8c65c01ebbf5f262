import type { Draft } from '../../contract/draft.ts';
import { composePaper } from './paper.ts';
import { type PreparedField, withFields } from './prepared-draft.ts';
import type { Typesetter } from './typesetter.ts';

export { readDraft } from './read-draft.ts';
export { Typesetter } from './typesetter.ts';

export interface DraftedPdf {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly fields: readonly PreparedField[];
}

/** A draft as the PDF that is submitted for signature. Throws `draft-invalid`. */
export function draftPdf(draft: Draft, typesetter: Typesetter, made: Date = new Date()): DraftedPdf {
  const paper = typesetter.typeset(composePaper(draft, made));
  return { ...withFields(paper, draft.agency.name), pages: paper.pages };
}

export { checkFileName, checkForm, type FormFinding, type FormReport } from './form-check/index.ts';
