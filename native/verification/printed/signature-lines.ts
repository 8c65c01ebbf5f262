import type { PdfDocument } from '../../pdf/document.ts';
import { pagesFromEnd } from '../../pdf/page.ts';
import { shownSize } from '../../pdf/page-geometry.ts';
import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { chooseBlock, signatureBlocks } from '../../pdf/text/signature-block.ts';
import { linesOf } from '../../pdf/text/text-line.ts';
import { seenText } from './seen-text.ts';

/** Behind the signature only appendices follow; farther back nobody looks for it. */
const pagesSearched = 4;

/** Who signs, as the document prints it (ô số 7a, 7b). */
export interface SignatureLines {
  readonly position: string[];
  readonly signer: string | null;
}

/** Authority, position and name in the last signature block that the last pages have. Throws `pdf-too-complex`. */
export function signatureLines(document: PdfDocument): SignatureLines {
  let searched = 0;
  for (const page of pagesFromEnd(document)) {
    if (++searched > pagesSearched) break;
    const size = shownSize(page);
    const lines = linesOf((seenText(document, page) ?? []).filter(({ isContent }) => isContent));
    const block = chooseBlock(signatureBlocks(lines, size), size.width, '');
    if (!block) continue;
    const isKnown = (text: string) => !text.includes(unknownCharacter);
    const { name, position } = block;
    return {
      position: position.every(isKnown) ? [...position] : [],
      signer: name !== null && isKnown(name) && !/^[([]/.test(name) ? name : null,
    };
  }
  return { position: [], signer: null };
}
