import { stream } from '../unit/verification/sample-pdf.ts';
import { page, type SignOptions, trueText, update, usualPage, type Victim } from './victim.ts';

/** A tagged document, as word processors export it: two paragraphs in the structure tree (ISO 32000-2, 14.7). */
export const taggedCatalog = '/MarkInfo << /Marked true >> /StructTreeRoot 60 0 R';
export const taggedPage = `/StructParents 0 ${usualPage}`;

export function treeRoot(kids: string, nextKey = 1): string {
  return `<< /Type /StructTreeRoot /K ${kids} /ParentTree 62 0 R /ParentTreeNextKey ${nextKey} >>`;
}

export function element(rest = '/K 0'): string {
  return `<< /Type /StructElem /S /P /P 60 0 R /Pg 3 0 R ${rest} >>`;
}

export function tagged(victim: Victim, options: SignOptions = {}): Buffer {
  return victim.sign(
    {
      3: page('6 0 R 7 0 R 8 0 R', taggedPage),
      4: stream(`/P << /MCID 0 >> BDC BT /F1 14 Tf 72 720 Td (${trueText}) Tj ET EMC`),
      60: treeRoot('[61 0 R 64 0 R]'),
      61: element(),
      62: '<< /Nums [0 [61 0 R]] >>',
      64: element('/K []'),
    },
    { pageEntries: taggedPage, catalogEntries: taggedCatalog, ...options },
  );
}

/** A further signature that brings its tag along; `content` is what the tag holds. */
export function taggedSignature(
  victim: Victim,
  content = '/K << /Type /OBJR /Obj 23 0 R /Pg 3 0 R >>',
): Buffer {
  const first = tagged(victim);
  const base = update(first, {
    60: treeRoot('[61 0 R 64 0 R 63 0 R]', 2),
    62: '<< /Nums [0 [61 0 R] 1 63 0 R] >>',
    63: `<< /Type /StructElem /S /Form /P 60 0 R ${content} >>`,
  });
  return victim.signAgain(base, {
    pageEntries: taggedPage,
    catalogEntries: taggedCatalog,
    fieldEntries: '/StructParent 1',
  });
}
