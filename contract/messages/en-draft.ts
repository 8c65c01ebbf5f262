import type { DraftFault } from '../draft.ts';

/** What is wrong with a value of a draft. */
export const enDraftFaults: Readonly<Record<DraftFault, string>> = {
  'draft-not-json': 'The file is not valid JSON.',
  'draft-too-deep': 'Things are nested too deep.',
  'draft-value-missing': 'Something required is missing.',
  'draft-value-unknown': 'The program does not know this entry.',
  'draft-value-empty': 'It is empty.',
  'draft-value-too-long': 'It is too long, or there are too many.',
  'draft-value-wrong': 'It is not of the kind that belongs here.',
  'draft-control-character': 'It holds a control character, or one that cannot be seen.',
  'draft-character-unprintable': 'It holds a character that the document’s font cannot print.',
  'draft-reference-missing': 'It refers to something that is not in the draft.',
  'draft-id-twice': 'Another entry has this id.',
  'draft-unit-misplaced': 'Units hold smaller ones only: part, chapter, section, article, clause, point.',
  'draft-points-too-many': 'A clause has 22 points at most, by the letters of the Vietnamese alphabet.',
  'draft-table-uneven': 'Rows of the table have different numbers of columns.',
};
