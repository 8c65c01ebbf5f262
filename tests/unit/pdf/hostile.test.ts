import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { formFields } from '../../../native/pdf/form.ts';
import { PdfRef, PdfStream } from '../../../native/pdf/object.ts';
import { pages, pagesFromEnd } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { textLines } from '../../../native/pdf/text/text-line.ts';
import { HandmadePdf, onePage, onePagePdf } from './handmade-pdf.ts';
import { failureOf, readPdf, scratchFolder } from './scratch.ts';

/** Files made to loop, to nest or to swell. Each ends in a failure of ours, or in a result, within its time. */
/** One or two seconds each on a machine at rest; what this tells from them is a hang, also on one that is busy. */
const promptly = { timeout: 30_000 };

function changed(from: string, to: string): Buffer {
  return Buffer.from(onePagePdf().toString('latin1').replace(from, to), 'latin1');
}

function textOf(bytes: Uint8Array): string {
  const document = readPdf(bytes);
  const [page] = [...pages(document)];
  if (!page) throw new Error('no page');
  return textLines(document, page)
    .map(({ text }) => text)
    .join('|');
}

describe('loops', promptly, () => {
  it('a /Prev that leads back', () => {
    const pdf = onePage();
    const start = pdf.length;
    pdf.table(`/Root 1 0 R/Prev ${start}`, 6);
    expect(failureOf(() => readPdf(pdf.bytes))).toBe('pdf-damaged');
  });

  it('a chain of sections without end', () => {
    const pdf = onePage().table('/Root 1 0 R', 6);
    for (let count = 0; count < 5000; count++) pdf.table('/Root 1 0 R', 6);
    expect(failureOf(() => readPdf(pdf.bytes))).toBe('pdf-too-complex');
  });

  it('a page tree that contains itself', () => {
    const document = readPdf(changed('/Kids[3 0 R]', '/Kids[2 0 R]'));
    expect([...pages(document)]).toEqual([]);
    expect([...pagesFromEnd(document)]).toEqual([]);
  });

  it('a page tree of a few nodes that fans out to billions', () => {
    const pdf = new HandmadePdf().object(1, '<</Type/Catalog/Pages 2 0 R>>');
    for (let number = 2; number < 42; number++) {
      const kid = `${number + 1} 0 R `;
      pdf.object(number, `<</Type/Pages/Kids[${kid.repeat(4)}]>>`);
    }
    const document = readPdf(pdf.object(42, '<</Type/Pages/Kids[]>>').table('/Root 1 0 R', 43).bytes);
    expect(failureOf(() => [...pages(document)])).toBe('pdf-too-complex');
  });

  it('a page tree too deep for the stack', () => {
    const pdf = new HandmadePdf().object(1, '<</Type/Catalog/Pages 2 0 R>>');
    for (let number = 2; number < 5000; number++)
      pdf.object(number, `<</Type/Pages/Kids[${number + 1} 0 R]>>`);
    const document = readPdf(pdf.object(5000, '<</Type/Page>>').table('/Root 1 0 R', 5001).bytes);
    expect(failureOf(() => [...pages(document)])).toBe('pdf-too-complex');
  });

  it('a field that is its own ancestor; one that is merely listed twice', () => {
    const form = (fields: string, field: string) =>
      readPdf(
        onePage({ catalog: `/AcroForm<</Fields[${fields}]>>` })
          .object(8, field)
          .table('/Root 1 0 R', 9).bytes,
      );
    expect(failureOf(() => formFields(form('8 0 R', '<</T(a)/Kids[8 0 R]>>')))).toBe('pdf-damaged');
    expect(formFields(form('8 0 R 8 0 R', '<</T(a)/FT/Sig>>'))).toHaveLength(1);
  });

  it('references to references', () => {
    const pdf = onePage().object(8, '9 0 R').object(9, '8 0 R').table('/Root 1 0 R', 10);
    expect(failureOf(() => readPdf(pdf.bytes).resolve(new PdfRef(8, 0)))).toBe('pdf-too-complex');
  });

  it('a stream whose /Length is inside itself', () => {
    const pdf = onePage().object(8, '<</Length 8 0 R>>stream\nabc\nendstream').table('/Root 1 0 R', 9);
    const value = readPdf(pdf.bytes).object(new PdfRef(8, 0));
    expect(value instanceof PdfStream && readPdf(pdf.bytes).encodedBytes(value)).toHaveLength(3);
  });

  it('lengths of streams that are streams, too deep for the stack', () => {
    const pdf = onePage();
    for (let number = 8; number < 20_000; number++)
      pdf.object(number, `<</Length ${number + 1} 0 R>>stream\nx\nendstream`);
    const document = readPdf(pdf.table('/Root 1 0 R', 20_001).bytes);
    expect(failureOf(() => document.object(new PdfRef(8, 0)))).toBe('pdf-too-complex');
  });

  it('an object stream that contains itself, and two that contain each other', () => {
    const pdf = onePage().xrefStream(20, '/Root 1 0 R', 21, { 10: [10, 0], 11: [12, 0], 12: [11, 0] });
    const document = readPdf(pdf.bytes);
    for (const number of [10, 11, 12])
      expect(failureOf(() => document.object(new PdfRef(number, 0)))).toBe('pdf-damaged');
  });

  it('a form that draws itself a hundred times, eight deep', () => {
    const draw = '/X Do '.repeat(100);
    const pdf = onePage({ page: '/Resources<</XObject<</X 8 0 R>>>>', content: draw })
      .stream(8, draw, '/Subtype/Form')
      .table('/Root 1 0 R', 9);
    expect(failureOf(() => textOf(pdf.bytes))).toBe('pdf-too-complex');
  });
});

