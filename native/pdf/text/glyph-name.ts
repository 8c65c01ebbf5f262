/**
 * What glyph names of the Latin alphabet stand for (Adobe Glyph List), as far as they follow its rules: a letter and its marks, a
 * digit, a code point. Vietnamese letters have two marks: `acircumflexacute`, or `acircumflex` and `acute` by themselves.
 */
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const marks: ReadonlyMap<string, string> = new Map([
  ['grave', '\u0300'],
  ['acute', '\u0301'],
  ['circumflex', '\u0302'],
  ['tilde', '\u0303'],
  ['macron', '\u0304'],
  ['breve', '\u0306'],
  ['dieresis', '\u0308'],
  ['hookabove', '\u0309'],
  ['hook', '\u0309'],
  ['ring', '\u030a'],
  ['caron', '\u030c'],
  ['horn', '\u031b'],
  ['dotbelow', '\u0323'],
  ['cedilla', '\u0327'],
  ['ogonek', '\u0328'],
]);

const others: ReadonlyMap<string, string> = new Map([
  ['space', ' '],
  ['nbspace', '\u00a0'],
  ['period', '.'],
  ['comma', ','],
  ['colon', ':'],
  ['semicolon', ';'],
  ['hyphen', '-'],
  ['minus', '\u2212'],
  ['endash', '\u2013'],
  ['emdash', '\u2014'],
  ['slash', '/'],
  ['backslash', '\\'],
  ['parenleft', '('],
  ['parenright', ')'],
  ['bracketleft', '['],
  ['bracketright', ']'],
  ['braceleft', '{'],
  ['braceright', '}'],
  ['quotesingle', "'"],
  ['quotedbl', '"'],
  ['quoteleft', '\u2018'],
  ['quoteright', '\u2019'],
  ['quotedblleft', '\u201c'],
  ['quotedblright', '\u201d'],
  ['ampersand', '&'],
  ['percent', '%'],
  ['plus', '+'],
  ['equal', '='],
  ['asterisk', '*'],
  ['at', '@'],
  ['numbersign', '#'],
  ['exclam', '!'],
  ['question', '?'],
  ['underscore', '_'],
  ['bullet', '\u2022'],
  ['ellipsis', '\u2026'],
  ['dcroat', 'đ'],
  ['Dcroat', 'Đ'],
  ['dmacron', 'đ'],
  ['Dmacron', 'Đ'],
  ['dong', '\u20ab'],
  ['ae', 'æ'],
  ['AE', 'Æ'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['germandbls', 'ß'],
  ['oslash', 'ø'],
  ['Oslash', 'Ø'],
  ['dotlessi', 'ı'],
]);

/** The text of a glyph name, NFC; null for a name that tells nothing. */
export function textOfGlyphName(name: string): string | null {
  const [plain = ''] = name.split('.', 1);
  const hex = /^u(?:ni)?([0-9A-F]{4,6})$/.exec(plain)?.[1];
  if (hex) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
  if (plain.length === 1) return plain;
  const digit = digits.indexOf(plain);
  if (digit >= 0) return String(digit);
  const known = others.get(plain);
  if (known !== undefined) return known;
  const parts = /^([A-Za-z])([a-z]+)$/.exec(plain);
  let [rest, text] = [parts?.[2] ?? '', parts?.[1] ?? ''];
  while (rest !== '') {
    const mark = [...marks.keys()].find((one) => rest.startsWith(one));
    if (mark === undefined) return null;
    text += marks.get(mark);
    rest = rest.slice(mark.length);
  }
  return text === '' ? null : text.normalize('NFC');
}
