import { AppError } from '../../contract/failure.ts';
import { PdfDocument } from '../pdf/document.ts';
import { type FormField, formFields } from '../pdf/form.ts';
import { type PdfDict, PdfString } from '../pdf/object.ts';
import { type Page, pages } from '../pdf/page.ts';
import { writtenPlace } from './appearance/filled-look.ts';
import { normalAppearance } from './appearance/widget-appearance.ts';
import { says, writtenText } from './appearance/written-text.ts';
import { needsAppearances } from './changes/appearance-switch.ts';

/**
 * Which of these text fields a file has that show their value otherwise than in the font of our own stamps, every
 * letter known by its outline: nothing else makes sure that all readers show the same number and date. Throws what
 * `PdfDocument.open` throws.
 */
export async function fieldsInOtherFonts(path: string, names: readonly string[]): Promise<string[]> {
  const document = PdfDocument.open(path);
  try {
    const [page] = pages(document);
    const asked = formFields(document).filter(({ type, name }) => type === 'Tx' && names.includes(name));
    const others = asked.filter((field) => !page || !isInOwnFont(document, field, page));
    return [...new Set(others.map(({ name }) => name))];
  } finally {
    document.close();
  }
}

function isInOwnFont(document: PdfDocument, { dict, value }: FormField, page: Page): boolean {
  const kids = document.array(dict.get('Kids'))?.map((kid) => document.dict(kid)) ?? [dict];
  const text = value instanceof PdfString ? value.toText() : '';
  return !needsAppearances(document) && kids.every((widget) => widget && shows(document, widget, text, page));
}

function shows(document: PdfDocument, widget: PdfDict, text: string, page: Page): boolean {
  try {
    const form = normalAppearance(document, widget);
    const place = form && writtenPlace(document, form, { cells: 0, isList: false });
    if (!form || !place?.isSteady) return false;
    const written = writtenText(document, form, page, place.box);
    return written?.proof === 'own' && written.text !== '' && says(text, written);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
