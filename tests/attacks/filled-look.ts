import { stream } from '../unit/verification/sample-pdf.ts';
import { structural } from './case.ts';
import { check, dingbats, look, off, tick } from './habit-pieces.ts';
import { checkBox, choice, resources, update, type Victim } from './victim.ts';

/** Looks that a filler draws where the form had its own: a tick may be drawn anew, nothing else may pass for one. */
const onBox = '/Type /XObject /Subtype /Form /BBox [0 0 20 20]';
const dots = (entries: string, marks = '4') =>
  stream(`q BT /ZaDb 14 Tf 4 4 Td (${marks}) Tj ET Q`, `${onBox} ${entries}`);
const ticked = (states: string, state = 'Co') =>
  checkBox(`/AS /${state} /V /${state} /AP << /N << ${states} >> >>`);

/** Ticks a box that was signed empty, with a tick of its own. */
function tickedAnew(states: string, objects: Readonly<Record<number, string>>, state?: string) {
  return (victim: Victim) => {
    const box = check('Off').replace(/ \/D <<.*?>>/, '');
    const signed = victim.sign({ 7: box, 44: tick, 45: dingbats, 46: off });
    return update(signed, { 7: ticked(states, state), ...objects });
  };
}

export const filledLooks = structural({
  'a ticked box that shows a letter': tickedAnew('/Co 30 0 R /Off 46 0 R', {
    30: stream('BT /F1 14 Tf 4 4 Td (9) Tj ET', `${onBox} ${resources}`),
  }),
  'a ticked box that shows two ticks': tickedAnew('/Co 30 0 R /Off 46 0 R', {
    30: dots('/Resources << /Font << /ZaDb 45 0 R >> >>', '4 4'),
  }),
  'a ticked box whose tick comes out of a font that came along': tickedAnew('/Co 30 0 R /Off 46 0 R', {
    30: dots('/Resources << /Font << /ZaDb 31 0 R >> >>'),
    31: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats /FontDescriptor 32 0 R >>',
    32: '<< /Type /FontDescriptor /FontName /ZapfDingbats /Flags 4 /FontFile3 33 0 R >>',
    33: stream('x', '/Subtype /Type1C'),
  }),
  'a ticked box whose tick is drawn by a font of procedures': tickedAnew('/Co 30 0 R /Off 46 0 R', {
    30: dots('/Resources << /Font << /ZaDb 31 0 R >> >>'),
    31: '<< /Type /Font /Subtype /Type3 /BaseFont /ZapfDingbats >>',
  }),
  'a ticked box whose tick is a picture': tickedAnew('/Co 30 0 R /Off 46 0 R', {
    30: stream('20 0 0 20 0 0 cm /I Do', `${onBox} /Resources << /XObject << /I 31 0 R >> >>`),
    31: stream(
      '\xc0',
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
    ),
  }),
  'a ticked box whose other state shows a tick, too': tickedAnew('/Co 44 0 R /Off 30 0 R', {
    30: dots('/Resources << /Font << /ZaDb 45 0 R >> >>'),
  }),
  'a box ticked with a state that it didn’t have': tickedAnew(
    '/Co 44 0 R /Off 46 0 R /Khong 30 0 R',
    { 30: dots('/Resources << /Font << /ZaDb 45 0 R >> >>') },
    'Khong',
  ),
  'a ticked box that lost the look of being empty': tickedAnew('/Co 30 0 R', {
    30: dots('/Resources << /Font << /ZaDb 45 0 R >> >>'),
  }),
  'a box that stays empty drawn anew': (victim) => {
    const signed = victim.sign({ 7: check('Off'), 44: tick, 45: dingbats, 46: off });
    return update(signed, { 7: check('Off').replaceAll('/Off 46 0 R', '/Off 44 0 R') });
  },
  'a list turned to another line by itself': ({ signed }) => update(signed, { 8: choice('/TI 1') }),
  'a choice that was signed, made again with its first line': (victim) =>
    update(victim.sign({ 8: choice('/V (So) /AP << /N 30 0 R >>'), 30: look('So') }), {
      8: choice('/V (Huyen) /TI 1 /AP << /N 31 0 R >>'),
      31: look('Huyen'),
    }),
  'an empty signature field signed in another place': blankSigned('[300 100 460 120]'),
  'an empty signature field signed in a box of three corners': blankSigned('[0 0 0]'),
  'a signature field taken off the page without a signature': (victim) =>
    update(blank(victim), { 31: blankField('[0 0 0 0]') }),
});

const blankField = (rect: string) =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-sau) /Rect ${rect} /P 3 0 R /F 132 >>`;

/** The victim signs a form that has an empty signature field for somebody else. */
function blank(victim: Victim): Buffer {
  return victim.sign({ 31: blankField('[72 100 230 140]') }, { fields: [6, 7, 8, 31, 21] });
}

/** Somebody else signs there, and gives the field this rectangle. */
export function blankSigned(rect: string) {
  return (victim: Victim) =>
    victim.signAgain(blank(victim), { numbers: [22, 31], fields: [6, 7, 8, 31, 21], name: 'ky-sau', rect });
}
