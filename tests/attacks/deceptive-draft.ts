import type { FileFinding } from '../../contract/file-finding.ts';
import { samplePdf, stream } from '../unit/verification/sample-pdf.ts';
import { bytes, closing, object, startXref, text } from './bytes.ts';
import { front, usualParameters } from './linearized.ts';
import {
  catalog,
  forgedContent,
  forgedText,
  line,
  page,
  resources,
  textField,
  trueText,
  update,
  victimObjects,
} from './victim.ts';

/** A draft that nobody has signed yet, and what has to be said of it. */
export interface DeceptiveDraft {
  readonly bytes: Buffer;
  readonly finding: Pick<FileFinding, 'code'> & Partial<Pick<FileFinding, 'page' | 'params'>>;
}

const trueContent = stream(line(trueText));
const widgets = '6 0 R 7 0 R 8 0 R';
const original = (changes: Readonly<Record<number, string>> = {}) => samplePdf(victimObjects(changes));

/** A front that shows one page, and an update behind it with another; /L is the length of both. */
function linearized(change: (dictionary: string) => string = (dictionary) => dictionary): Buffer {
  const parts = {
    objects: { 4: forgedContent },
    dictionary: (places: Parameters<ReturnType<typeof usualParameters>>[0]) =>
      change(usualParameters()(places)),
  };
  const make = (length: number) => update(front(parts, length), { 4: trueContent });
  return make(make(0).length);
}

const number10 = (value: number) => String(value).padStart(10, '0');

/** The content in the open, as the table has it, and another one in the hidden stream. */
function hybrid(table: (places: { before: number; hidden: number }) => string, entries = ''): Buffer {
  const base = original();
  const body = object(4, forgedContent);
  const at = base.length + body.length;
  const row = Buffer.alloc(6);
  row.writeUInt8(1, 0);
  row.writeUInt32BE(base.length, 1);
  const hidden = `63 0 obj\n<< /Type /XRef /Size 1000 /W [1 4 1] /Index [4 1] /Root 1 0 R ${entries} /Length 6 >>\nstream\n${row.toString('latin1')}\nendstream\nendobj\n`;
  const rows = table({ before: base.indexOf('4 0 obj'), hidden: base.length });
  const section = `xref\n${rows}trailer\n<< /Size 1000 /Root 1 0 R /Prev ${startXref(base)} /XRefStm ${at} >>\n`;
  return bytes(text(base) + body + hidden + section + closing(at + hidden.length));
}

/** An object that no cross-reference knows, the last of its number, and what makes programs gather all objects anew. */
function unlisted(reason: 'dangling' | 'far end'): Buffer {
  const base = original(
    reason === 'dangling'
      ? { 3: page(widgets, '/Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 99 0 R >> >>') }
      : {},
  );
  const end = base.indexOf('xref\n0');
  const forged = object(4, forgedContent);
  const made = bytes(
    text(base.subarray(0, end)) +
      forged +
      text(base.subarray(end)).replace(/startxref\n\d+/, `startxref\n${end + forged.length}`),
  );
  return reason === 'dangling' ? made : Buffer.concat([made, Buffer.alloc(3000, 0x20)]);
}

/** Poppler sorts the entries of a large dictionary, so that the first or the last of two counts as it happens. */
const manyEntries = Array.from({ length: 45 }, (_, index) => `/K${index} ${index}`).join(' ');
const twice = (entries: string) => original({ 3: page(widgets, entries), 9: forgedContent });

