import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks, structural } from './case.ts';
import { dingbats, filledText, look } from './habit-pieces.ts';
import { coverStream, line, page, textField, trueText, update, type Victim } from './victim.ts';

/** Resources that the form shares with the page, as LibreOffice makes them: what a filler adds there, the page's text gains, too. */
const shared = '/Contents 4 0 R /Resources 40 0 R';
const own = '<< /Font << /F1 5 0 R >> >>';

/** The victim signs a page with this content. */
function sharing(
  victim: Victim,
  content = line(trueText),
  resources: Readonly<Record<number, string>> = { 40: own },
): Buffer {
  const objects = { 3: page('6 0 R 7 0 R 8 0 R', shared), 4: stream(content), ...resources };
  return victim.sign(objects, { pageEntries: shared, formResources: '40 0 R' });
}

const withFont = '<< /Font << /F1 5 0 R /ZaDb 45 0 R >> >>';
const withForm = '<< /Font << /F1 5 0 R >> /XObject << /Them 30 0 R >> >>';

/** What an honest program does: fills a field, and adds fonts and a form that nothing on the page uses. */
export function filledSharing(victim: Victim): Uint8Array {
  const both = '<< /Font << /F1 5 0 R /ZaDb 45 0 R >> /XObject << /FRM 30 0 R >> >>';
  return update(sharing(victim), { 6: filledText('05'), 30: look('05'), 40: both, 45: dingbats });
}

export const sharedResources = attacks({
  'a picture that the page’s text awaits, given by the form': (victim) =>
    update(sharing(victim, `${line(trueText)} q 1 0 0 1 70 715 cm /Them Do Q`), {
      30: coverStream(),
      40: withForm,
    }),
  'the same by a name in other letters': (victim) =>
    update(sharing(victim, `${line(trueText)} q 1 0 0 1 70 715 cm /Th#65m Do Q`), {
      30: coverStream(),
      40: withForm,
    }),
  'a picture that the page’s text awaits, in a list that form and page share': (victim) => {
    const signed = sharing(victim, `${line(trueText)} q 1 0 0 1 70 715 cm /Them Do Q`, {
      40: '<< /Font << /F1 5 0 R >> /XObject 41 0 R >>',
      41: '<< >>',
    });
    return update(signed, { 30: coverStream(), 41: '<< /Them 30 0 R >>' });
  },
});

export const sharedStructure = structural({
  'a font that the page’s text awaits, given by the form': (victim) =>
    update(sharing(victim, line(trueText).replace('/F1', '/ZaDb')), { 40: withFont, 45: dingbats }),
  'a font by a name with a space of another alphabet': (victim) => {
    const named = (text: string) => text.replace('/ZaDb', '/Za\xa0Db');
    return update(sharing(victim, line(trueText).replace('/F1', '/Za\xa0Db')), {
      40: named(withFont),
      45: dingbats,
    });
  },
  'a font whose name the page’s text breaks off at the end of a stream': (victim) =>
    update(sharing(victim, `${line(trueText)} BT /Za`), { 40: withFont, 45: dingbats }),
  'states of graphics, given by the form to the page': (victim) =>
    update(sharing(victim), { 40: '<< /Font << /F1 5 0 R >> /ExtGState << /G << /ca 0 >> >> >>' }),
  'a font replaced in what form and page share': (victim) =>
    update(sharing(victim), { 40: '<< /Font << /F1 45 0 R >> >>', 45: dingbats }),
  'the page itself as the form’s resources': (victim) => {
    const signed = victim.sign({}, { formResources: '3 0 R' });
    const turned = page('6 0 R 7 0 R 8 0 R 21 0 R').replace(
      '/Type /Page',
      '/Type /Page /XObject << /X 30 0 R >>',
    );
    return update(signed, { 3: turned, 30: look('05') });
  },
  'a field’s look that takes its picture from the page': (victim) =>
    update(sharing(victim), {
      6: textField('/V (05) /AP << /N 31 0 R >>'),
      30: coverStream(),
      31: stream('/Them Do', '/Type /XObject /Subtype /Form /BBox [0 0 128 20]'),
      40: withForm,
    }),
});
