import { documentTypes } from '../../../contract/document-type.ts';
import type { Anatomy } from './anatomy.ts';
import { at, type Breach, inOtherStyle, missing, type Rule } from './rule.ts';

const motto = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
/** Both ways of setting the accent on "hòa" are in use. */
const mottos = [motto, motto.replace('HÒA', 'HOÀ')];
const slogan = 'Độc lập - Tự do - Hạnh phúc';

/** Number, "/", groups with "-" between: Phụ lục I, II.3. The blank before the number is given is as right. */
const code = /^Số:\s?(?:0[1-9]|[1-9]\d+)?\s?\/\p{L}[\p{L}\p{N}.]*(?:-[\p{L}\p{N}.]+)*$/u;

export const headRules: readonly Rule[] = [
  {
    rule: 'motto-missing',
    breaches: (document) => {
      const { motto: first, slogan: second } = document;
      if (!first || !second) return [missing()];
      const isMotto = mottos.includes(first.text.toLocaleUpperCase('vi'));
      const isSlogan =
        second.text.replaceAll('–', '-').toLocaleLowerCase('vi') === slogan.toLocaleLowerCase('vi');
      return [...(isMotto ? [] : [at(first)]), ...(isSlogan ? [] : [at(second)])];
    },
  },
  {
    rule: 'motto-style',
    breaches: (document) =>
      inOtherStyle([document.motto], { sizes: [12, 13], isBold: true, isItalic: false, isCapitals: true }),
  },
  {
    rule: 'slogan-style',
    breaches: (document) =>
      inOtherStyle([document.slogan], { sizes: [13, 14], isBold: true, isItalic: false, isCapitals: false }),
  },
  {
    rule: 'issuer-missing',
    breaches: ({ issuer }) => (issuer.length === 0 ? [missing()] : []),
  },
  {
    rule: 'issuer-style',
    breaches: ({ issuer }) =>
      inOtherStyle([issuer.at(-1) ?? null], {
        sizes: [12, 13],
        isBold: true,
        isItalic: false,
        isCapitals: true,
      }),
  },
  {
    rule: 'number-missing',
    breaches: ({ number, type }) => (number || type === 'thu-cong' ? [] : [missing()]),
  },
  {
    rule: 'number-form',
    breaches: ({ number }) =>
      number && !code.test(withoutDots(number.text)) ? [at(number, number.text)] : [],
  },
  {
    rule: 'number-style',
    breaches: ({ number }) => inOtherStyle([number], { sizes: [13, 13], isItalic: false }),
  },
  { rule: 'number-type', breaches: otherSymbol },
  { rule: 'date-missing', breaches: ({ date }) => (date ? [] : [missing()]) },
  {
    rule: 'date-form',
    breaches: ({ date }) => (date && !isWellWritten(date.text) ? [at(date, date.text)] : []),
  },
  {
    rule: 'date-style',
    breaches: ({ date }) => inOtherStyle([date], { sizes: [13, 14], isItalic: true }),
  },
  {
    rule: 'type-missing',
    breaches: ({ heading, type, subject }) =>
      heading || (type === 'cong-van' && subject.length > 0) ? [] : [missing()],
  },
  {
    rule: 'type-style',
    breaches: ({ heading }) =>
      inOtherStyle([heading], { sizes: [13, 14], isBold: true, isItalic: false, isCapitals: true }),
  },
  {
    rule: 'subject-style',
    breaches: ({ heading, subject }) =>
      inOtherStyle(
        subject,
        heading
          ? { sizes: [13, 14], isBold: true, isItalic: false }
          : { sizes: [12, 13], isBold: false, isItalic: false },
      ).slice(0, 1),
  },
];

/** Dots that a hand would write on. */
function withoutDots(text: string): string {
  return text
    .replace(/[.…_]{2,}|…/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The abbreviation before the agency's: a công văn has none, other types their own. */
function otherSymbol({ number, type }: Anatomy): Breach[] {
  const symbol = number && /\/\s?(.*)$/u.exec(number.text)?.[1];
  if (!symbol || type === null) return [];
  const { abbreviation } = documentTypes[type];
  const [first = ''] = symbol.split('-');
  const others: string[] = Object.values(documentTypes).map((one) => one.abbreviation);
  const isRight = abbreviation === '' ? !others.includes(first) : first === abbreviation;
  return isRight ? [] : [at(number, symbol)];
}

/** "…, ngày 05 tháng 01 năm 2026", or with blanks for what isn't known yet. */
function isWellWritten(text: string): boolean {
  const match = /^\p{Lu}[^,]*, ngày ?(\d*) ?tháng ?(\d*) ?năm ?(\d{4})?$/u.exec(withoutDots(text));
  if (!match) return false;
  const [, day = '', month = ''] = match;
  return /^(?:|0[1-9]|[12]\d|3[01])$/.test(day) && /^(?:|0[12]|[3-9]|1[0-2])$/.test(month);
}
