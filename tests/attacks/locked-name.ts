import { structural } from './case.ts';
import { textField, update, type Victim } from './victim.ts';

/** Fields that a signature locks by a name which is written in another way than the field's own. */

/** The number's field is called `own`, and filled though a lock names `locked`. */
const filled =
  (own: string, locked: string, more: Readonly<Record<number, string>> = {}) =>
  (victim: Victim): Buffer => {
    const field = (entries = '') => textField(entries).replace('/T (so)', `/T ${own}`);
    const names = `/Type /SigFieldLock /Action /Include /Fields [${locked}]`;
    const signed = victim.sign({ 6: field(), ...more }, { fieldEntries: `/Lock << ${names} >>` });
    return update(signed, { 6: field('/V (05)') });
  };

export const lockedNames = structural({
  'a field that a lock names by its name': filled('(so)', '(so)'),
  'a field that a lock names in UTF-16': filled(
    '(so \x84 ngay)',
    '<FEFF0073006F002020140020006E006700610079>',
  ),
  'a field that a lock names in UTF-8': filled(
    '<FEFF0073006F002020140020006E006700610079>',
    '(\xef\xbb\xbfso \xe2\x80\x94 ngay)',
  ),
  'a field that a lock names in PDFDocEncoding': filled(
    '<FEFF0073006F002020140020006E006700610079>',
    '(so \x84 ngay)',
  ),
  'a field that a lock names with its marks apart': filled('<FEFF007300F3>', '<FEFF0073006F0301>'),
  'a field that a lock names in a language': filled('(so)', '<FEFF001B00760069001B0073006F>'),
  'a field whose name is an object of its own': filled('40 0 R', '(so)', { 40: '(so)' }),
});
