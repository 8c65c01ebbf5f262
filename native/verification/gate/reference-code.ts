import { areSameLetters } from './plain-words.ts';

/** Số và ký hiệu as it is compared: "Số: 05 / QĐ–SKHCN" and "5/QĐ-SKHCN" are one. */
export function plainCode(code: string): string {
  return code
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\s]/gu, '')
    .toLocaleLowerCase('vi')
    .replace(/[ðɖ]/g, 'đ')
    .replace(/^số:?/, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/^0+(?=\d)/, '')
    .replace(/[.,;:]+$/, '');
}

/** Whether a printed number may be the data's; where its blank is empty only the symbol is compared. */
export function isSameCode(printed: string, wanted: string): boolean {
  const [page, data] = [plainCode(printed), plainCode(wanted)];
  return areSameLetters(page, page.startsWith('/') ? data.replace(/^[^/]*/, '') : data);
}
