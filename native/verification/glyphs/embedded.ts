import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfDict } from '../../pdf/object.ts';

/** Where a font's descriptor has its program (ISO 32000-2, table 124). */
export const programKeys = ['FontFile', 'FontFile2', 'FontFile3'] as const;

/** Whether a font, or the one that it is composed of, brings glyphs of its own along. */
export function isEmbedded(document: PdfDocument, font: PdfDict): boolean {
  const descendants = document.array(font.get('DescendantFonts'));
  const descriptors = [font, document.dict(descendants?.[0])].map((one) =>
    document.dict(one?.get('FontDescriptor')),
  );
  return descriptors.some((one) => programKeys.some((key) => one?.has(key)));
}