/** Programs show different pages of these. */
export const ambiguousDrafts: Readonly<Record<string, DeceptiveDraft>> = {
  'linearized: /L is the draft’s length': {
    bytes: linearized(),
    finding: { code: 'linearization-untrue' },
  },
  'linearized: a name in hexadecimal': {
    bytes: linearized((dictionary) => dictionary.replace('/Linearized', '/#4cinearized')),
    finding: { code: 'linearization-untrue' },
  },
  'linearized: /L twice': {
    bytes: linearized((dictionary) => dictionary.replace('/L ', '/L 0000000077 /L ')),
    finding: { code: 'linearization-untrue' },
  },
  'hybrid: an object in the open that the table calls free': {
    bytes: hybrid(() => '4 1\n0000000000 00001 f \n'),
    finding: { code: 'structure-ambiguous', params: { detail: 'hybrid' } },
  },
  'hybrid: an object that the table places elsewhere': {
    bytes: hybrid(({ before }) => `4 1\n${number10(before)} 00000 n \n`),
    finding: { code: 'structure-ambiguous', params: { detail: 'hybrid' } },
  },
  'hybrid: a hidden stream with a chain of its own': {
    bytes: hybrid(() => '0 0\n', '/Prev 7'),
    finding: { code: 'structure-ambiguous', params: { detail: 'hybrid' } },
  },
  'a number twice in one section': {
    bytes: bytes(
      text(update(original(), { 4: forgedContent, 90: trueContent })).replace(
        /90 1\n(?=\d{10} \d{5} n \ntrailer)/,
        '4 1\n',
      ),
    ),
    finding: { code: 'structure-ambiguous', params: { detail: 'number-twice' } },
  },
  'a key twice in the page': {
    bytes: twice(`/Contents 9 0 R /Contents 4 0 R ${resources} ${manyEntries}`),
    finding: { code: 'structure-ambiguous', params: { detail: 'key-twice' } },
  },
  'a key twice in the catalog': {
    bytes: original({
      1: `<< /Type /Catalog /Pages 11 0 R /Pages 2 0 R /StructTreeRoot 13 0 R ${manyEntries} >>`,
      9: forgedContent,
      11: '<< /Type /Pages /Kids [12 0 R] /Count 1 >>',
      12: page('', `/Contents 9 0 R ${resources}`),
      13: '<< /Type /StructTreeRoot >>',
    }),
    finding: { code: 'structure-ambiguous', params: { detail: 'key-twice' } },
  },
  'a key twice in a picture that is called as the tags are': {
    bytes: original({
      3: page(
        widgets,
        '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /StructTreeRoot 10 0 R >> >>',
      ),
      4: stream('/StructTreeRoot Do'),
      9: `<< /Font << /F1 5 0 R >> /K << ${manyEntries} >> >>`,
      10: stream(
        line(trueText),
        `/Type /XObject /Subtype /Form /BBox [0 0 1 1] /BBox [0 0 595 842] /Resources 9 0 R ${manyEntries}`,
      ),
    }),
    finding: { code: 'structure-ambiguous', params: { detail: 'key-twice' } },
  },
  'a key twice in the trailer': {
    bytes: update(
      original({
        9: forgedContent,
        10: '<< /Type /Catalog /Pages 11 0 R >>',
        11: '<< /Type /Pages /Kids [12 0 R] /Count 1 >>',
        12: page('', `/Contents 9 0 R ${resources}`),
      }),
      { 90: '(a)' },
      { root: '10 0 R', extra: `/Root 1 0 R ${manyEntries}` },
    ),
    finding: { code: 'structure-ambiguous', params: { detail: 'key-twice' } },
  },
  'an object that no table knows, beside a reference that leads nowhere': {
    bytes: unlisted('dangling'),
    finding: { code: 'structure-ambiguous', params: { detail: 'rebuilt' } },
  },
  'an object that no table knows, the end far from the end': {
    bytes: unlisted('far end'),
    finding: { code: 'structure-ambiguous', params: { detail: 'rebuilt' } },
  },
};

const withCatalog = (more: string, others: Readonly<Record<number, string>> = {}) =>
  original({ 1: catalog(more, widgets), ...others });
const withAnnotation = (entries: string, others: Readonly<Record<number, string>> = {}) =>
  original({
    3: page(`${widgets} 9 0 R`),
    9: `<< /Type /Annot /Rect [72 400 200 420] ${entries} >>`,
    ...others,
  });
