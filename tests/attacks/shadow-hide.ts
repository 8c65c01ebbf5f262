import { stream } from '../unit/verification/sample-pdf.ts';
import { append, section, startXref } from './bytes.ts';
import { attacks } from './case.ts';
import {
  catalog,
  checkBox,
  coverStream,
  forgedText,
  line,
  page,
  resources,
  textField,
  trueText,
  update,
  usualRefs,
  type Victim,
  wordsRect,
} from './victim.ts';

/**
 * Shadow attacks, "hide" (NDSS 2021): the attacker's document lays harmless words over the real ones; once it is signed, an
 * update takes the cover away.
 */
const hidden = stream(line(forgedText));
/** The page draws its words, then the cover. */
const drawing = stream(`${line(forgedText)} q 1 0 0 1 70 715 cm /Cover Do Q`);
const cover = stream(
  `1 g 0 0 160 20 re f 0 g BT /F1 14 Tf 2 5 Td (${trueText}) Tj ET`,
  `/Type /XObject /Subtype /Form /BBox [0 0 160 20] ${resources}`,
);
const nothing = stream('', `/Type /XObject /Subtype /Form /BBox [0 0 160 20]`);
const withCover = (rest = '30 0 R') =>
  `/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Cover ${rest} >> >>`;

function coveredPage(victim: Victim): Buffer {
  return victim.sign(
    { 3: page('6 0 R 7 0 R 8 0 R', withCover()), 4: drawing, 30: cover },
    { pageEntries: withCover() },
  );
}

/** The cover is an annotation that was there when the victim signed. */
function coveredByAnnotation(victim: Victim, entries: string, options = {}): Buffer {
  const annotation = `<< /Type /Annot ${entries} /Rect ${wordsRect} /F 4 /AP << /N 30 0 R >> >>`;
  return victim.sign({ 4: hidden, 30: cover, 31: annotation }, { fields: [6, 7, 8, 31, 21], ...options });
}

const optional = (state: string) => `/OCProperties << /OCGs [32 0 R] /D << /Order [] ${state} >> >>`;

export const shadowHide = attacks({
  'the covering object freed by a cross-reference alone': (victim) => {
    const signed = coveredPage(victim);
    return append(signed, '', () => section({ 30: 'free' }, startXref(signed)));
  },
  'the covering object replaced by an empty one': (victim) => update(coveredPage(victim), { 30: nothing }),
  'the covering object replaced by null': (victim) => update(coveredPage(victim), { 30: 'null' }),
  'the cover taken out of the page’s resources': (victim) =>
    update(coveredPage(victim), { 3: page(usualRefs) }),
  'the cover’s stream taken out of /Contents': (victim) => {
    const entries = `/Contents [4 0 R 30 0 R] ${resources}`;
    const top = stream(`1 g 70 715 160 20 re f 0 g ${line(trueText)}`);
    const signed = victim.sign(
      { 3: page('6 0 R 7 0 R 8 0 R', entries), 4: hidden, 30: top },
      { pageEntries: entries },
    );
    return update(signed, { 3: page(usualRefs, `/Contents [4 0 R] ${resources}`) });
  },
  'a covering annotation taken off the page': (victim) =>
    update(coveredByAnnotation(victim, '/Subtype /Stamp'), {
      1: catalog('', '6 0 R 7 0 R 8 0 R 31 0 R 21 0 R'),
      3: page(usualRefs),
    }),
  'a covering annotation made invisible': (victim) =>
    update(coveredByAnnotation(victim, '/Subtype /Stamp'), {
      31: `<< /Type /Annot /Subtype /Stamp /Rect ${wordsRect} /F 2 /AP << /N 30 0 R >> >>`,
    }),
  'a covering annotation moved aside': (victim) =>
    update(coveredByAnnotation(victim, '/Subtype /FreeText'), {
      31: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 1 1] /F 4 /AP << /N 30 0 R >> >>',
    }),
  'a covering field made invisible': (victim) =>
    update(coveredByAnnotation(victim, '/Subtype /Widget /FT /Tx /T (che)'), {
      31: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (che) /Rect ${wordsRect} /F 6 /AP << /N 30 0 R >> >>`,
    }),
  'a covering signature field put out of sight by signing there': (victim) =>
    victim.signAgain(coveredByAnnotation(victim, '/Subtype /Widget /FT /Sig /T (che)'), {
      numbers: [22, 31],
      fields: [6, 7, 8, 31, 21],
      name: 'che',
      rect: '[0 0 0 0]',
    }),
  'a covering field emptied by filling it': (victim) =>
    update(coveredByAnnotation(victim, '/Subtype /Widget /FT /Tx /T (che)'), {
      31: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (che) /Rect ${wordsRect} /F 4 /V (.) /AP << /N 33 0 R >> >>`,
      33: nothing,
    }),
  'a covering field whose appearance is emptied in place': (victim) =>
    update(coveredByAnnotation(victim, '/Subtype /Widget /FT /Tx /T (che)'), { 30: nothing }),
  'a covering button switched to a state without a picture': (victim) => {
    const state = (on: string) =>
      `<< /Type /Annot /Subtype /Widget /FT /Btn /T (che) /Rect ${wordsRect} /F 4 /AS /${on} /AP << /N << /Off 30 0 R /On 33 0 R >> >> >>`;
    const signed = victim.sign(
      { 4: hidden, 30: cover, 31: state('Off'), 33: nothing },
      { fields: [6, 7, 8, 31, 21] },
    );
    return update(signed, { 31: state('On').replace('/T (che)', '/T (che) /V /On') });
  },
  'a covering layer switched off': (victim) => {
    const entries = `/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Cover 30 0 R >> /Properties << /L 32 0 R >> >>`;
    const layer = stream(`${line(forgedText)} /OC /L BDC q 1 0 0 1 70 715 cm /Cover Do Q EMC`);
    const signed = victim.sign(
      { 3: page('6 0 R 7 0 R 8 0 R', entries), 4: layer, 30: cover, 32: '<< /Type /OCG /Name (lop) >>' },
      { pageEntries: entries, catalogEntries: optional('/ON [32 0 R]') },
    );
    return update(signed, { 1: catalog(optional('/OFF [32 0 R]')) });
  },
  'a covering field turned away by the form’s settings': (victim) => {
    const signed = coveredByAnnotation(victim, `/Subtype /Widget /FT /Tx /T (che) /V (${trueText})`);
    return update(signed, {
      1: catalog('', '6 0 R 7 0 R 8 0 R 31 0 R 21 0 R', '/NeedAppearances true'),
      31: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (che) /V (${trueText}) /Rect ${wordsRect} /F 4 /DA (/F1 0.1 Tf 1 g) >>`,
    });
  },
  'a small button laid over the words and pressed': (victim) => {
    const pressed = (on: string) =>
      checkBox(`/AS /${on} /AP << /N << /On 30 0 R /Off 33 0 R >> >>`, wordsRect);
    const signed = victim.sign({ 7: pressed('Off'), 30: coverStream(), 33: nothing });
    return update(signed, { 7: pressed('On').replace('/AS', '/V /On /AS') });
  },
  'a field of the form that covers once it is filled': (victim) =>
    update(victim.sign({ 6: textField('', wordsRect) }), {
      6: textField('/V (ok) /AP << /N 30 0 R >>', wordsRect),
      30: coverStream(),
    }),
});
