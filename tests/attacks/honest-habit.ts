import { stream } from '../unit/verification/sample-pdf.ts';
import { bytes, text } from './bytes.ts';
import { blankSigned } from './filled-look.ts';
import {
  apart,
  apartField,
  apartWidget,
  check,
  commented,
  dingbats,
  filledText,
  frame,
  icon,
  look,
  marker,
  off,
  picture,
  quad,
  radio,
  signedWith,
  streamUpdate,
  tick,
  xmp,
} from './habit-pieces.ts';
import { filledSharing } from './shared-resources.ts';
import { tagged, taggedCatalog, taggedPage, taggedSignature } from './tagged.ts';
import {
  catalog,
  checkBox,
  choice,
  page,
  resources,
  textField,
  update,
  usualPage,
  usualRefs,
  type Victim,
  wordsRect,
} from './victim.ts';

/** What honest programs do to a signed file. Each must be accepted, and named for what it is. */
export interface Habit {
  readonly level: 'none' | 'validationData' | 'formFilling' | 'annotations';
  make(victim: Victim): Uint8Array;
}

export const honestHabits: Readonly<Record<string, Habit>> = {
  'nothing but white space behind it': {
    level: 'none',
    make: ({ signed }) => bytes(`${text(signed)}\r\n\0\0`),
  },
  'the same objects written again in another order of keys': {
    level: 'none',
    make: ({ signed }) =>
      update(signed, {
        3: '<</Annots [6 0 R 7 0 R 8 0 R 21 0 R]/Type/Page/Resources<</Font<</F1 5 0 R>>>>/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]>>',
        5: '<</Subtype/Type1/BaseFont/Helvetica/Type/Font/Encoding/WinAnsiEncoding>>',
      }),
  },
  'a page’s fractions written with fewer digits, as poppler does': {
    level: 'formFilling',
    make: (victim) => {
      const size = (width: string, height: string) => (text: string) =>
        text.replace('595 842', `${width} ${height}`);
      const precise = size('595.303937007874', '841.889763779528');
      const pageEntries = `/CropBox [0 0 595.303937007874 841.889763779528] ${usualPage}`;
      const signed = victim.sign({ 3: precise(page('6 0 R 7 0 R 8 0 R')) }, { pageEntries });
      return victim.signAgain(signed, { pageEntries: `/CropBox [0 0 595.304 841.89] ${usualPage}` });
    },
  },
  'new dates in XMP and /Info under a cross-reference stream, as Acrobat saves': {
    level: 'none',
    make: (victim) => {
      const signed = victim.sign({ 40: xmp('2026-01-01') }, { catalogEntries: '/Metadata 40 0 R' });
      const objects = {
        1: catalog('/Metadata 40 0 R'),
        40: xmp(
          '2026-02-02',
          '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"/></rdf:Seq></xmpMM:History>',
        ),
        41: '<< /ModDate (D:20260202) /Producer (Acrobat) >>',
      };
      return streamUpdate(signed, objects, '/Info 41 0 R /ID [<00> <01>]');
    },
  },
  'description and information where there were none': {
    level: 'none',
    make: ({ signed }) =>
      update(
        signed,
        {
          1: catalog('/Metadata 40 0 R'),
          40: xmp('2026-02-02'),
          41: '<< /ModDate (D:2026) /Producer (x) /Creator (x) >>',
        },
        { extra: '/Info 41 0 R' },
      ),
  },
  'the form moved into an object of its own': {
    level: 'none',
    make: ({ signed }) =>
      update(signed, {
        1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 50 0 R /Version /1.7 >>',
        50: `<< /Fields [${usualRefs}] /SigFlags 3 /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R /ZaDb 45 0 R >> >> >>`,
        45: dingbats,
      }),
  },
  'a text filled in with a picture of its words': {
    level: 'formFilling',
    make: ({ signed }) => update(signed, { 6: filledText('05/QD'), 30: look('05/QD') }),
  },
  'a text filled in under a cross-reference stream': {
    level: 'formFilling',
    make: ({ signed }) => streamUpdate(signed, { 6: filledText('05/QD'), 30: look('05/QD') }),
  },
  'a text filled in without a picture': {
    level: 'formFilling',
    make: ({ signed }) => update(signed, { 6: textField('/V (05/QD)') }),
  },
  'a text filled in, and fonts given to resources that the page shares, as PDFBox fills LibreOffice’s forms':
    {
      level: 'formFilling',
      make: filledSharing,
    },
  'a sum shown as the form’s script formats it': {
    level: 'formFilling',
    make: (victim) => {
      const script = '/AA << /F << /S /JavaScript /JS (AFNumber_Format\\(2\\)) >> >>';
      return update(victim.sign({ 6: textField(script) }), {
        6: filledText('1000', script),
        30: look('1.000,00'),
      });
    },
  },
  'a text of which only a part fits': {
    level: 'formFilling',
    make: ({ signed }) => update(signed, { 6: filledText('mot dong rat dai'), 30: look('mot dong') }),
  },
  'a framed field on a tinted ground filled in': {
    level: 'formFilling',
    make: (victim) =>
      update(
        victim.sign({ 6: textField('/AP << /N 32 0 R >> /MK << /BC [0] /BG [1 1 0.9] >>'), 32: frame }),
        {
          6: textField('/V (05) /AP << /N 30 0 R >> /MK << /BC [0] /BG [1 1 0.9] >>'),
          30: stream(
            '1 1 0.9 rg 0 0 128 20 re f 0 G 0.5 0.5 127 19 re S /Tx BMC q BT /F1 12 Tf 0 g 2 5 Td (05) Tj ET Q EMC',
            `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
          ),
        },
      ),
  },
  'a picture rewritten in place, as PDFBox fills': {
    level: 'formFilling',
    make: (victim) =>
      update(
        victim.sign({ 6: textField('/AP << /N 32 0 R >>'), 32: frame }),
        { 6: textField('/V (05) /AP << /N 32 0 R >>'), 32: look('05') },
        { extra: '/DocChecksum /AA' },
      ),
  },
  'field and widget apart, both rewritten': {
    level: 'formFilling',
    make: (victim) =>
      update(apart(victim), {
        6: apartField('/V (05)'),
        31: apartWidget('/AP << /N 30 0 R >>'),
        30: look('05'),
      }),
  },
  'field and widget apart, the picture rewritten in place': {
    level: 'formFilling',
    make: (victim) =>
      update(apart(victim, apartWidget('/AP << /N 32 0 R >>')), { 6: apartField('/V (05)'), 32: look('05') }),
  },
  'a box ticked': {
    level: 'formFilling',
    make: (victim) =>
      update(victim.sign({ 7: check('Off'), 44: tick, 45: dingbats, 46: off }), { 7: check('Co') }),
  },
  'a box ticked with a tick drawn anew, as iText fills': {
    level: 'formFilling',
    make: (victim) => {
      const box = (on: string, look: string) =>
        checkBox(`/AS /${on} /V /${on} /AP << /N << /Co ${look} 0 R /Off 46 0 R >> >>`);
      const signed = victim.sign({ 7: box('Off', '44'), 44: tick, 45: dingbats, 46: off });
      return update(signed, { 7: box('Co', '30'), 30: tick.replace('(4)', '(8)') });
    },
  },
  'one of two buttons chosen': {
    level: 'formFilling',
    make: (victim) =>
      update(
        victim.sign({ ...radio('Off'), 44: tick, 45: dingbats, 46: off }, { fields: [6, 7, 8, 31, 32, 21] }),
        radio('A'),
      ),
  },
  'a choice made': {
    level: 'formFilling',
    make: ({ signed }) =>
      update(signed, { 8: choice('/V (Huyen) /I [1] /AP << /N 30 0 R >>'), 30: look('Huyen') }),
  },
  'a choice made with its first line, as iText fills': {
    level: 'formFilling',
    make: ({ signed }) =>
      update(signed, { 8: choice('/V (Huyen) /TI 1 /AP << /N 30 0 R >>'), 30: look('Huyen') }),
  },
  'a choice whose value is a code': {
    level: 'formFilling',
    make: (victim) => {
      const coded = (more: string) =>
        choice(more).replace('[(So) (Huyen)]', '[[(s) (So Noi vu)] [(h) (Huyen)]]');
      return update(victim.sign({ 8: coded('') }), {
        8: coded('/V (s) /AP << /N 30 0 R >>'),
        30: look('So Noi vu'),
      });
    },
  },
  'words of one’s own in a choice that can be edited': {
    level: 'formFilling',
    make: (victim) => {
      const editable = (more: string) => choice(more).replace('/Ff 131072', '/Ff 393216');
      return update(victim.sign({ 8: editable('') }), {
        8: editable('/V (Xa) /AP << /N 30 0 R >>'),
        30: look('Xa'),
      });
    },
  },
  'two lines of a list': {
    level: 'formFilling',
    make: (victim) => {
      const list = (more: string) => choice(more).replace('/Ff 131072', '/Ff 2097152');
      return update(victim.sign({ 8: list('') }), {
        8: list('/V [(So) (Huyen)] /I [0 1] /AP << /N 30 0 R >>'),
        30: look('SoHuyen'),
      });
    },
  },
  'a further signature': { level: 'formFilling', make: (victim) => victim.signAgain(victim.signed) },
  'an empty field signed without showing anything, as PDFBox does': {
    level: 'formFilling',
    make: blankSigned('[0 0 0 0]'),
  },
  'a further signature of which a stranger knows nothing': {
    level: 'formFilling',
    make: (victim) =>
      victim.signAgain(victim.signAgain(victim.signed), {
        numbers: [24, 25],
        fields: [6, 7, 8, 21, 23, 25],
        name: 'ky-ba',
      }),
  },
  'a further signature with words beside the page’s': {
    level: 'formFilling',
    make: signedWith('[300 100 460 140]', { 31: look('Nguoi ky: An', '[0 0 160 40]') }),
  },
  'a further signature whose words touch the page’s': {
    level: 'formFilling',
    make: signedWith(wordsRect, { 31: look('Nguoi ky: An', '[0 0 160 20]') }),
  },
  'a further signature with a frame around words': {
    level: 'formFilling',
    make: signedWith('[60 705 240 745]', {
      31: stream('1 0 0 RG 2 w 1 1 178 38 re S', '/Type /XObject /Subtype /Form /BBox [0 0 180 40]'),
    }),
  },
  'a transparent picture over words': {
    level: 'formFilling',
    make: signedWith(wordsRect, picture('', '\x00\x00\x10\x00')),
  },
  'a signature with a white ground beside the words': {
    level: 'formFilling',
    make: signedWith('[300 100 460 120]', {
      31: stream('1 g 0 0 160 20 re f', '/Type /XObject /Subtype /Form /BBox [0 0 160 20]'),
    }),
  },
  'a white ground over the dots where a number is to be written': {
    level: 'formFilling',
    make: (victim) => {
      const signed = victim.sign({ 4: stream('BT /F1 14 Tf 72 605 Td (............) Tj ET') });
      return update(signed, {
        6: filledText('05'),
        30: stream(
          '1 g 0 0 128 20 re f BT /F1 12 Tf 0 g 2 5 Td (05) Tj ET',
          `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
        ),
      });
    },
  },
  'filled and signed again, certified with P=2': {
    level: 'formFilling',
    make: (victim) =>
      victim.signAgain(update(victim.certified[2], { 6: filledText('05'), 30: look('05') }), {
        catalogEntries: '/Perms << /DocMDP 20 0 R >>',
      }),
  },
  'filled twice, certified with P=2': {
    level: 'formFilling',
    make: (victim) => {
      const once = update(victim.certified[2], { 6: filledText('05'), 30: look('05') });
      return update(once, { 6: filledText('06'), 30: look('06') });
    },
  },
  'validation data, certified with P=1': {
    level: 'validationData',
    make: (victim) =>
      update(victim.certified[1], {
        1: catalog('/Perms << /DocMDP 20 0 R >> /DSS 40 0 R'),
        40: '<< /Type /DSS /Certs [41 0 R] /VRI << /AB << /Cert [41 0 R] /TU (D:20261122) >> >> >>',
        41: stream('x'),
      }),
  },
  'a note, certified with P=3': {
    level: 'annotations',
    make: commented(
      3,
      '/Subtype /Text /Name /Note /C [1 1 0] /Rect [500 780 520 800] /Popup 31 0 R /AP << /N 32 0 R >>',
      {
        31: '<< /Type /Annot /Subtype /Popup /Parent 30 0 R /Rect [300 600 500 800] /Open false >>',
        32: icon,
      },
    ),
  },
  'a highlighted line, certified with P=3': {
    level: 'annotations',
    make: commented(3, `/Subtype /Highlight /C [1 1 0] /Rect ${wordsRect} ${quad} /AP << /N 32 0 R >>`, {
      32: marker,
    }),
  },
  'a highlighted line that viewers draw themselves, certified with P=3': {
    level: 'annotations',
    make: commented(3, `/Subtype /Highlight /C [1 1 0] /CA 0.5 /Rect ${wordsRect} ${quad}`),
  },
  'an underlined line, certified with P=3': {
    level: 'annotations',
    make: commented(3, `/Subtype /Underline /C [0 0.5 0] /Rect ${wordsRect} ${quad}`),
  },
  'a further signature with its tag in a tagged document': {
    level: 'formFilling',
    make: (victim) => taggedSignature(victim),
  },
  'a further signature without a tag in a tagged document': {
    level: 'formFilling',
    make: (victim) =>
      victim.signAgain(tagged(victim), { pageEntries: taggedPage, catalogEntries: taggedCatalog }),
  },
  'a page’s order for the keyboard': {
    level: 'none',
    make: ({ signed }) => update(signed, { 3: page(usualRefs).replace('/Annots', '/Tabs /S /Annots') }),
  },
};
