import { stream } from '../unit/verification/sample-pdf.ts';
import { bytes, closing, object, startXref, text } from './bytes.ts';
import {
  checkBox,
  type Permission,
  page,
  resources,
  textField,
  update,
  usualRefs,
  type Victim,
} from './victim.ts';

/** What honest programs write, in pieces that several habits share. */

export const look = (words: string, box = '[0 0 128 20]') =>
  stream(
    `/Tx BMC q BT /F1 12 Tf 2 5 Td (${words}) Tj ET Q EMC`,
    `/Type /XObject /Subtype /Form /BBox ${box} ${resources}`,
  );
export const frame = stream(
  '1 1 0.9 rg 0 0 128 20 re f 0 G 0.5 0.5 127 19 re S /Tx BMC EMC',
  '/Type /XObject /Subtype /Form /BBox [0 0 128 20]',
);
export const tick = stream(
  'q BT /ZaDb 14 Tf 0 g 4 4 Td (4) Tj ET Q',
  '/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Resources << /Font << /ZaDb 45 0 R >> >>',
);
export const dingbats = '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>';
export const xmp = (date: string, history = '') =>
  stream(
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description rdf:about="" xmp:ModifyDate="${date}"><dc:title>Quyet dinh</dc:title>${history}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
    '/Type /Metadata /Subtype /XML',
  );

/** An update under a cross-reference stream, as Acrobat writes it over a classic file too. */
export function streamUpdate(
  file: Uint8Array,
  objects: Readonly<Record<number, string>>,
  extra = '',
): Buffer {
  let body = '';
  const places: [number, number][] = [];
  for (const [number, content] of Object.entries(objects)) {
    places.push([Number(number), file.length + body.length]);
    body += object(Number(number), content);
  }
  const at = file.length + body.length;
  places.push([90, at]);
  const rows = Buffer.alloc(7 * places.length);
  places.forEach(([, place], index) => {
    rows.writeUInt8(1, 7 * index);
    rows.writeUInt32BE(place, 7 * index + 1);
  });
  const index = places.map(([number]) => `${number} 1`).join(' ');
  const dict = `/Type /XRef /Size 1000 /W [1 4 2] /Index [${index}] /Root 1 0 R /Prev ${startXref(file)} /Length ${rows.length} ${extra}`;
  return bytes(
    `${text(file)}${body}${object(90, `<< ${dict} >>\nstream\n${rows.toString('latin1')}\nendstream`)}${closing(at)}`,
  );
}

export const filledText = (value: string, more = '') =>
  textField(`/V (${value}) /AP << /N 30 0 R >> ${more}`);

/** A field of two dictionaries, as pdf-lib makes them. */
export const apartField = (value = '') => `<< /FT /Tx /T (so) /Kids [31 0 R] ${value} >>`;
export const apartWidget = (more = '') =>
  `<< /Type /Annot /Subtype /Widget /Parent 6 0 R /Rect [72 600 200 620] /P 3 0 R /F 4 /DA (/F1 12 Tf 0 g) ${more} >>`;
export const apart = (victim: Victim, widget = apartWidget()) =>
  victim.sign({ 6: apartField(), 31: widget, 32: frame }, { fields: [6, 7, 8, 31, 21] });

/** Two buttons of which one can be on. */
export const radio = (chosen: string) => ({
  7: `<< /FT /Btn /Ff 49152 /T (muc) /Kids [31 0 R 32 0 R] /V /${chosen} >>`,
  31: radioButton('A', chosen, '[72 560 92 580]'),
  32: radioButton('B', chosen, '[100 560 120 580]'),
});
const radioButton = (name: string, chosen: string, rect: string) =>
  `<< /Type /Annot /Subtype /Widget /Parent 7 0 R /Rect ${rect} /P 3 0 R /F 4 /AS /${name === chosen ? name : 'Off'} /AP << /N << /${name} 44 0 R /Off 46 0 R >> >> >>`;
export const off = stream('', '/Type /XObject /Subtype /Form /BBox [0 0 20 20]');

export const check = (on: string) =>
  checkBox(`/AS /${on} /V /${on} /AP << /N << /Co 44 0 R /Off 46 0 R >> /D << /Co 44 0 R /Off 46 0 R >> >>`);

export const picture = (words: string, mask: string) => ({
  31: stream(
    `160 0 0 20 0 0 cm /I Do`,
    `/Type /XObject /Subtype /Form /BBox [0 0 160 20] ${words} /Resources << /XObject << /I 32 0 R >> >>`,
  ),
  32: stream(
    '\xc0',
    '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 33 0 R',
  ),
  33: stream(
    mask,
    `/Type /XObject /Subtype /Image /Width ${mask.length} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8`,
  ),
});

/** The next signature with a picture in this place. */
export const signedWith = (rect: string, objects: Readonly<Record<number, string>>) => (victim: Victim) =>
  victim.signAgain(update(victim.signed, objects), { rect, fieldEntries: '/AP << /N 31 0 R >>' });

export const commented =
  (level: Permission, annotation: string, more: Readonly<Record<number, string>> = {}) =>
  (victim: Victim) =>
    update(victim.certified[level], {
      3: page(`${usualRefs} 30 0 R`),
      30: `<< /Type /Annot /P 3 0 R /F 4 /NM (a) /T (Van thu) /M (D:20261122) /Contents (Da doc) ${annotation} >>`,
      ...more,
    });
export const quad = '/QuadPoints [70 735 230 735 70 715 230 715]';
export const marker = stream(
  '/G gs 1 1 0 rg 70 715 160 20 re f',
  '/Type /XObject /Subtype /Form /BBox [70 715 230 735] /Resources << /ExtGState << /G << /Type /ExtGState /BM /Multiply /ca 1 >> >> >> /Group << /S /Transparency >>',
);
export const icon = stream(
  '1 0.8 0 rg 0 0 20 20 re f 0 g 4 4 12 2 re f',
  '/Type /XObject /Subtype /Form /BBox [0 0 20 20]',
);
