import { PdfDocument } from '../pdf/document.ts';
import { formFields } from '../pdf/form.ts';
import { PdfString } from '../pdf/object.ts';

/**
 * The values of a file's text fields by full name, as its last revision has them: number and date of a sealed document stand
 * there, not in the page's text. Throws what `PdfDocument.open` throws.
 */
export async function readFieldValues(path: string): Promise<Map<string, string>> {
  const document = PdfDocument.open(path);
  try {
    const texts = formFields(document).filter(({ type }) => type === 'Tx');
    return new Map(texts.map(({ name, value }) => [name, value instanceof PdfString ? value.toText() : '']));
  } finally {
    document.close();
  }
}
