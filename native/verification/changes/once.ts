import type { PdfDocument } from '../../pdf/document.ts';

/** What every signature's comparison asks of the same part of a document, answered once: documents never change. */
export function oncePerPart<Part, Answer>(
  answer: (document: PdfDocument, part: Part) => Answer,
): (document: PdfDocument, part: Part) => Answer {
  const known = new WeakMap<PdfDocument, Map<Part, Answer>>();
  return (document, part) => {
    const own = known.get(document) ?? new Map<Part, Answer>();
    known.set(document, own);
    const found = own.get(part);
    if (found !== undefined || own.has(part)) return found as Answer;
    const given = answer(document, part);
    own.set(part, given);
    return given;
  };
}