describe('absurd sizes', promptly, () => {
  it.each([
    ['a table of four thousand million entries', 'xref\n0 4000000000\n'],
    ['a table without its entries', 'xref\n0 16000000\n'],
    ['a table of entries that are none', `xref\n0 3\n${'x'.repeat(60)}`],
    ['fractions', 'xref\n0.5 2\n0000000000 65535 f \n0000000009 00000 n \n'],
    ['a table that never ends', `xref\n${'0 0\n'.repeat(200_000)}`],
  ])('%s', (_, table) => {
    const pdf = onePage();
    const start = pdf.length;
    pdf.raw(`${table}startxref\n${start}\n%%EOF`);
    expect(failureOf(() => readPdf(pdf.bytes))).toMatch(/^pdf-(damaged|too-complex)$/);
  });

  it('a cross-reference stream that claims more rows than it has', () => {
    const pdf = onePage();
    const start = pdf.length;
    const rows = deflateSync(Buffer.alloc(70));
    pdf
      .raw(
        `9 0 obj<</Type/XRef/W[1 4 2]/Index[0 16000000]/Size 9/Root 1 0 R/Length ${rows.length}/Filter/FlateDecode>>stream\n`,
      )
      .raw(rows)
      .raw(`\nendstream endobj\nstartxref\n${start}\n%%EOF`);
    expect(failureOf(() => readPdf(pdf.bytes))).toBe('pdf-damaged');
  });

  it('rows of no width', () => {
    const pdf = onePage();
    const start = pdf.length;
    pdf.raw(
      `9 0 obj<</Type/XRef/W[0 0 0]/Index[0 16000000]/Size 9/Root 1 0 R/Length 1>>stream\n0\nendstream endobj\nstartxref\n${start}\n%%EOF`,
    );
    expect(failureOf(() => readPdf(pdf.bytes))).toBe('pdf-damaged');
  });

  it('many cross-reference streams that each swell to millions of rows', () => {
    const rows = deflateSync(Buffer.alloc(60_000_000));
    const pdf = onePage();
    let previous = '';
    for (let number = 9; number < 40; number++) {
      const start = pdf.length;
      pdf
        .raw(
          `${number} 0 obj<</Type/XRef/W[1 1 1]/Size 16000000/Root 1 0 R${previous}/Length ${rows.length}/Filter/FlateDecode>>stream\n`,
        )
        .raw(rows)
        .raw(`\nendstream endobj\nstartxref\n${start}\n%%EOF\n`);
      previous = `/Prev ${start}`;
    }
    expect(failureOf(() => readPdf(pdf.bytes))).toBe('pdf-too-complex');
  });

  it('a /Size beyond all numbers is not what new objects are numbered from', () => {
    const document = readPdf(changed('/Size 6', '/Size 999999999999'));
    expect(new RevisionWriter(document).reserve().number).toBe(6);
  });

  it('objects that each are the whole rest of the file', () => {
    const pdf = new HandmadePdf().object(1, '<</Type/Catalog/Pages 2 0 R>>').object(2, '<</Kids[]>>');
    const count = 3000;
    // Strings that are opened and never closed: each object runs to the end of the file.
    for (let number = 3; number < count; number++) pdf.object(number, `(${'x'.repeat(1000)}`);
    const document = readPdf(pdf.table('/Root 1 0 R', count).bytes);
    const failures = new Set<string>();
    for (let number = 3; number < count; number++)
      failures.add(failureOf(() => document.object(new PdfRef(number, 0))));
    expect(failures).toEqual(new Set(['pdf-damaged', 'pdf-too-complex']));
  });

  it('one bomb of a stream, named a thousand times by a page', () => {
    const bomb = deflateSync(Buffer.alloc(60_000_000, 0x20));
    const pdf = onePage({ page: `/Contents[${'8 0 R '.repeat(1000)}]` });
    pdf.stream(8, bomb, '/Filter/FlateDecode').table('/Root 1 0 R', 9);
    expect(failureOf(() => textOf(pdf.bytes))).toBe('pdf-too-complex');
  });

  it('boxes without end', () => {
    const [page] = [...pages(readPdf(onePagePdf({ page: '/MediaBox[0 0 1e99 1e300]' })))];
    expect(page?.box).toEqual([0, 0, 595.276, 841.89]);
  });
});

