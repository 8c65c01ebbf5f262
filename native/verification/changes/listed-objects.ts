import type { PdfDocument } from '../../pdf/document.ts';
import { Keyword, Lexer } from '../../pdf/lexer.ts';
import type { Revision } from '../../pdf/revision.ts';
import { readContainer } from './object-table.ts';
import { oncePerPart } from './once.ts';

/**
 * Whether all objects that a revision lists, those that nothing refers to as well, are where the cross-reference says. Mupdf gathers the
 * file's objects anew for a place beyond the end or an object stream that isn't there.
 */
export const areListedTruly = oncePerPart((document: PdfDocument, revision: Revision): boolean => {
  const held = new Map<number, readonly number[]>();
  for (const number of revision.numbers()) {
    const entry = document.find(number);
    // Object 0 heads the free list.
    if (number === 0 || !entry || entry.kind === 'free') continue;
    if (entry.kind === 'offset') {
      if (!startsAt(document, entry.offset, number, entry.generation)) return false;
      continue;
    }
    const numbers = held.get(entry.container) ?? readContainer(document, entry.container)?.numbers ?? [];
    held.set(entry.container, numbers);
    if (numbers[entry.index] !== number) return false;
  }
  return true;
});

function startsAt({ source }: PdfDocument, offset: number, number: number, generation: number): boolean {
  const lexer = new Lexer(source, offset);
  const [own, its, keyword] = [lexer.next(), lexer.next(), lexer.next()];
  return own === number && its === generation && keyword instanceof Keyword && keyword.value === 'obj';
}
