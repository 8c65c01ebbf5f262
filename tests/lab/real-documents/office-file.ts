import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { appended, deflated, firstRevision, type Objects, stream } from './pdf-pieces.ts';

/** A box on the page in points from its lower left corner: left, bottom, width, height. */
type Box = readonly [left: number, bottom: number, width: number, height: number];

/** What a signature field shows: a picture in one colour with a soft mask, or words in an embedded font. */
interface Look {
  readonly box: Box;
  readonly picture?: readonly [red: number, green: number, blue: number];
  readonly words?: string;
}

/** The four fields of the commonest order, by what each is for; sizes are those of real files. */
export const looks = {
  leader: { box: [380, 250, 110, 60], picture: [20, 40, 160] },
  seal: { box: [300, 240, 105, 105], picture: [220, 20, 30] },
  number: { box: [100, 742, 45, 29], words: '15' },
  date: { box: [340, 742, 198, 29], words: '05  03  2026' },
} as const satisfies Record<string, Look>;
export type LookName = keyof typeof looks;

const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
);
/** Advances of Tinos for U+0020 to U+007E in thousandths of an em: those of Times New Roman. */
const advances = [
  ...[250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278],
  ...[500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444],
  ...[921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722],
  ...[556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500],
  ...[333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500],
  ...[500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541],
];

/** An embedded font of three objects, `number` the first. */
function font(number: number): Objects {
  const name = 'ABCDEF+Tinos-Regular';
  const described = `/FontBBox [-568 -307 2000 1007] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80`;
  return {
    [number]: `<< /Type /Font /Subtype /TrueType /BaseFont /${name} /FirstChar 32 /LastChar 126 /Widths [${advances.join(' ')}] /Encoding /WinAnsiEncoding /FontDescriptor ${number + 1} 0 R >>`,
    [number + 1]:
      `<< /Type /FontDescriptor /FontName /${name} /Flags 32 ${described} /FontFile2 ${number + 2} 0 R >>`,
    [number + 2]: deflated(readFileSync(fontFile), `/Length1 ${readFileSync(fontFile).length}`),
  };
}

const pageWith = (annotations: readonly number[]) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [${references(annotations)}] >>`;
const references = (numbers: readonly number[]) => numbers.map((number) => `${number} 0 R`).join(' ');

/** A decision of one page, whose number and date are blank (NĐ 30/2020 Đ15.3 has the system give them). */
export function unsignedDecision(): Buffer {
  const lines: readonly (readonly [x: number, y: number, words: string])[] = [
    [72, 790, 'SO THU NGHIEM'],
    [72, 750, 'So:             /QD-STN'],
    [310, 790, 'CONG HOA XA HOI CHU NGHIA VIET NAM'],
    [220, 700, 'QUYET DINH'],
    [72, 650, 'Dieu 1. Phe duyet ke hoach thu nghiem.'],
    [400, 360, 'GIAM DOC'],
    [390, 220, 'Nguyen Van A'],
    [72, 200, 'Noi nhan:'],
  ];
  const content = lines.map(([x, y, words]) => `BT /F1 13 Tf ${x} ${y} Td (${words}) Tj ET`).join('\n');
  return firstRevision({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: pageWith([]),
    4: stream(content),
    ...font(5),
  });
}

/** A ring of ink, opaque on a third of the square as a real seal is, all else seen through. */
function ring(number: number, colour: readonly number[]): Objects {
  const side = 64;
  const mask = Buffer.alloc(side * side);
  const paint = Buffer.alloc(side * side * 3);
  for (let at = 0; at < mask.length; at++) {
    const distance = Math.hypot((at % side) - side / 2, Math.floor(at / side) - side / 2);
    if (distance > 24 && distance < 30) mask[at] = 255;
    paint.set(colour, at * 3);
  }
  const picture = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 8`;
  return {
    [number]: deflated(paint, `${picture} /ColorSpace /DeviceRGB /SMask ${number + 1} 0 R`),
    [number + 1]: deflated(mask, `${picture} /ColorSpace /DeviceGray`),
  };
}

/** Appearance, nested as iText 5 nests it: the form draws FRM, FRM draws the empty n0 and n2, which is the look. */
function appearance(number: number, { box: [, , width, height], picture, words }: Look): Objects {
  const form = (content: string, resources = '') =>
    stream(
      content,
      `/Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources << ${resources} >>`,
    );
  const inner = picture
    ? form(`q ${width} 0 0 ${height} 0 0 cm /img0 Do Q`, `/XObject << /img0 ${number + 4} 0 R >>`)
    : form(`BT 1 0 0 1 4 8 Tm /F1 13 Tf 0 g (${words}) Tj ET`, `/Font << /F1 ${number + 4} 0 R >>`);
  return {
    [number]: form('q 1 0 0 1 0 0 cm /FRM Do Q', `/XObject << /FRM ${number + 1} 0 R >>`),
    [number + 1]: form(
      'q 1 0 0 1 0 0 cm /n0 Do Q q 1 0 0 1 0 0 cm /n2 Do Q',
      `/XObject << /n0 ${number + 2} 0 R /n2 ${number + 3} 0 R >>`,
    ),
    [number + 2]: form('% DSBlank\n'),
    [number + 3]: inner,
    ...(picture ? ring(number + 4, picture) : font(number + 4)),
  };
}

const blank = '[0 0000000000 0000000000 0000000000]';
/** What 605 of 668 signatures reserve for the message, in bytes. */
const reservedSize = 12_384;
const firstField = 10;
const objectsOfOne = 10;

/** Appends one signature field with its look and has it signed: `message` makes the CMS over the signed bytes. */
export async function signedOnce(
  file: Uint8Array,
  look: LookName,
  message: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Buffer> {
  const before = Buffer.from(file).toString('latin1').split('/FT /Sig').length - 1;
  const fields = Array.from({ length: before + 1 }, (_, index) => firstField + index * objectsOfOne);
  const field = fields.at(-1) ?? firstField;
  const { box } = looks[look];
  const [left, bottom, width, height] = box;
  const prepared = appended(file, {
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${references(fields)}] /SigFlags 3 >> >>`,
    3: pageWith(fields),
    [field]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature${before + 1}) /V ${field + 1} 0 R /Rect [${left} ${bottom} ${left + width} ${bottom + height}] /P 3 0 R /F 132 /AP << /N ${field + 2} 0 R >> >>`,
    [field + 1]:
      `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${blank} /Contents <${'0'.repeat(reservedSize * 2)}> >>`,
    ...appearance(field + 2, looks[look]),
  });
  const rangeAt = prepared.lastIndexOf(blank);
  const start = prepared.indexOf('<', rangeAt);
  const end = prepared.indexOf('>', start) + 1;
  prepared.write(`[0 ${start} ${end} ${prepared.length - end}]`.padEnd(blank.length), rangeAt, 'latin1');
  const cms = await message(Buffer.concat([prepared.subarray(0, start), prepared.subarray(end)]));
  if (cms.length > reservedSize) throw new Error(`a message of ${cms.length} bytes doesn't fit`);
  prepared.write(Buffer.from(cms).toString('hex'), start + 1, 'latin1');
  return prepared;
}
