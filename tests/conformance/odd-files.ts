import { deflateSync } from 'node:zlib';
import { HandmadePdf, onePage, onePagePdf } from '../unit/pdf/handmade-pdf.ts';

/** One-page files as no standard wants them and as writers, mailers and repairers leave them: viewers show them all. */
export interface OddFile {
  readonly bytes: Buffer;
  /** The cross-reference has to be rebuilt. */
  readonly recovered?: true;
}

const content = 'BT /F1 24 Tf 72 700 Td (Kinh gui) Tj ET';
const sound = onePagePdf({ content });

/** The sound file with one thing written otherwise; offsets behind it are wrong then, where the lengths differ. */
function edited(from: string | RegExp, to: string): Buffer {
  const text = sound.toString('latin1');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to change: ${from}`);
  return Buffer.from(changed, 'latin1');
}

/** The table and what follows it written anew over the sound file's objects. */
function withEnd(make: (offset: (number: number) => string, at: number) => string): Buffer {
  const at = sound.indexOf('xref\n0 1');
  const body = sound.subarray(0, at);
  const offset = (number: number) => String(body.indexOf(`\n${number} 0 obj`) + 1).padStart(10, '0');
  return Buffer.concat([body, Buffer.from(make(offset, at), 'latin1')]);
}

const numbers = [1, 2, 3, 4, 5];

function tableWith(line: (offset: string) => string, head = '0000000000 65535 f \n'): Buffer {
  return withEnd(
    (offset, at) =>
      `xref\n0 6\n${head}${numbers.map((number) => line(offset(number))).join('')}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
  );
}

const normal = (offset: string) => `${offset} 00000 n \n`;

function ending(tail: string): Buffer {
  return withEnd(
    (offset, at) =>
      `xref\n0 6\n0000000000 65535 f \n${numbers.map((number) => normal(offset(number))).join('')}${tail.replace('AT', String(at))}`,
  );
}

/** With another way of writing each object down. */
function handwritten(write: (number: number, body: string) => string): Buffer {
  const bodies = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  const pdf = new HandmadePdf();
  const offsets = bodies.map((body, index) => {
    const text = write(index + 1, body);
    const at = pdf.length + text.search(/\d+\s+0\s+obj/);
    pdf.raw(text);
    return at;
  });
  const start = pdf.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return pdf.raw(
    `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`,
  ).bytes;
}

/** The page's content as a stream written like this. */
function contentAs(body: string): Buffer {
  return onePage().object(4, body).table('/Root 1 0 R', 20).bytes;
}

/** Page and font inside an object stream, the cross-reference stream as given. */
function packed(change: (dict: string) => string = (dict) => dict, header = ''): Buffer {
  const objects = {
    2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    3: `<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/MediaBox[0 0 595 842]>>`,
    5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  };
  let offset = 0;
  const heads = Object.entries(objects).map(([number, body]) => {
    const head = `${number} ${offset}`;
    offset += body.length + 1;
    return head;
  });
  const first = `${header}${heads.join(' ')} `;
  const dict = change(`/Type/ObjStm/N 3/First ${first.length}`);
  return new HandmadePdf()
    .object(1, '<</Type/Catalog/Pages 2 0 R>>')
    .stream(4, content)
    .stream(7, `${first}${Object.values(objects).join(' ')}`, dict)
    .xrefStream(8, '/Root 1 0 R', 9, { 2: [7, 0], 3: [7, 1], 5: [7, 2] }).bytes;
}

