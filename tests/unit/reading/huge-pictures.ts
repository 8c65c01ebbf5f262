import { deflateSync } from 'node:zlib';
import { type HandmadePdf, onePage } from '../pdf/handmade-pdf.ts';

/** 100 megapixels of one bit: an A4 page at 1000 dpi, some kilobytes when it is empty. */
const side = 10_000;
const rows = deflateSync(Buffer.alloc((side / 8) * side));
const size = `/Width ${side}/Height ${side}/BitsPerComponent 1`;
const picture = `/Type/XObject/Subtype/Image${size}/ColorSpace/DeviceGray/Filter/FlateDecode`;
const inline = Buffer.concat([
  Buffer.from(`q 9 0 0 9 0 0 cm BI /W ${side}/H ${side}/BPC 1/CS/G/F/Fl ID `),
  rows,
  Buffer.from('\nEI Q'),
]);

function page(
  resources: string,
  content: string,
  add: (pdf: HandmadePdf) => HandmadePdf,
  entries = '',
): Buffer {
  const pdf = onePage({ page: `/MediaBox[0 0 595 842]/Resources<<${resources}>>${entries}`, content });
  return add(pdf).table('/Root 1 0 R', 9).bytes;
}

const form = '/Type/XObject/Subtype/Form/BBox[0 0 99 99]';
const tile = '/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9';

/** A page with a picture that PDF.js leaves out, at every place where a picture can be. */
export const hugePictures: Readonly<Record<string, Buffer>> = {
  'on the page': page('/XObject<</I 6 0 R>>', '/I Do', (pdf) => pdf.stream(6, rows, picture)),
  'as a stencil': page('/XObject<</I 6 0 R>>', '/I Do', (pdf) =>
    pdf.stream(6, rows, `/Subtype/Image${size}/ImageMask true/Filter/FlateDecode`),
  ),
  'in a form': page('/XObject<</F 7 0 R>>', '/F Do', (pdf) =>
    pdf.stream(6, rows, picture).stream(7, '/I Do', `${form}/Resources<</XObject<</I 6 0 R>>>>`),
  ),
  'in a pattern': page('/Pattern<</P 7 0 R>>', '/Pattern cs /P scn 0 0 99 99 re f', (pdf) =>
    pdf.stream(6, rows, picture).stream(7, '/I Do', `${tile}/Resources<</XObject<</I 6 0 R>>>>`),
  ),
  'in an annotation': page(
    '',
    '',
    (pdf) =>
      pdf
        .stream(6, rows, picture)
        .stream(7, '/I Do', `${form}/Resources<</XObject<</I 6 0 R>>>>`)
        .object(8, '<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/F 4/AP<</N 7 0 R>>>>'),
    '/Annots[8 0 R]',
  ),
  'in the content itself': onePage({ content: '' }).stream(4, inline).table('/Root 1 0 R', 6).bytes,
};
