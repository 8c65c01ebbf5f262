import { PdfDocument } from '../pdf/document.ts';
import { formFields } from '../pdf/form.ts';
import { PdfString } from '../pdf/object.ts';

/**
 * The values of a file's text fields by full name, as its last revision has them: number and date of a sealed document stand
 * there, not in the page's text. Fields of one name that say different things have all of it, a line each: none of them alone is what
 * the document says. Throws what `PdfDocument.open` throws.
 */
export async function readFieldValues(path: string): Promise<Map<string, string>> {
  const document = PdfDocument.open(path);
  try {
    const texts = new Map<string, Set<string>>();
    for (const { type, name, value } of formFields(document)) {
      if (type !== 'Tx') continue;
      const said = texts.get(name) ?? new Set();
      texts.set(name, said.add(value instanceof PdfString ? value.toText() : ''));
    }
    return new Map(Array.from(texts, ([name, said]) => [name, [...said].join('\n')]));
  } finally {
    document.close();
  }
}
