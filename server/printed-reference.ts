import { formFieldNames, type ReferenceNumber } from '../contract/document.ts';

/** The fields that show a document's number and date. */
export const referenceFields = [formFieldNames.number, formFieldNames.date] as const;

/**
 * Whether the fields for number and date, as far as a file has them, say what the register gave: "05" or "Số:
 * 05/QĐ-SKHCN", and "02/09/2026" or "ngày 02 tháng 9 năm 2026". A prepared field left empty doesn't. A file without
 * such fields bears both in its text, where only people can compare.
 */
export function bearsReference(fields: ReadonlyMap<string, string>, reference: ReferenceNumber): boolean {
  const number = fields.get(formFieldNames.number);
  const date = fields.get(formFieldNames.date);
  return (
    (number === undefined || isNumber(number, reference)) && (date === undefined || isDate(date, reference))
  );
}

function isNumber(value: string, { number, code }: ReferenceNumber): boolean {
  const printed = value
    .normalize('NFC')
    .trim()
    .replace(/^Số:\s*/, '');
  return printed.includes('/')
    ? printed === code.normalize('NFC')
    : printed === code.split('/')[0] || printed === String(number);
}

function isDate(value: string, { date }: ReferenceNumber): boolean {
  const text = value.normalize('NFC').trim();
  const [, day = '', month = '', year = ''] = printed.flatMap((form) => form.exec(text) ?? []);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` === date;
}

/** In a blank that the page prints around, and by itself. */
const printed = [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, /^ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})$/] as const;
