import { AppError } from '../../contract/failure.ts';
import type { SignaturePlace, SignatureReport } from '../../contract/verdict.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { PdfDict } from '../pdf/object.ts';
import type { Page } from '../pdf/page.ts';
import { shownText } from './appearance/shown-text.ts';
import { normalAppearance } from './appearance/widget-appearance.ts';

/** The words of a signature's own look, without blanks around them; empty where it has none, or they can't be read. */
export function lookText(document: PdfDocument, widget: PdfDict, page: Page): string {
  try {
    const form = normalAppearance(document, widget);
    return form ? shownText(document, form, page).normalize('NFC').trim() : '';
  } catch (error) {
    // What no program can read says nothing; the verdict on the look is found elsewhere.
    if (error instanceof AppError) return '';
    throw error;
  }
}

/** "05", "05/QĐ-UBND": box 3 of NĐ 30/2020, PL I; a bare day or month is written alike. */
const numberText = /^\d{1,6}\s*(\/\s*[\p{L}\d&.\-\s/]{1,40})?$/u;
/** Box 4, in the ways that offices write it: whole, as a day alone, or over the page's blanks. */
const dateTexts: readonly RegExp[] = [
  /^\d{1,2}$/,
  /^\d{1,2}\s+\d{1,2}(\s+\d{4})?$/,
  /^\d{1,2}[./-]\d{1,2}([./-]\d{4})?$/,
  /^(ngày\s*\d{1,2}\s*)?tháng\s*\d{1,2}(\s*năm\s*\d{4})?$/iu,
];

/**
 * What a signature stands for on its document. Most offices sign four times: the leader, the seal, and the number and
 * the date, which the clerk writes with the agency's certificate, each into a look of its own in the head of page 1:
 * number on the left, date on the right (NĐ 30/2020, PL I, boxes 3 and 4). All others are the person's or the
 * agency's, by the certificate's name. Undefined where nobody vouches for the certificate, or it says neither. No
 * verdict rests on it.
 */
export function signatureRole(
  { signer, type, intact, trusted }: Pick<SignatureReport, 'signer' | 'type' | 'intact' | 'trusted'>,
  place: SignaturePlace | null,
  text: string,
): SignatureReport['role'] {
  // Anybody can write an office's name into a certificate of their own: its title must not repeat that.
  if (type !== 'signature' || !signer || !intact || !trusted) return undefined;
  if (signer.holder === 'agency' && place?.page === 1 && isInHead(place)) {
    const isOnTheLeft = place.box.x + place.box.width / 2 < place.pageSize.width / 2;
    if (isOnTheLeft && numberText.test(text)) return 'number';
    if (!isOnTheLeft && dateTexts.some((each) => each.test(text))) return 'date';
  }
  return signer.holder;
}

/** The head ends before the subject: in the upper third, whatever the decree's margins. */
function isInHead({ box, pageSize }: SignaturePlace): boolean {
  return box.y + box.height < pageSize.height / 3;
}
