import { at, inOtherStyle, missing, type Rule } from './rule.ts';

/** Học hàm, học vị, danh hiệu. */
const titles =
  /^(?:GS|PGS|TS|ThS|TSKH|CN|KS|BS|LS|NGƯT|NGND|Tiến sĩ|Thạc sĩ|Giáo sư|Phó Giáo sư|Bác sĩ|Kỹ sư)[.\s]/iu;
const secret = /^(?:TUYỆT MẬT|TỐI MẬT|MẬT)$/u;

export const closingRules: readonly Rule[] = [
  {
    rule: 'signer-missing',
    breaches: ({ position, signer, pages }) =>
      position.length === 0 || !signer ? [missing(position[0]?.page ?? pages.length)] : [],
  },
  {
    rule: 'position-style',
    breaches: ({ position }) =>
      inOtherStyle(position, { sizes: [13, 14], isBold: true, isItalic: false, isCapitals: true }).slice(
        0,
        1,
      ),
  },
  {
    rule: 'authority-form',
    breaches: ({ position }) =>
      position
        .filter(({ text }) => /^(?:TM|KT|TL|TUQ|T\.M|K\.T|T\.L)(?:\s|[:,/]|\.\S|\.\.)/u.test(text))
        .map((line) => at(line, line.text)),
  },
  {
    rule: 'signer-title',
    breaches: ({ signer }) => (signer && titles.test(signer.text) ? [at(signer, signer.text)] : []),
  },
  {
    rule: 'signer-style',
    breaches: ({ signer }) =>
      inOtherStyle([signer], { sizes: [13, 14], isBold: true, isItalic: false, isCapitals: false }),
  },
  {
    rule: 'recipients-missing',
    breaches: ({ recipients, pages }) => (recipients ? [] : [missing(pages.length)]),
  },
  {
    rule: 'recipients-style',
    breaches: ({ recipients }) =>
      recipients && !/^Nơi nhận:/u.test(recipients.text)
        ? [at(recipients, recipients.text)]
        : inOtherStyle([recipients], { sizes: [12, 12], isBold: true, isItalic: true }),
  },
  {
    rule: 'recipients-list-style',
    breaches: ({ recipientList }) =>
      inOtherStyle(recipientList, { sizes: [11, 11], isBold: false, isItalic: false }).slice(0, 1),
  },
  {
    rule: 'recipients-archive',
    breaches: ({ recipients, recipientList }) => {
      if (!recipients) return [];
      const kept = recipientList.findIndex(({ text }) => /^-? ?Lưu ?:/u.test(text));
      const last = recipientList.at(-1);
      const isRight = kept >= 0 && /VT/u.test(recipientList[kept]?.text ?? '') && last?.text.endsWith('.');
      return isRight ? [] : [at(last ?? recipients)];
    },
  },
  {
    rule: 'secret-mark',
    breaches: ({ pages }) =>
      (pages[0]?.lines ?? []).filter(({ text }) => secret.test(text)).map((line) => at(line, line.text)),
  },
];
