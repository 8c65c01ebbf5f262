import { samplePdf, stream } from '../unit/verification/sample-pdf.ts';
import { attacks } from './case.ts';
import { streamUpdate } from './habit-pieces.ts';
import {
  catalog,
  choice,
  forgedText,
  line,
  page,
  resources,
  textField,
  update,
  usualRefs,
  type Victim,
  victimObjects,
} from './victim.ts';

/**
 * Shadow attacks, "replace" (NDSS 2021): what the victim saw and what readers see later are the same field or font, told to look
 * different by an update that passes for harmless: a font, an appearance, a default.
 */
const look = (words: string, entries = resources) =>
  stream(
    `/Tx BMC BT /F1 12 Tf 2 5 Td (${words}) Tj ET EMC`,
    `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${entries}`,
  );
const picture = stream(
  'q 60 0 0 16 2 2 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x00\x80 EI Q',
  '/Type /XObject /Subtype /Form /BBox [0 0 128 20]',
);

const filled = (words: string, more = '') => textField(`/V (${words}) /AP << /N 30 0 R >> ${more}`);

/** A form that was filled in when it was signed. */
function signedForm(victim: Victim, field = filled('100'), appearance = look('100')): Buffer {
  return victim.sign({ 6: field, 30: appearance });
}

/** A font whose glyphs are drawings: the digit 1 looks like a 9. */
const drawnFont =
  '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 49 /LastChar 49 /Widths [6] /CharProcs << /nine 41 0 R >> /Encoding << /Type /Encoding /Differences [49 /nine] >> /Resources << >> >>';
const nine = stream('6 0 d0 0 0 6 9 re f');

export const shadowReplace = attacks({
  'a filled field says something else': (victim) =>
    update(signedForm(victim), { 6: filled('900'), 30: look('900') }),
  'a filled field shows something else': (victim) => update(signedForm(victim), { 30: look('900') }),
  'a filled field shows another object': (victim) =>
    update(signedForm(victim), { 6: filled('100').replace('30 0 R', '40 0 R'), 40: look('900') }),
  'a cross-reference that the page shows, its number given to a look': (victim) => {
    const usual = { numbers: [20, 21], fields: [6, 7, 8, 21], name: 'ky-21' } as const;
    const pageEntries = `/Contents [4 0 R 90 0 R] ${resources}`;
    const base = streamUpdate(samplePdf(victimObjects()), { 60: 'null' });
    const signed = victim.signAgain(base, { ...usual, pageEntries });
    const cover = stream(
      `1 g 70 715 160 20 re f 0 g ${line(forgedText)}`,
      `/Type /XObject /Subtype /Form /BBox [0 0 595 842] ${resources}`,
    );
    return victim.signAgain(update(signed, { 90: cover }), {
      rect: '[300 100 460 120]',
      fieldEntries: '/AP << /N 90 0 R >>',
      pageEntries,
    });
  },
  'a field that showed a sum without saying it': (victim) =>
    update(signedForm(victim, textField('/AP << /N 30 0 R >>')), { 6: filled('900'), 30: look('900') }),
  'a field that showed a picture without saying it': (victim) =>
    update(signedForm(victim, textField('/AP << /N 30 0 R >>'), picture), {
      6: filled('900'),
      30: look('900'),
    }),
  'a field that showed a sum, its value an empty string': (victim) =>
    update(signedForm(victim, textField('/V () /AP << /N 30 0 R >>')), { 6: filled('900'), 30: look('900') }),
  'a choice that showed a sum without saying it': (victim) => {
    const signed = victim.sign({ 8: choice('/AP << /N 30 0 R >>'), 30: look('So') });
    return update(signed, { 8: choice('/V (Huyen) /AP << /N 40 0 R >>'), 40: look('Huyen') });
  },
  'the form’s font replaced in place': (victim) => update(signedForm(victim), { 5: drawnFont, 41: nine }),
  'the form’s font replaced by name': (victim) => {
    const form = catalog().replace('/DR << /Font << /F1 5 0 R >> >>', '/DR << /Font << /F1 40 0 R >> >>');
    return update(signedForm(victim), {
      1: form,
      6: filled('100', ' '),
      30: look('900'),
      40: drawnFont,
      41: nine,
    });
  },
  'the page’s font replaced in place': ({ signed }) => update(signed, { 5: drawnFont, 41: nine }),
  'the page’s font given another encoding': ({ signed }) =>
    update(signed, {
      5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [49 /nine] >> >>',
    }),
  'the encoding’s own object replaced': (victim) => {
    const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 40 0 R >>';
    const encoding = (one: string) =>
      `<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [49 ${one}] >>`;
    return update(victim.sign({ 5: font, 40: encoding('/one') }), { 40: encoding('/nine') });
  },
  'a drawn font’s glyph replaced': (victim) => {
    const one = stream('6 0 d0 2 0 2 9 re f');
    return update(victim.sign({ 5: drawnFont, 41: one }), { 41: nine });
  },
  'the page’s resources name another font': ({ signed }) =>
    update(signed, {
      3: page(usualRefs, '/Contents 4 0 R /Resources << /Font << /F1 40 0 R >> >>'),
      40: drawnFont,
      41: nine,
    }),
  'a field’s default appearance and the switch to draw anew': (victim) =>
    update(signedForm(victim), {
      1: catalog('', usualRefs, '/NeedAppearances true'),
      6: filled('100').replace('/DA (/F1 12 Tf 0 g)', '/DA (/F1 40 Tf 1 0 0 rg)'),
    }),
  'a value unlike the look, and the switch to draw anew': (victim) =>
    update(signedForm(victim, filled('900')), {
      1: catalog('', usualRefs, '/NeedAppearances true'),
      6: textField('/V (900)'),
    }),
  'the form’s default appearance': (victim) =>
    update(signedForm(victim, filled('100').replace('/DA (/F1 12 Tf 0 g)', '')), {
      1: catalog('', usualRefs, '/NeedAppearances true').replace(
        '/DA (/F1 12 Tf 0 g)',
        '/DA (/F1 60 Tf 1 0 0 rg)',
      ),
    }),
  'rich text in place of plain': (victim) =>
    update(signedForm(victim), { 6: filled('100', '/RV (<p>900</p>) /Ff 33554432'), 30: look('900') }),
  'a field of a certified form (P=1) filled': ({ certified }) =>
    update(certified[1], { 6: filled('900'), 30: look('900') }),
  'the appearance of a locked field (P=2 with a lock)': (victim) => {
    const lock = '/Lock << /Type /SigFieldLock /Action /All >>';
    const signed = victim.sign({ 6: filled('100'), 30: look('100') }, { certify: 2, fieldEntries: lock });
    return update(signed, { 6: filled('900'), 30: look('900') });
  },
});
