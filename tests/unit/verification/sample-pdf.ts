/** A small PDF written by hand, object by object, so that a test knows where everything stands. */
export function samplePdf(objects: readonly string[] = sampleObjects(), trailer = '/Root 1 0 R'): Buffer {
  const parts = ['%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'];
  const offsets: number[] = [];
  let start = parts.join('').length;
  for (const [index, body] of objects.entries()) {
    const object = `${index + 1} 0 obj\n${body}\nendobj\n`;
    offsets.push(start);
    start += object.length;
    parts.push(object);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  parts.push(`xref\n0 ${count}\n0000000000 65535 f \n${rows}`);
  parts.push(`trailer\n<< /Size ${count} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.from(parts.join(''), 'latin1');
}

/** One page saying what it says, with a form of one text field ("so") and one free line below. */
export function sampleObjects(): string[] {
  return [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>',
    stream('BT /F1 14 Tf 72 720 Td (Chi tra 100 dong) Tj ET'),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Annot /Subtype /Widget /FT /Tx /T (so) /Rect [72 600 200 620] /P 3 0 R /F 4 /DA (/F1 12 Tf 0 g) >>',
  ];
}

export function stream(content: string, entries = ''): string {
  return `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** A classic incremental update: objects by number, their new bodies as they are. */
export function appendUpdate(
  file: Uint8Array,
  objects: Readonly<Record<number, string>>,
  { root = '1 0 R', extra = '' }: { root?: string; extra?: string } = {},
): Buffer {
  const text = Buffer.from(file).toString('latin1');
  const previous = [...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1] ?? '0';
  let body = text.endsWith('\n') ? '' : '\n';
  const sections: string[] = [];
  const numbers = Object.keys(objects).map(Number);
  for (const number of numbers) {
    const offset = text.length + body.length;
    sections.push(`${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
    body += `${number} 0 obj\n${objects[number]}\nendobj\n`;
  }
  const start = text.length + body.length;
  const size = Math.max(1000, ...numbers.map((number) => number + 1));
  body += `xref\n${sections.join('')}trailer\n<< /Size ${size} /Root ${root} /Prev ${previous} ${extra} >>\n`;
  body += `startxref\n${start}\n%%EOF\n`;
  return Buffer.from(text + body, 'latin1');
}

/** As many updates as one likes, one behind the other, in one go. */
export function appendUpdates(
  file: Uint8Array,
  count: number,
  objects: (count: number) => Readonly<Record<number, string>>,
): Buffer {
  const parts: Buffer[] = [Buffer.from(file)];
  let length = file.length;
  let previous = Number(
    [
      ...Buffer.from(file)
        .toString('latin1')
        .matchAll(/startxref\s+(\d+)/g),
    ].at(-1)?.[1],
  );
  for (let index = 0; index < count; index++) {
    let body = '';
    let sections = '';
    for (const [number, value] of Object.entries(objects(index))) {
      sections += `${number} 1\n${String(length + body.length).padStart(10, '0')} 00000 n \n`;
      body += `${number} 0 obj\n${value}\nendobj\n`;
    }
    const start = length + body.length;
    body += `xref\n${sections}trailer\n<< /Size 100000 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${start}\n%%EOF\n`;
    previous = start;
    parts.push(Buffer.from(body, 'latin1'));
    length += body.length;
  }
  return Buffer.concat(parts);
}
