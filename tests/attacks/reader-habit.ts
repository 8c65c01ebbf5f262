import { stream } from '../unit/verification/sample-pdf.ts';
import { apartField, apartWidget, filledText, frame, look } from './habit-pieces.ts';
import type { Habit } from './honest-habit.ts';
import { catalog, choice, resources, textField, update, usualRefs } from './victim.ts';

const fonts = '<< /Font << /F1 5 0 R >> >>';
const madeUp = '/NeedAppearances true';
const list = (entries: string) => choice(entries, '[72 500 200 540]').replace('/Ff 131072', '');
const lines = (bar: string) =>
  stream(
    `/Tx BMC q 1 1 127 39 re W n ${bar} BT /F1 12 Tf 0 g 2 25 Td (So) Tj 0 -20 Td (Huyen) Tj ET Q EMC`,
    `/Type /XObject /Subtype /Form /BBox [0 0 128 40] ${resources}`,
  );

/** What readers do in which people fill in forms: Firefox, Evince, and libraries that fill for them. */
export const readerHabits: Readonly<Record<string, Habit>> = {
  'letters that a font lacks, so that all looks are made up, as pdf.js fills': {
    level: 'formFilling',
    make: (victim) => {
      const first = textField('/V (05) /AP << /N 30 0 R >>');
      const second = (more: string) => textField(more, '[300 600 428 620]').replace('(so)', '(ten)');
      const signed = victim.sign(
        { 6: first, 30: look('05'), 33: second('/AP << /N 32 0 R >>'), 32: frame },
        { fields: [6, 7, 8, 33, 21] },
      );
      const now = catalog('', '6 0 R 7 0 R 8 0 R 33 0 R 21 0 R', madeUp);
      return update(signed, { 1: now, 33: second('/V <FEFF1EA1>') });
    },
  },
  'looks that are made up no longer, as PDFBox fills': {
    level: 'formFilling',
    make: (victim) => {
      const objects = { 6: textField('/V (05) /AP << /N 30 0 R >>'), 30: look('05') };
      const signed = victim.sign(objects, { formResources: `${fonts} ${madeUp}` });
      return update(signed, { 1: catalog('', usualRefs, '/NeedAppearances false') });
    },
  },
  'colours of a ground written anew and no rotation left out, as pdf.js fills': {
    level: 'formFilling',
    make: (victim) => {
      const signed = victim.sign({ 6: textField('/MK << /BG [0.93] /BC [] /R 0 /CA (x) >>') });
      return update(signed, {
        6: filledText('05', '/MK << /BG [0.929411 0.929411 0.929411] >>'),
        30: look('05'),
      });
    },
  },
  'flags written down though there are none, as pdf-lib fills': {
    level: 'formFilling',
    make: ({ signed }) => update(signed, { 6: filledText('05', '/Ff 0'), 30: look('05') }),
  },
  'a font given twice for one thing, as poppler fills': {
    level: 'formFilling',
    make: (victim) => {
      const form = (names: string) => `<< /Font << /F1 5 0 R ${names} >> >>`;
      const signed = victim.sign({}, { formResources: form('') });
      return update(signed, {
        1: catalog().replace(fonts, form('/popplerfont 51 0 R /popplerfont 51 0 R')),
        6: textField('/V <FEFF1EA1>'),
        51: '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
      });
    },
  },
  'a choice whose look leaves its arrow out': {
    level: 'formFilling',
    make: ({ signed }) =>
      update(signed, {
        8: choice('/V (Huyen) /AP << /N 30 0 R >>'),
        30: stream(
          '/Tx BMC q 1 1 107 18 re W n BT /F1 12 Tf 0 g 2 5 Td (Huyen) Tj ET Q EMC',
          `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
        ),
      }),
  },
  'a ground drawn upside down, a clip of lines': {
    level: 'formFilling',
    make: ({ signed }) =>
      update(signed, {
        6: filledText('05'),
        30: stream(
          'q 1 0 0 -1 0 20 cm 1 g 0 0 m 128 0 l 128 20 l 0 20 l h f Q 1 1 m 1 19 l 127 19 l 127 1 l h W n BT /F1 12 Tf 0 g 1 0 0 1 2 5 Tm (05) Tj ET',
          `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
        ),
      }),
  },
  'a line chosen in a list that showed what it offers': {
    level: 'formFilling',
    make: (victim) =>
      update(victim.sign({ 8: list('/AP << /N 30 0 R >>'), 30: lines('') }), {
        8: list('/V (Huyen) /AP << /N 31 0 R >>'),
        31: lines('0.6 0.75 0.85 rg 0 0 128 20 re f'),
      }),
  },
  'cells of a field that is apart from its widget': {
    level: 'formFilling',
    make: (victim) => {
      const field = (more = '') => apartField(`/Ff 16777216 /MaxLen 4 ${more}`);
      const signed = victim.sign({ 6: field(), 31: apartWidget(), 32: frame }, { fields: [6, 7, 8, 31, 21] });
      const cells = [32, 64, 96].map((x) => `${x} 1 m ${x} 19 l S`).join(' ');
      return update(signed, {
        6: field('/V (0512)'),
        31: apartWidget('/AP << /N 30 0 R >>'),
        30: stream(
          `${cells} BT /F1 12 Tf 0 g 12 5 Td (0) Tj 32 0 Td (5) Tj 32 0 Td (1) Tj 32 0 Td (2) Tj ET`,
          `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
        ),
      });
    },
  },
};
