import type { FormRule } from '../form-rule.ts';

/** What is wrong with a document's form; `{found}` is what the page has. */
export const enForm: Readonly<Record<FormRule, string>> = {
  'page-unreadable':
    'Page 1 has no text that a program can read (a scan, or an old font): its form can’t be checked.',
  'paper-size': 'The paper has to be A4 (210 × 297 mm), page 1 upright.[ It is {found}.]',
  'margin-left': 'The left margin has to be 30 to 35 mm.[ It is {found} mm.]',
  'margin-right': 'The right margin has to be 15 to 20 mm.[ It is {found} mm.]',
  'margin-vertical': 'Top and bottom margins have to be 20 to 25 mm.[ It is {found} mm.]',
  'font-family': 'The font has to be Times New Roman.[ It is {found}.]',
  'page-number-first': 'The first page shows no page number.',
  'page-number-missing': 'From the second page on there has to be a page number, centred in the top margin.',
  'page-number-style':
    'The page number has to be in Arabic figures, 13 to 14 points, upright, centred in the top margin.[ It is {found}.]',
  'motto-missing': 'The State’s name or its motto is missing, or written otherwise.',
  'motto-style': 'The State’s name has to be in capitals, 12 to 13 points, upright, bold.[ It is {found}.]',
  'slogan-style': 'The motto has to be in small letters, 13 to 14 points, upright, bold.[ It is {found}.]',
  'issuer-missing': 'The issuing agency’s name at the top left is missing.',
  'issuer-style':
    'The issuing agency’s name has to be in capitals, 12 to 13 points, upright, bold.[ It is {found}.]',
  'number-missing': 'Number and symbol (“Số: …/…”) under the agency’s name are missing.',
  'number-form':
    'Number and symbol have to be written as “Số: 05/QĐ-UBND”: a 0 before numbers below 10, “/” and “-”, no blanks.[ It is “{found}”.]',
  'number-style': 'Number and symbol have to be in 13 points, upright.[ It is {found}.]',
  'number-type': 'The symbol isn’t that of the document’s type.[ It is “{found}”.]',
  'date-missing': 'Place and date are missing.',
  'date-form':
    'Days below 10 and months 1 and 2 have a leading 0, other months none; “ngày … tháng … năm …” in full.[ It is “{found}”.]',
  'date-style': 'Place and date have to be in italics of 13 to 14 points.[ It is {found}.]',
  'type-missing': 'The document’s type is missing (or a letter’s “V/v …”).',
  'type-style': 'The document’s type has to be in capitals, 13 to 14 points, upright, bold.[ It is {found}.]',
  'subject-style':
    'The subject has to be in 13 to 14 points, upright, bold; a letter’s in 12 to 13, upright.[ It is {found}.]',
  'body-size': 'The text has to be in 13 to 14 points.[ It is {found}.]',
  'body-indent': 'The first line of a paragraph has to be indented by 1 or 1.27 cm.[ It is {found} mm.]',
  'basis-style': 'The grounds have to be in italics of 13 to 14 points.[ It is {found}.]',
  'basis-ending': 'Each ground ends in “;”, the last in “.”.',
  'article-style':
    '“Điều” and its number have to be bold, upright, with a full stop behind.[ It is “{found}”.]',
  'article-order': 'The articles’ numbers don’t follow one another.[ It is “{found}”.]',
  'point-order': 'Points follow the Vietnamese alphabet (a, b, c, d, đ, e …).[ It is “{found}”.]',
  'signer-missing': 'The signer’s position or name is missing, or there is no room to sign.',
  'position-style':
    'Authority and position have to be in capitals, 13 to 14 points, upright, bold.[ It is {found}.]',
  'authority-form': 'The abbreviated authority has a full stop: TM., KT., TL., TUQ., Q.[ It is “{found}”.]',
  'signer-title': 'No academic or other title stands before the signer’s name.[ It is “{found}”.]',
  'signer-style':
    'The signer’s name has to be in small letters, 13 to 14 points, upright, bold.[ It is {found}.]',
  'recipients-missing': '“Nơi nhận:” is missing.',
  'recipients-style': '“Nơi nhận:” has to be in 12 points, italic, bold, with a colon.[ It is {found}.]',
  'recipients-list-style': 'The list of recipients has to be in 11 points, upright.[ It is {found}.]',
  'recipients-archive': 'The last recipient has to be “- Lưu: VT, …” and to end in a full stop.',
  'secret-mark': 'The document bears a classification[ “{found}”]: it must not be signed, sent or kept here.',
  'file-name': 'A file’s name should have 50 characters at most, without accents and special characters.',
};
