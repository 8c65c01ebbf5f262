import { samplePdf, stream } from '../verification/sample-pdf.ts';

const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const words = 'BT /F1 14 Tf 72 720 Td (Chi tra 100 dong) Tj ET';

interface Changes {
  readonly catalog?: string;
  readonly tree?: string;
  readonly page?: string;
  readonly box?: string;
  readonly content?: string;
  /** What names the content. */
  readonly contents?: string;
  readonly font?: string;
  /** From object 6 on. */
  readonly more?: readonly string[];
}

/** One page with one line in Helvetica, and something about it changed. */
export function plainPaper(changes: Changes = {}): Buffer {
  const {
    catalog = '',
    tree = '/Kids [3 0 R] /Count 1',
    page = '',
    box = '/MediaBox [0 0 595 842]',
  } = changes;
  return samplePdf([
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages ${tree} >>`,
    `<< /Type /Page /Parent 2 0 R ${box} /Contents ${changes.contents ?? '4 0 R'} /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> /Properties << /L 6 0 R >> >> ${page} >>`,
    stream(changes.content ?? words),
    changes.font ?? helvetica,
    ...(changes.more ?? ['null']),
  ]);
}

const content = (text: string) => plainPaper({ content: text });
const annotated = (entries: string, look?: string) =>
  plainPaper({
    page: `/Annots [<< /Type /Annot /Rect [72 500 272 540] /F 4 ${entries} >>]`,
    more: [look ?? stream('0 0 200 40 re f', '/Type /XObject /Subtype /Form /BBox [0 0 200 40]')],
  });
const layered = (configuration: string, layer = '<< /Type /OCG /Name (Lop) >>') =>
  plainPaper({
    catalog: `/OCProperties << /OCGs [6 0 R] /D << ${configuration} >> >>`,
    content: `/OC /L BDC ${words} EMC`,
    more: [layer, '<< /Type /OCG /Name (Khac) >>'],
  });
const drawn = (entries: string, data: string) =>
  plainPaper({
    content: `${words} q 90 0 0 90 72 300 cm /X Do Q`,
    more: [stream(data, `/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 ${entries}`)],
  });
const grey = '\0'.repeat(64);
const inline = (data: string) =>
  content(`${words} q 9 0 0 9 72 300 cm BI /W 2 /H 2 /BPC 8 /CS /G ${data} EI Q`);

/** Read alike by every program, however odd it may look. */
export const plainPapers: Readonly<Record<string, Buffer>> = {
  'one line': plainPaper(),
  'no content': content(''),
  'content that breaks off in a string': content(`${words} BT (900`),
  'a state too often restored': content(`q ${words} Q Q`),
  'operators of another time between BX and EX': content(`BX 5 sprung EX ${words}`),
  'a form that is not there': content(`/Nope Do ${words}`),
  'a layer that is on': layered('/ON [6 0 R]'),
  'a layer that is off': layered('/OFF [6 0 R]'),
  'a picture': drawn('/ColorSpace /DeviceGray', grey),
  'an inline image': inline('ID \0\xff\xff\0'),
  'a stamp with an appearance': annotated('/Subtype /Stamp /AP << /N 6 0 R >>'),
  'a link': annotated('/Subtype /Link /Border [0 0 0]'),
  'a turn by a quarter': plainPaper({ page: '/Rotate 270' }),
};

/** Each shown otherwise by one program than by another. */
export const ambiguousPapers: Readonly<Record<string, Buffer>> = {
  'two strings before Tj': content('BT /F1 14 Tf 72 720 Td (Chi 100) (Chi 900) Tj ET'),
  'a number with two signs': content('BT /F1 14 Tf --72 720 Td (Chi 100) Tj ET'),
  'a number with an exponent': content('BT /F1 14 Tf 7e1 720 Td (Chi 100) Tj ET'),
  'a word that is no operator': content(`${words} tj`),
  'text that is shown before it begins': content(`/F1 14 Tf (Chi 900) Tj ${words}`),
  'a font that is not there': content('BT /F9 14 Tf 72 720 Td (Chi 100) Tj ET'),
  'the font that came before': content('BT 72 720 Td (Chi 100) Tj ET'),
  'an inline image whose data hold its end': inline('ID \0 EI \0'),
  'an inline image too long': inline('ID \0\xff\xff\0\0\0\0'),
  'content that is a list of lists': plainPaper({ contents: '[[4 0 R]]' }),
  'a layer on and off': layered('/ON [6 0 R] /OFF [6 0 R]'),
  'a layer by an expression': layered('/OFF [6 0 R]', '<< /Type /OCMD /VE [/Not 7 0 R] >>'),
  'a layer that the file does not list': layered('/OFF [7 0 R]', '<< /Type /OCMD /OCGs [7 0 R] >>'),
  'a layer for designing': layered('', '<< /Type /OCG /Name (Lop) /Intent /Design >>'),
  'a picture of too few samples': drawn('/ColorSpace /DeviceRGB', grey),
  'a picture in no colour space': drawn('/ColorSpace /Nope', grey),
  'a picture packed otherwise than it says': drawn('/ColorSpace /DeviceGray /Filter /FlateDecode', grey),
  'a stamp without an appearance': annotated('/Subtype /Stamp'),
  'free text that programs draw themselves': annotated('/Subtype /FreeText /Contents (900) /DA (/F1 12 Tf)'),
  'an appearance without a box': annotated(
    '/Subtype /Stamp /AP << /N 6 0 R >>',
    stream('0 0 9 9 re f', '/Subtype /Form'),
  ),
  'an appearance in states without one that counts': annotated('/Subtype /Stamp /AP << /N << /A 6 0 R >> >>'),
  'differences without a code': plainPaper({
    font: helvetica.replace('/WinAnsiEncoding', '<< /Differences [/nine] >>'),
  }),
  'widths below nothing': plainPaper({ font: helvetica.replace('>>', '/FirstChar 49 /Widths [-500] >>') }),
  'a font of no kind': plainPaper({ font: '<< /Type /Font >>' }),
  'a font of codes without glyphs': plainPaper({
    font: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] >>',
  }),
  'a font whose map is no such data': plainPaper({
    font: helvetica.replace('>>', '/ToUnicode 6 0 R >>'),
    more: [stream('x', '/Filter /FlateDecode')],
  }),
  'content by a reference to a reference': plainPaper({ contents: '6 0 R', more: ['4 0 R'] }),
  'a box by a reference to a reference': plainPaper({
    box: '/MediaBox 6 0 R',
    more: ['7 0 R', '[0 0 595 842]'],
  }),
};
