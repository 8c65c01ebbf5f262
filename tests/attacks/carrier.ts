import { stream } from '../unit/verification/sample-pdf.ts';
import { structural } from './case.ts';
import { element, tagged, taggedSignature, treeRoot } from './tagged.ts';
import {
  catalog,
  checkBox,
  choice,
  coverStream,
  forgedContent,
  page,
  resources,
  textField,
  update,
  usualPage,
  usualRefs,
  wordsRect,
} from './victim.ts';

/** Changes that ride on parts which verifiers let pass: validation data, descriptions, settings, actions. Beyond the papers. */
const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const look = (box = '[0 0 128 20]', entries = '') =>
  stream(
    `BT /F1 12 Tf 2 5 Td (05) Tj ET`,
    `/Type /XObject /Subtype /Form /BBox ${box} ${resources} ${entries}`,
  );
const filled = (entries = '', rect?: string) => textField(`/V (05) /AP << /N 30 0 R >> ${entries}`, rect);
const attachment = (name: string) =>
  `<< /Names [(${name}) << /Type /Filespec /F (${name}) /EF << /F 41 0 R >> >>] >>`;

export const carriers = structural({
  'validation data that brings page content': ({ signed }) =>
    update(signed, { 1: catalog('/DSS 40 0 R'), 40: '<< /Type /DSS /Certs [4 0 R] >>', 4: forgedContent }),
  'validation data with other keys': ({ signed }) =>
    update(signed, {
      1: catalog('/DSS 40 0 R'),
      40: '<< /Type /DSS /Certs [] /Page 3 0 R >>',
      3: page(usualRefs, `/Contents 41 0 R ${resources}`),
      41: forgedContent,
    }),
  'validation data that is the page': ({ signed }) =>
    update(signed, {
      1: catalog('/DSS 3 0 R'),
      3: page(usualRefs, `/Contents 41 0 R ${resources}`),
      41: forgedContent,
    }),
  'a description that says something else': (victim) => {
    const metadata = (title: string) =>
      stream(
        `<x:xmpmeta><rdf:RDF><dc:title>${title}</dc:title></rdf:RDF></x:xmpmeta>`,
        '/Type /Metadata /Subtype /XML',
      );
    const signed = victim.sign({ 40: metadata('Chi tra 100') }, { catalogEntries: '/Metadata 40 0 R' });
    return update(signed, { 40: metadata('Chi tra 900') });
  },
  'a description that is the page’s content': ({ signed }) =>
    update(signed, { 1: catalog('/Metadata 4 0 R'), 4: forgedContent }),
  'information with another title': (victim) => {
    const signed = update(victim.sign({ 40: '<< /Title (a) >>' }), { 90: '(x)' }, { extra: '/Info 40 0 R' });
    const again = victim.signAgain(signed);
    return update(again, { 40: '<< /Title (b) >>' }, { extra: '/Info 40 0 R' });
  },
  outlines: ({ signed }) => update(signed, { 1: catalog('/Outlines << /Type /Outlines /Count 0 >>') }),
  'an action on opening': ({ signed }) => update(signed, { 1: catalog(`/OpenAction ${script}`) }),
  'more actions of the document': ({ signed }) => update(signed, { 1: catalog(`/AA << /WP ${script} >>`) }),
  'a script by name': ({ signed }) =>
    update(signed, { 1: catalog(`/Names << /JavaScript << /Names [(a) ${script}] >> >>`) }),
  'an attachment added': ({ signed }) =>
    update(signed, {
      1: catalog(`/Names << /EmbeddedFiles ${attachment('a.txt')} >>`),
      41: stream('forged'),
    }),
  'an attachment exchanged': (victim) => {
    const names = `/Names << /EmbeddedFiles ${attachment('a.txt')} >>`;
    return update(victim.sign({ 41: stream('100') }, { catalogEntries: names }), { 41: stream('900') });
  },
  'layers switched': (victim) => {
    const layers = (state: string) => `/OCProperties << /OCGs [42 0 R] /D << ${state} [42 0 R] >> >>`;
    const signed = victim.sign({ 42: '<< /Type /OCG /Name (a) >>' }, { catalogEntries: layers('/ON') });
    return update(signed, { 1: catalog(layers('/OFF')) });
  },
  'layers added': ({ signed }) => update(signed, { 1: catalog('/OCProperties << /OCGs [] /D << >> >>') }),
  'a language': ({ signed }) => update(signed, { 1: catalog('/Lang (en)') }),
  'viewer preferences': ({ signed }) =>
    update(signed, { 1: catalog('/ViewerPreferences << /HideToolbar true >>') }),
  'page labels': ({ signed }) => update(signed, { 1: catalog('/PageLabels << /Nums [0 << /S /r >>] >>') }),
  'named places': ({ signed }) => update(signed, { 1: catalog('/Dests << /a [3 0 R /Fit] >>') }),
  'how the document opens': ({ signed }) => update(signed, { 1: catalog('/PageMode /FullScreen') }),
  'usage rights': ({ signed }) =>
    update(signed, { 1: catalog('/Perms << /UR3 40 0 R >>'), 40: '<< /Type /Sig >>' }),
  'a collection': ({ signed }) => update(signed, { 1: catalog('/Collection << /View /H >>') }),
  'extensions that bring an action': ({ signed }) =>
    update(signed, {
      1: catalog('/Extensions << /X << /BaseVersion /1.7 /ExtensionLevel 1 /A 3 0 R >> >>'),
      3: page(usualRefs, `/Contents 41 0 R ${resources}`),
      41: forgedContent,
    }),
  'a tag that reads something else aloud': (victim) =>
    update(tagged(victim), { 61: element('/ActualText (900) /K 0') }),
  'a tag that takes the page’s words for its own': (victim) => taggedSignature(victim, '/K 0'),
  'a tag with words of its own': (victim) =>
    taggedSignature(victim, '/K << /Type /OBJR /Obj 23 0 R >> /ActualText (900)'),
  'a tag for another annotation': (victim) => taggedSignature(victim, '/K << /Type /OBJR /Obj 6 0 R >>'),
  'tags in another order': (victim) => update(tagged(victim), { 60: treeRoot('[64 0 R 61 0 R]') }),
  'a map of tags that leads elsewhere': (victim) =>
    update(tagged(victim), { 62: '<< /Nums [0 [64 0 R]] >>' }),
  'a page’s tags taken away': (victim) => update(tagged(victim), { 62: '<< /Nums [] >>' }),
  'what tags stand for': (victim) =>
    update(tagged(victim), { 60: treeRoot('[61 0 R 64 0 R]').replace('/K', '/RoleMap << /P /H1 >> /K') }),
  'the page turned': ({ signed }) => update(signed, { 3: page(usualRefs, `/Rotate 180 ${usualPage}`) }),
  'the page’s unit': ({ signed }) => update(signed, { 3: page(usualRefs, `/UserUnit 2 ${usualPage}`) }),
  'the page’s box, a point less': (victim) => {
    const box = (height: string) => `/CropBox [0 0 595.304 ${height}] ${usualPage}`;
    const signed = victim.sign({}, { pageEntries: box('841.89') });
    return update(signed, { 3: page(usualRefs, box('840.89')) });
  },
  'the page’s box': ({ signed }) =>
    update(signed, { 3: page(usualRefs, `/CropBox [0 0 300 300] ${usualPage}`) }),
  'an action on the page': ({ signed }) =>
    update(signed, { 3: page(usualRefs, `/AA << /O ${script} >> ${usualPage}`) }),
  'a page’s transition': ({ signed }) =>
    update(signed, { 3: page(usualRefs, `/Dur 1 /Trans << /S /Fly >> ${usualPage}`) }),
  'what all pages inherit': ({ signed }) =>
    update(signed, { 2: '<< /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 >>' }),
  'a form of another kind': ({ signed }) =>
    update(signed, { 1: catalog('', usualRefs, '/XFA [(a) 40 0 R]'), 40: stream('<xfa/>') }),
  'an order of calculation': ({ signed }) => update(signed, { 1: catalog('', usualRefs, '/CO [6 0 R]') }),
  'a filled field with an action': ({ signed }) => update(signed, { 6: filled(`/A ${script}`), 30: look() }),
  'a filled field with more actions': ({ signed }) =>
    update(signed, { 6: filled(`/AA << /C ${script} >>`), 30: look() }),
  'a filled field with a border and background': ({ signed }) =>
    update(signed, { 6: filled('/MK << /BG [1 1 1] >>'), 30: look() }),
  'a filled field’s ground in another colour': (victim) => {
    const dressed = (colour: string) => textField(`/MK << /BG ${colour} >> /V (05) /AP << /N 30 0 R >>`);
    const signed = victim.sign({ 6: textField('/MK << /BG [0.9] >>') });
    return update(signed, { 6: dressed('[0.5 0.5 0.5]'), 30: look() });
  },
  'a filled field turned': (victim) => {
    const signed = victim.sign({ 6: textField('/MK << /R 0 >>') });
    return update(signed, { 6: filled('/MK << /R 180 >>'), 30: look() });
  },
  'a box’s mark taken away where readers draw it': (victim) => {
    const signed = victim.sign({ 7: checkBox('/AS /Off /MK << /CA (8) >>') });
    return update(signed, { 7: checkBox('/AS /Off') });
  },
  'a kid’s own flags in place of its parent’s': (victim) => {
    const kid = (more: string) => textField(`/Parent 33 0 R ${more}`).replace('/FT /Tx /T (so)', '');
    const parent = '<< /FT /Tx /T (so) /Ff 1 /Kids [6 0 R] >>';
    const signed = victim.sign({ 6: kid(''), 33: parent }, { fields: [33, 7, 8, 21] });
    return update(signed, { 6: kid('/Ff 0') });
  },
  'a signature as another one’s default': (victim) =>
    victim.signAgain(victim.signed, { fieldEntries: '/DV 20 0 R' }),
  'a filled field moved': ({ signed }) => update(signed, { 6: filled('', wordsRect), 30: look() }),
  'a filled field enlarged': ({ signed }) => update(signed, { 6: filled('', '[0 0 595 842]'), 30: look() }),
  'a filled field on another page': ({ signed }) =>
    update(signed, { 6: filled().replace('/P 3 0 R', '/P 2 0 R'), 30: look() }),
  'a filled field in a layer': ({ signed }) =>
    update(signed, { 6: filled('/OC 42 0 R'), 30: look(), 42: '<< /Type /OCG /Name (a) >>' }),
  'a filled field with an appearance without a box': ({ signed }) =>
    update(signed, { 6: filled(), 30: look('[0 0 0 0]') }),
  'a filled field with an appearance of an endless box': ({ signed }) =>
    update(signed, { 6: filled(), 30: look('[-1e30 -1e30 1e30 1e30]') }),
  'a filled field with an appearance that can’t be turned back': ({ signed }) =>
    update(signed, { 6: filled(), 30: look('[0 0 128 20]', '/Matrix [0 0 0 0 0 0]') }),
  'a filled field with an appearance that is a layer’s': ({ signed }) =>
    update(signed, { 6: filled(), 30: look('[0 0 128 20]', '/OC 42 0 R'), 42: '<< /Type /OCG /Name (a) >>' }),
  'a filled field with an appearance that refers outside': ({ signed }) =>
    update(signed, { 6: filled(), 30: look('[0 0 128 20]', '/Ref << /F (other.pdf) /Page 0 >>') }),
  'a filled field with an appearance that is another program’s': ({ signed }) =>
    update(signed, {
      6: filled(),
      30: look('[0 0 128 20]', '/Subtype2 /PS /PS 4 0 R').replace('/Subtype /Form', '/Subtype /PS'),
    }),
  'a filled field whose appearance is a picture when touched': ({ signed }) =>
    update(signed, {
      6: textField('/V (05) /AP << /N 30 0 R /R 31 0 R /D 31 0 R >>'),
      30: look(),
      31: coverStream(),
    }),
  'a field filled with one thing and showing another': ({ signed }) =>
    update(signed, { 6: textField('/V (05) /AP << /N 30 0 R >>'), 30: look().replace('(05)', '(90)') }),
  'a pressed button with another picture': ({ signed }) =>
    update(signed, { 7: checkBox('/V /On /AS /On /AP << /N << /On 30 0 R >> >>'), 30: coverStream() }),
  'a choice that wasn’t offered': ({ signed }) =>
    update(signed, {
      8: choice('/V (Xa) /Opt [(Xa)] /AP << /N 30 0 R >>').replace('/Opt [(So) (Huyen)]', ''),
      30: look(),
    }),
  'a signed field’s note': (victim) => {
    const base = victim.sign({ 6: textField('/TU (So van ban)') });
    return update(base, { 6: textField('/TU (So tien)') });
  },
  'a new text field': ({ signed }) =>
    update(signed, {
      1: catalog('', `${usualRefs} 33 0 R`),
      3: page(`${usualRefs} 33 0 R`),
      30: look(),
      33: filled('', '[300 600 400 620]').replace('(so)', '(moi)'),
    }),
  'a new text field under a field that was signed': ({ signed }) =>
    update(signed, {
      6: textField('/Kids [33 0 R]'),
      33: filled('/Parent 6 0 R').replace('(so)', '(con)'),
      30: look(),
    }),
});