describe('fonts', promptly, () => {
  const shown = 'BT /F1 12 Tf 50 700 Td <0041> Tj ET';

  function withMap(map: string, descendant = ''): Buffer {
    return onePage({ page: '/Resources<</Font<</F1 8 0 R>>>>', content: shown })
      .object(
        8,
        `<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 9 0 R/DescendantFonts[<<${descendant}>>]>>`,
      )
      .stream(9, map)
      .table('/Root 1 0 R', 10).bytes;
  }

  it('codes so long that adding one leaves them as they are', () => {
    const code = `<${'F'.repeat(400)}>`;
    expect(textOf(withMap(`beginbfrange ${code} ${code} <0041> endbfrange`))).toBe('');
  });

  it('ranges without end, and a million times the same', () => {
    const range = '<0000> <FFFF> <0000> ';
    expect(failureOf(() => textOf(withMap(`beginbfrange ${range.repeat(100_000)} endbfrange`)))).toBe(
      'pdf-too-complex',
    );
    expect(failureOf(() => textOf(withMap('beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange')))).toBe(
      'pdf-too-complex',
    );
  });

  it('a code that stands for megabytes of text', () => {
    const map = `beginbfrange <0000> <FFFF> <${'0041'.repeat(500_000)}> endbfrange`;
    expect(textOf(withMap(map)).length).toBeLessThan(100);
  });

  it.each([
    ['beyond what adding one changes', '9007199254740992 9007199254740999 500'],
    ['without end', '0 99999999999 500'],
    ['a million times', '0 65000 500 '.repeat(100_000)],
  ])('widths %s', (_, widths) => {
    const bytes = withMap('beginbfchar <0041> <0041> endbfchar', `/W[${widths}]`);
    expect(failureOf(() => expect(textOf(bytes)).toBe('A'))).toMatch(/^(no failure|pdf-too-complex)$/);
  });
});

describe('files that are none', promptly, () => {
  const folder = scratchFolder();

  it('a folder', () => {
    expect(failureOf(() => PdfDocument.open(folder))).toBe('file-unreadable');
  });

  it('a pipe that nobody writes to', () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(failureOf(() => PdfDocument.open(pipe))).toBe('file-unreadable');
  });

  it('nothing', () => {
    expect(failureOf(() => PdfDocument.open(path.join(folder, 'missing.pdf')))).toBe('file-missing');
  });
});