/** The sound objects under a cross-reference stream of these rows' widths. */
function xrefStreamWith(widths: readonly [number, number, number], entries: string, filter = true): Buffer {
  const at = sound.indexOf('xref\n0 1');
  const body = sound.subarray(0, at);
  const places = [0, ...numbers.map((number) => body.indexOf(`\n${number} 0 obj`) + 1), at];
  const rows = Buffer.concat(
    places.map((place) => {
      const row = Buffer.alloc(widths[0] + widths[1] + widths[2]);
      if (widths[0] > 0) row[widths[0] - 1] = place === 0 ? 0 : 1;
      row.writeUIntBE(place, widths[0], widths[1]);
      return row;
    }),
  );
  const data = filter ? deflateSync(rows) : rows;
  const dict = `<<${entries}/W[${widths.join(' ')}]/Root 1 0 R/Length ${data.length}${filter ? '/Filter/FlateDecode' : ''}>>`;
  return Buffer.concat([
    body,
    Buffer.from(`6 0 obj\n${dict}\nstream\n`),
    data,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`),
  ]);
}

const recovered = true;

export const oddFiles: Record<string, OddFile> = {
  // Where the cross-reference is.
  'startxref a byte too early': {
    bytes: edited(/startxref\n(\d+)/, `startxref\n${sound.indexOf('xref\n0') - 1}`),
  },
  'startxref a byte too late': {
    bytes: edited(/startxref\n(\d+)/, `startxref\n${sound.indexOf('xref\n0') + 1}`),
    recovered,
  },
  'startxref eight bytes too early': {
    bytes: edited(/startxref\n(\d+)/, `startxref\n${sound.indexOf('xref\n0') - 8}`),
    recovered,
  },
  'startxref of 0': { bytes: edited(/startxref\n\d+/, 'startxref\n0'), recovered },
  'startxref below 0': { bytes: edited(/startxref\n\d+/, 'startxref\n-5'), recovered },
  'startxref beyond the file': { bytes: edited(/startxref\n\d+/, 'startxref\n99999999'), recovered },
  'startxref of twenty digits': {
    bytes: edited(/startxref\n\d+/, `startxref\n${'9'.repeat(20)}`),
    recovered,
  },
  'startxref without a number': { bytes: edited(/startxref\n\d+\n/, 'startxref\n'), recovered },
  'startxref and its number in one line': { bytes: edited(/startxref\n/, 'startxref ') },
  'startxref on the line of the trailer': { bytes: edited('>>\nstartxref', '>>startxref') },
  'no startxref': { bytes: ending('trailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n'), recovered },
  'nothing behind the objects': { bytes: sound.subarray(0, sound.indexOf('xref\n0')), recovered },
  'nothing behind the table': { bytes: ending(''), recovered },
  '80 kB of zeros behind the end': { bytes: Buffer.concat([sound, Buffer.alloc(80_508)]) },
  '2 MB of zeros behind the end': { bytes: Buffer.concat([sound, Buffer.alloc(2_000_000)]), recovered },
  'a web page behind the end': {
    bytes: Buffer.concat([sound, Buffer.from('\n<!DOCTYPE html><html></html>\n')]),
  },
  '%%EOF glued to its number': { bytes: edited('\n%%EOF', '%%EOF') },
  'no end of line at the end': { bytes: sound.subarray(0, -1) },
  'a cut end mark': { bytes: sound.subarray(0, -3) },
  'the end twice': { bytes: Buffer.concat([sound, Buffer.from('%%EOF\n%%EOF\n')]) },

  // Before the header.
  'a byte order mark before the header': { bytes: Buffer.concat([Buffer.from('\ufeff'), sound]) },
  'white space before the header': { bytes: Buffer.concat([Buffer.from('\r\n \t'), sound]) },
  'a Macintosh header of 128 bytes': { bytes: Buffer.concat([Buffer.alloc(128), sound]) },
  'a header of another version': { bytes: edited('%PDF-1.7', '%PDF-9.9') },
  'a header without its second line': { bytes: edited(/\n%.{4}\n/, '\n      ') },

  // Tables.
  'lines of 19 bytes': { bytes: tableWith((offset) => `${offset} 00000 n\n`, '0000000000 65535 f\n') },
  'lines of 21 bytes': { bytes: tableWith((offset) => `${offset} 00000 n \r\n`, '0000000000 65535 f \r\n') },
  'lines ended by CR': { bytes: tableWith((offset) => `${offset} 00000 n\r`, '0000000000 65535 f\r') },
  'lines of fewer digits': { bytes: tableWith((offset) => `${Number(offset)} 0 n \n`) },
  'generation 65536 on object 0': { bytes: tableWith(normal, '0000000000 65536 f \n') },
  'object 0 in use': { bytes: tableWith(normal, '0000000000 00000 n \n') },
  'offsets a byte too early, on white space': {
    bytes: tableWith((offset) => normal(String(Number(offset) - 1).padStart(10, '0'))),
  },
  'offsets a byte too late': {
    bytes: tableWith((offset) => normal(String(Number(offset) + 1).padStart(10, '0'))),
    recovered,
  },
  'offsets four bytes too early': {
    bytes: tableWith((offset) => normal(String(Number(offset) - 4).padStart(10, '0'))),
    recovered,
  },
  'offsets of 0': { bytes: tableWith(() => normal('0000000000')), recovered },
  'all entries free': { bytes: tableWith((offset) => `${offset} 00000 f \n`), recovered },
  'generations that the objects have not got': { bytes: tableWith((offset) => `${offset} 00007 n \n`) },
  'counted from 1': {
    bytes: withEnd(
      (offset, at) =>
        `xref\n1 6\n0000000000 65535 f \n${numbers.map((number) => normal(offset(number))).join('')}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  },
  'a heading that counts too few': {
    bytes: withEnd(
      (offset, at) =>
        `xref\n0 5\n0000000000 65535 f \n${numbers.map((number) => normal(offset(number))).join('')}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
    recovered,
  },
  'a heading that counts too many': {
    bytes: withEnd(
      (offset, at) =>
        `xref\n0 9\n0000000000 65535 f \n${numbers.map((number) => normal(offset(number))).join('')}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
    recovered,
  },
  'an empty line between table and trailer': {
    bytes: ending('\n\ntrailer\n<</Size 6/Root 1 0 R>>\nstartxref\nAT\n%%EOF\n'),
  },
  'a comment in the table': {
    bytes: ending('% by hand\ntrailer\n<</Size 6/Root 1 0 R>>\nstartxref\nAT\n%%EOF\n'),
  },
  'trailer and dictionary glued': { bytes: ending('trailer<</Size 6/Root 1 0 R>>startxref\nAT\n%%EOF\n') },
  'xref and its heading in one line': { bytes: edited('xref\n0 1', 'xref 0 1') },
  'a table in which an object lies beyond the end': {
    bytes: ending('9 1\n9999999999 00000 n \ntrailer\n<</Size 10/Root 1 0 R>>\nstartxref\nAT\n%%EOF\n'),
  },

  // Trailers.
  'no /Size': { bytes: ending('trailer\n<</Root 1 0 R>>\nstartxref\nAT\n%%EOF\n') },
  'a /Size that is too small': { bytes: ending('trailer\n<</Size 3/Root 1 0 R>>\nstartxref\nAT\n%%EOF\n') },
  'no /Root': { bytes: ending('trailer\n<</Size 6>>\nstartxref\nAT\n%%EOF\n'), recovered },
  'a /Root that is not there': {
    bytes: ending('trailer\n<</Size 6/Root 9 0 R>>\nstartxref\nAT\n%%EOF\n'),
    recovered,
  },
  'a /Root that is the page': {
    bytes: ending('trailer\n<</Size 6/Root 3 0 R>>\nstartxref\nAT\n%%EOF\n'),
    recovered,
  },
  'a /Prev of 0': { bytes: ending('trailer\n<</Size 6/Root 1 0 R/Prev 0>>\nstartxref\nAT\n%%EOF\n') },
  'a /Prev into nowhere': {
    bytes: ending('trailer\n<</Size 6/Root 1 0 R/Prev 55>>\nstartxref\nAT\n%%EOF\n'),
    recovered,
  },
  'a /Prev that leads back': {
    bytes: ending('trailer\n<</Size 6/Root 1 0 R/Prev AT>>\nstartxref\nAT\n%%EOF\n'),
    recovered,
  },
  'an /XRefStm into nowhere': {
    bytes: ending('trailer\n<</Size 6/Root 1 0 R/XRefStm 55>>\nstartxref\nAT\n%%EOF\n'),
    recovered,
  },
  'an /ID of one part': { bytes: ending('trailer\n<</Size 6/Root 1 0 R/ID[<00>]>>\nstartxref\nAT\n%%EOF\n') },
  'an /ID that is none': { bytes: ending('trailer\n<</Size 6/Root 1 0 R/ID null>>\nstartxref\nAT\n%%EOF\n') },
  'an /Info that is not there': {
    bytes: ending('trailer\n<</Size 6/Root 1 0 R/Info 9 0 R>>\nstartxref\nAT\n%%EOF\n'),
  },
  'an /Encrypt of null': {
    bytes: ending('trailer\n<</Size 6/Root 1 0 R/Encrypt null>>\nstartxref\nAT\n%%EOF\n'),
  },
  'a trailer without its closing': {
    bytes: ending('trailer\n<</Size 6/Root 1 0 R\nstartxref\nAT\n%%EOF\n'),
    recovered,
  },
  'a trailer of doubled keys': {
    bytes: ending('trailer\n<</Size 6/Size 6/Root 1 0 R/Root 1 0 R>>\nstartxref\nAT\n%%EOF\n'),
  },

  // Objects.
  'no endobj': { bytes: handwritten((number, body) => `${number} 0 obj\n${body}\n`) },
  'endobj glued to the next object': {
    bytes: handwritten((number, body) => `${number} 0 obj${body}endobj `),
  },
  'objects ended by CR': { bytes: handwritten((number, body) => `${number} 0 obj\r${body}\rendobj\r`) },
  'objects over many lines, with comments': {
    bytes: handwritten((number, body) => `${number}\n0\nobj %here\n${body}\n%there\nendobj\n`),
  },
  'white space of all kinds': {
    bytes: handwritten((number, body) => `\0\f\t${number}\t0\f obj\0${body}\t\nendobj\f`),
  },
  'streams behind a lone CR': {
    bytes: handwritten(
      (number, body) => `${number} 0 obj\n${body.replace('stream\n', 'stream\r')}\nendobj\n`,
    ),
  },
  'blanks behind the stream keyword': {
    bytes: handwritten(
      (number, body) => `${number} 0 obj\n${body.replace('>>\nstream\n', '>> stream  \r\n')}\nendobj\n`,
    ),
  },
  'endstream glued to the data': {
    bytes: handwritten(
      (number, body) => `${number} 0 obj\n${body.replace('\nendstream', 'endstream')}\nendobj\n`,
    ),
  },
  'endstream glued to endobj': { bytes: handwritten((number, body) => `${number} 0 obj\n${body}endobj\n`) },
  'no endstream': {
    bytes: handwritten((number, body) => `${number} 0 obj\n${body.replace('endstream', '')}\nendobj\n`),
  },
  'a stream without /Length': { bytes: contentAs(`<<>>stream\n${content}\nendstream`) },
  'a /Length of 0': { bytes: contentAs(`<</Length 0>>stream\n${content}\nendstream`) },
  'a /Length below 0': { bytes: contentAs(`<</Length -1>>stream\n${content}\nendstream`) },
  'a /Length that is too long': { bytes: contentAs(`<</Length 9999>>stream\n${content}\nendstream`) },
  'a /Length that is not there': { bytes: contentAs(`<</Length 19 0 R>>stream\n${content}\nendstream`) },
  'a /Length that is a name': { bytes: contentAs(`<</Length/Long>>stream\n${content}\nendstream`) },
  'a compressed stream cut short': {
    bytes: contentAs(
      `<</Length 30/Filter/FlateDecode>>stream\n${deflateSync(Buffer.from(content)).subarray(0, 30).toString('latin1')}\nendstream`,
    ),
  },

  // Object streams and cross-reference streams.
  'packed, as it should be': { bytes: packed() },
  'packed, without the type': { bytes: packed((dict) => dict.replace('/Type/ObjStm', '')) },
  'packed, counting too many': { bytes: packed((dict) => dict.replace('/N 3', '/N 4')) },
  'packed, with a comment in front': { bytes: packed(undefined, '%x\n') },
  'rows of the narrowest': { bytes: xrefStreamWith([1, 2, 0], '/Type/XRef/Size 7') },
  'rows without a type': { bytes: xrefStreamWith([0, 3, 1], '/Type/XRef/Size 7') },
  'rows of six bytes a place': { bytes: xrefStreamWith([2, 6, 2], '/Type/XRef/Size 7') },
  'rows as they are': { bytes: xrefStreamWith([1, 4, 2], '/Type/XRef/Size 7/Index[0 7]', false) },
  'rows of a stream without /Type': { bytes: xrefStreamWith([1, 4, 2], '/Size 7'), recovered },
  'fewer rows than /Size': { bytes: xrefStreamWith([1, 4, 2], '/Type/XRef/Size 99') },
  'more rows than /Size': { bytes: xrefStreamWith([1, 4, 2], '/Type/XRef/Size 2/Index[0 7]') },

  // Transport.
  'LF turned to CR LF': {
    bytes: Buffer.from(sound.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
    recovered,
  },
  'the file twice, one behind the other': { bytes: Buffer.concat([sound, sound]) },
  'cut in the middle of the table': { bytes: sound.subarray(0, sound.indexOf('xref\n0') + 40), recovered },
};
