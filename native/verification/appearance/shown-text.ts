import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, PdfName, type PdfStream } from '../../pdf/object.ts';
import type { Page } from '../../pdf/page.ts';
import { pageMarks } from '../../pdf/text/text-position.ts';

/** The words of an appearance, in the order in which they are drawn. Throws `pdf-too-complex`. */
export function shownText(document: PdfDocument, form: PdfStream, page: Page): string {
  return pageMarks(document, sheetOf(document, form, page))
    .characters.map(({ text }) => text)
    .join('');
}

/** An appearance as if it were a page's content, in its own space. */
export function sheetOf(document: PdfDocument, form: PdfStream, page: Page): Page {
  const resources = document.dict(form.dict.get('Resources')) ?? new PdfDict();
  const { index, ref, userUnit } = page;
  const dict = PdfDict.of({ Contents: form });
  return { index, ref, userUnit, dict, resources, box: [0, 0, 1, 1], rotation: 0 };
}

/** Whether everything in these fonts is a tick, a cross or a bullet, whatever letter its code stands for. */
export function hasOnlySymbols(document: PdfDocument, form: PdfStream): boolean {
  const fonts = document.dict(document.dict(form.dict.get('Resources'))?.get('Font'));
  return [...(fonts?.entries.values() ?? [])].every((value) => {
    const name = document.resolve(document.dict(value)?.get('BaseFont'));
    return name instanceof PdfName && /Dingbats|Wingdings|Webdings|Symbol/i.test(name.value);
  });
}

/** Whether an appearance draws pictures, shadings or freehand lines, as words can be drawn, too. */
export function hasDrawing(document: PdfDocument, form: PdfStream): boolean {
  const resources = document.dict(form.dict.get('Resources'));
  const objects = document.dict(resources?.get('XObject'));
  const hasPicture = [...(objects?.entries.values() ?? [])].some((value) =>
    isName(document.dict(value)?.get('Subtype'), 'Image'),
  );
  if (hasPicture || document.dict(resources?.get('Shading'))) return true;
  const content = Buffer.from(document.decodedBytes(form)).toString('latin1');
  const curves = content.match(/\s[cvyl](?=\s)/g)?.length ?? 0;
  return curves > maxBorderPieces || /\bBI\s[\s\S]*?\bID\s/.test(content);
}

/** A frame with bevelled or rounded corners, or a circle twice, needs no more. */
const maxBorderPieces = 16;