const link = (action: string) => withAnnotation(`/Subtype /Link /A << ${action} >>`);
const stampLook = {
  10: stream('0 g 0 0 99 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 128 20]'),
};
const stamp = (entries: string) =>
  withAnnotation(`/Subtype /Stamp /AP << /N 10 0 R >> ${entries}`, stampLook);
const layer = (entries: string, configuration: string) =>
  withCatalog(`/OCProperties << /OCGs [9 0 R] /D << ${configuration} >> >>`, {
    9: `<< /Type /OCG /Name (Bản in) ${entries} >>`,
  });
const active = (kind: string, at: number | null = 1): DeceptiveDraft['finding'] => ({
  code: 'active-content',
  page: at,
  params: { kind },
});
const hidden = (kind: string, at: number | null = null, name?: string): DeceptiveDraft['finding'] => ({
  code: 'hidden-content',
  page: at,
  params: name === undefined ? { kind } : { kind, name },
});

/** Everybody is shown the same, and yet it isn't all that there is: scripts, actions, files, layers. */
export const warnedDrafts: Readonly<Record<string, DeceptiveDraft>> = {
  'a script when it is opened': {
    bytes: withCatalog('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'),
    finding: active('script', null),
  },
  'a script among the names': {
    bytes: withCatalog('/Names << /JavaScript << /Names [(a) 9 0 R] >> >>', {
      9: '<< /S /JavaScript /JS (x) >>',
    }),
    finding: active('script', null),
  },
  'a script of a field': {
    bytes: original({ 6: textField('/AA << /K << /S /JavaScript /JS (x) >> >>') }),
    finding: active('script'),
  },
  'a script of the page': {
    bytes: original({
      3: page(widgets, `/Contents 4 0 R ${resources} /AA << /O << /S /JavaScript /JS (x) >> >>`),
    }),
    finding: active('script'),
  },
  'a script behind two harmless actions': {
    bytes: link(
      '/S /GoTo /D [3 0 R /Fit] /Next [<< /S /URI /URI (https://a.vn) /Next << /S /JavaScript /JS (x) >> >>]',
    ),
    finding: active('script'),
  },
  'a script of an outline, its type in hexadecimal': {
    bytes: withCatalog('/Outlines << /First 9 0 R /Last 9 0 R /Count 1 >>', {
      9: '<< /Title (a) /A << /S /Java#53cript /JS (x) >> >>',
    }),
    finding: active('script', null),
  },
  'a program started': { bytes: link('/S /Launch /F (cmd.exe)'), finding: active('launch') },
  'a program started when the page opens': {
    bytes: original({
      3: page(widgets, `/Contents 4 0 R ${resources} /AA << /O << /S /Launch /F (a.exe) >> >>`),
    }),
    finding: active('launch'),
  },
  'another file': { bytes: link('/S /GoToR /F (b.pdf) /D [0 /Fit]'), finding: active('other-file') },
  'a file inside shown instead': {
    bytes: link('/S /GoToE /T << /R /C /N (b.pdf) >>'),
    finding: active('other-file'),
  },
  'a form sent out': { bytes: link('/S /SubmitForm /F (https://a.vn)'), finding: active('submit') },
  'data taken in': { bytes: link('/S /ImportData /F (a.fdf)'), finding: active('import') },
  'a form emptied': { bytes: link('/S /ResetForm'), finding: active('reset') },
  'a web page opened unasked': {
    bytes: withCatalog('/OpenAction << /S /URI /URI (https://a.vn) >>'),
    finding: active('web', null),
  },
  'content hidden by an action': { bytes: link('/S /Hide /T (so)'), finding: active('visibility') },
  'layers switched by an action': {
    bytes: link('/S /SetOCGState /State [/OFF 9 0 R]'),
    finding: active('visibility'),
  },
  'an action of an unknown kind': {
    bytes: link('/Type /Action /S /Unheard'),
    finding: active('unknown-action'),
  },
  'a film': { bytes: withAnnotation('/Subtype /RichMedia'), finding: active('media') },
  'a model': { bytes: withAnnotation('/Subtype /3D'), finding: active('media') },
  'a sound': { bytes: link('/S /Sound'), finding: active('media') },
  'a dynamic form': {
    bytes: original({ 1: catalog('', widgets, '/XFA (x)') }),
    finding: active('xfa', null),
  },
  'a program inside': {
    bytes: withCatalog('/Names << /EmbeddedFiles << /Names [(a) 9 0 R] >> >>', {
      9: '<< /Type /Filespec /F (a.exe) /UF (a.exe) /EF << /F 10 0 R >> >>',
      10: stream('MZ', '/Type /EmbeddedFile'),
    }),
    finding: { code: 'embedded-file', page: null, params: { name: 'a.exe' } },
  },
  'a file pinned to the page': {
    bytes: withAnnotation('/Subtype /FileAttachment /F 4 /FS << /F (b.zip) /EF << /F 10 0 R >> >>', {
      10: stream('PK'),
    }),
    finding: { code: 'embedded-file', params: { name: 'b.zip' } },
  },
  'a file that belongs to the document': {
    bytes: withCatalog('/AF [9 0 R]', { 9: '<< /F (c.xml) /EF << /F 10 0 R >> >>', 10: stream('<a/>') }),
    finding: { code: 'embedded-file', params: { name: 'c.xml' } },
  },
  'a portfolio': {
    bytes: withCatalog('/Collection << /View /T >>'),
    finding: { code: 'embedded-file', params: {} },
  },
  'a layer that is off': {
    bytes: layer('', '/OFF [9 0 R]'),
    finding: { code: 'hidden-content', page: null, params: { kind: 'layer-off' } },
  },
  'a layer that is off as all are': {
    bytes: layer('', '/BaseState /OFF'),
    finding: { code: 'hidden-content', params: { kind: 'layer-off' } },
  },
  'a layer in print alone': {
    bytes: layer(
      '/Usage << /Print << /PrintState /ON >> /View << /ViewState /OFF >> >>',
      '/AS [<< /Event /Print /OCGs [9 0 R] /Category [/Print] >>]',
    ),
    finding: { code: 'hidden-content', params: { kind: 'layer-print' } },
  },
  'a layer that isn’t printed': {
    bytes: layer('/Usage << /Print << /PrintState /OFF >> >>', ''),
    finding: { code: 'hidden-content', params: { kind: 'layer-print' } },
  },
  'a layer for those who look closely': {
    bytes: layer('/Usage << /Zoom << /min 4 >> >>', ''),
    finding: { code: 'hidden-content', params: { kind: 'layer-depends' } },
  },
  'content for when a layer is off': {
    bytes: original({
      1: catalog('/OCProperties << /OCGs [9 0 R] /D << >> >>', widgets),
      3: page(
        widgets,
        '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /Properties << /A << /Type /OCMD /OCGs 9 0 R /P /AllOff >> >> >>',
      ),
      9: '<< /Type /OCG /Name (a) >>',
    }),
    finding: hidden('layer-off'),
  },
  'content by an expression': {
    bytes: original({
      1: catalog('/OCProperties << /OCGs [9 0 R] /D << >> >>', widgets),
      3: page(
        widgets,
        '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /Properties << /A << /Type /OCMD /VE [/And [/Not 9 0 R] 9 0 R] >> >> >>',
      ),
      9: '<< /Type /OCG /Name (a) >>',
    }),
    finding: hidden('layer-off'),
  },
  'a stamp that isn’t printed': { bytes: stamp(''), finding: hidden('screen-only', 1) },
  'a stamp in print alone': { bytes: stamp('/F 36'), finding: hidden('paper-only', 1) },
  'a hidden stamp': { bytes: stamp('/F 6 /T (con dau)'), finding: hidden('hidden-annotation', 1, 'con dau') },
  'a stamp under the pointer': { bytes: stamp('/F 292'), finding: hidden('on-pointing', 1) },
  'a stamp that changes under the pointer': {
    bytes: withAnnotation('/Subtype /Stamp /F 4 /AP << /N 10 0 R /R 10 0 R >>', stampLook),
    finding: hidden('on-pointing', 1),
  },
  'a filled field that isn’t printed': {
    bytes: original({ 6: textField('/V (05)').replace('/F 4', '/F 0') }),
    finding: hidden('screen-only', 1, 'so'),
  },
  'another picture in print': {
    bytes: original({
      3: page(widgets, '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /I 9 0 R >> >>'),
      9: stream(
        '\0',
        '/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Alternates [<< /Image 9 0 R /DefaultForPrinting true >>]',
      ),
    }),
    finding: hidden('other-picture'),
  },
  'another part of the page in print': {
    bytes: withCatalog('/ViewerPreferences << /PrintArea /MediaBox >>'),
    finding: hidden('other-extent'),
  },
  'a page of another file': {
    bytes: original({
      3: page(widgets, '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /I 9 0 R >> >>'),
      9: stream('', '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F (b.pdf) /Page 0 >>'),
    }),
    finding: hidden('outside-content'),
  },
  'a stream in another file': {
    bytes: original({ 4: '<< /F (b.bin) /Length 0 >>\nstream\n\nendstream' }),
    finding: hidden('outside-content'),
  },
};

