import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { verifyPdf } from '../../../native/verification/index.ts';
import { catalog, line, page, resources, textField, update, victimObjects } from '../../attacks/victim.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { handSign } from './hand-signer.ts';
import { appendUpdates, samplePdf, stream } from './sample-pdf.ts';

/** Small files that each cost ten seconds to a minute, before what they ask for was looked up, shared or counted. */
const folder = scratchFolder();
const hang = 20_000;

function verify(file: Uint8Array) {
  return verifyPdf(writeFile(folder, 'costly.pdf', file), { anchors: [], offline: true });
}

function numbersFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** An update whose table has these subsections, each line of which names the same place. */
function withTable(file: Uint8Array, subsections: readonly { first: number; count: number }[]): Buffer {
  const text = Buffer.from(file).toString('latin1');
  const previous = [...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1];
  const object = '6000 0 obj\n1\nendobj\n';
  const entry = `${String(text.length).padStart(10, '0')} 00000 n \n`;
  const table = subsections.map(({ first, count }) => `${first} ${count}\n${entry.repeat(count)}`).join('');
  const start = text.length + object.length;
  const trailer = `trailer\n<< /Size 200000 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(`${text}${object}xref\n${table}${trailer}`, 'latin1');
}

it(
  'a table of as many subsections as objects',
  async () => {
    const numbers = numbersFrom(0, 30_000).map((index) => 6000 + 2 * index);
    const objects = Object.fromEntries(numbers.map((number) => [number, '[]']));
    const refs = numbers.map((number) => `${number} 0 R`).join(' ');
    const file = update(samplePdf(victimObjects()), { ...objects, 1: catalog(`/Own [${refs}]`) });
    expect(await verify(appendUpdates(file, 3, (count) => ({ 5999: `(${count})` })))).toMatchObject({
      verdict: 'unsigned',
    });
  },
  hang,
);

it(
  'tables that send readers to a hundred thousand places where something else stands',
  async () => {
    let file: Buffer = samplePdf(victimObjects());
    for (const first of [6000, 26_000, 46_000, 66_000, 86_000])
      file = withTable(file, [{ first, count: 20_000 }]);
    expect(await verify(file)).toMatchObject({ verdict: 'unreadable', failure: 'pdf-too-complex' });
  },
  hang,
);

it(
  'the same objects in thousands of subsections',
  async () => {
    const file = withTable(
      samplePdf(victimObjects()),
      numbersFrom(0, 1000).map((index) => ({ first: 6000, count: index % 2 === 0 ? 3 : 2 })),
    );
    expect(await verify(file)).toMatchObject({ verdict: 'unreadable', failure: 'pdf-too-complex' });
  },
  hang,
);

it(
  'hundreds of looks, each laid over all the others',
  async () => {
    const numbers = numbersFrom(30, 500);
    const refs = numbers.map((number) => `${number} 0 R`).join(' ');
    const fields = Object.fromEntries(numbers.map((number) => [number, textField()]));
    const objects = victimObjects({ 1: catalog('', refs), 3: page(refs), ...fields });
    const signed = handSign(samplePdf(objects), { cms: () => Buffer.alloc(8), fields: [...numbers, 21] });
    const look = stream(
      'BT /F1 12 Tf 0 g 2 5 Td (123456789) Tj ET',
      `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
    );
    const filled = Object.fromEntries(
      numbers.flatMap((number) => [
        [number, textField(`/V (123456789) /AP << /N ${number + 6000} 0 R >>`)],
        [number + 6000, look],
      ]),
    );
    expect(await verify(update(signed, filled))).toMatchObject({
      verdict: 'invalid',
      signatures: [{ reasons: expect.arrayContaining(['changed-after-signing']) }],
    });
  },
  hang,
);

it(
  'a stream of objects that unpacks to megabytes, in a file with hundreds of updates',
  async () => {
    const objects = victimObjects();
    const held = `1 0 ${objects[0]} (${'0'.repeat(16_000_000)})`;
    const packed = deflateSync(Buffer.from(held)).toString('latin1');
    const file = samplePdf([
      ...objects.slice(0, 8),
      stream(packed, '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode'),
      stream(line('')),
    ]);
    const text = file.toString('latin1');
    const previous = /startxref\s+(\d+)/.exec(text)?.[1];
    const row = Buffer.from([2, 0, 9, 0]).toString('latin1');
    const table = `11 0 obj\n<< /Type /XRef /Size 12 /Root 1 0 R /Prev ${previous} /W [1 2 1] /Index [1 1] /Length 4 >>\nstream\n${row}\nendstream\nendobj\nstartxref\n${text.length}\n%%EOF\n`;
    const start = Buffer.from(text + table, 'latin1');
    expect(await verify(appendUpdates(start, 600, (count) => ({ 6000: `(${count})` })))).toMatchObject({
      verdict: 'unsigned',
    });
  },
  hang,
);

it(
  'a page of thirty thousand annotations, each with an action of its own',
  async () => {
    const one = '<</Subtype/Stamp/Rect[1 1 9 9]/A<</S/JavaScript/JS(x)/Next<</S/Launch/F(a)>>>>>>';
    const file = samplePdf(
      victimObjects({
        3: page(one.repeat(30_000)),
        9: `[${'<</EF<<>>/F(a)>>'.repeat(30_000)}]`,
        1: catalog('/AF 9 0 R'),
      }),
    );
    const { findings = [] } = await verify(file);
    expect(findings.length).toBeLessThan(20);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['active-content', 'embedded-file', 'hidden-content']),
    );
  },
  hang,
);

it(
  'actions that lead on to each other for ever',
  async () => {
    const loop = '<< /S /GoTo /D [3 0 R /Fit] /Next [9 0 R 10 0 R 9 0 R] >>';
    const file = samplePdf(victimObjects({ 1: catalog('/OpenAction 9 0 R'), 9: loop, 10: loop }));
    expect(await verify(file)).toEqual({ verdict: 'unsigned', signatures: [] });
  },
  hang,
);