/** Another sum in print, a script when it is opened, a program inside. */
export const layeredDraft: Buffer = original({
  1: catalog(
    '/OCProperties << /OCGs [9 0 R] /D << /AS [<< /Event /Print /OCGs [9 0 R] /Category [/Print] >>] >> >> ' +
      '/OpenAction << /S /JavaScript /JS (x) >> /Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>',
    widgets,
  ),
  3: page(
    widgets,
    '/Contents [4 0 R 12 0 R] /Resources << /Font << /F1 5 0 R >> /Properties << /L 9 0 R >> >>',
  ),
  9: `<< /Type /OCG /Name <FEFF${Buffer.from('Số tiền khi in', 'utf16le').swap16().toString('hex')}> /Usage << /Print << /PrintState /ON >> /View << /ViewState /OFF >> >> >>`,
  10: '<< /Type /Filespec /F (cai-dat.exe) /EF << /F 11 0 R >> >>',
  11: stream('MZ', '/Type /EmbeddedFile'),
  12: stream(`/OC /L BDC 1 g 60 700 300 40 re f 0 g ${line(forgedText)} EMC`),
});

/** Drafts of which nothing is to be said. */
export const plainDrafts: Readonly<Record<string, Buffer>> = {
  'the sample': original(),
  'links to a page and to the web': withCatalog('/OpenAction [3 0 R /Fit]', {
    3: page(`${widgets} 9 0 R 10 0 R`),
    9: '<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] /A << /S /URI /URI (https://a.vn) >> >>',
    10: '<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] /A << /S /GoTo /D [3 0 R /Fit] /Next << /S /Named /N /NextPage >> >> >>',
  }),
  'a layer that is on everywhere': layer(
    '/Usage << /Print << /PrintState /ON >> /View << /ViewState /ON >> >>',
    '/ON [9 0 R]',
  ),
  'a printed stamp': stamp('/F 4'),
  'an update': update(original(), { 4: forgedContent }),
  'a hybrid file as Word writes it, whose second table is empty': hybrid(() => '0 0\n'),
  'a hybrid file whose tables agree': hybrid(({ hidden: at }) => `4 1\n${number10(at)} 00000 n \n`),
  'a key twice with one value': twice(`/Contents 4 0 R /Contents 4 0 R ${resources}`),
  'a reference that leads nowhere': original({
    3: page(widgets, `/Contents 4 0 R ${resources} /Own 99 0 R`),
  }),
  'blanks behind the end': Buffer.concat([original(), Buffer.alloc(3000, 0x20)]),
};
