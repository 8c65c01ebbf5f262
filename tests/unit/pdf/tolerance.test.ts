import { describe, expect, it } from 'vitest';
import { PdfDict, PdfRef, PdfString } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { HandmadePdf, onePage, onePagePdf } from './handmade-pdf.ts';
import { failureOf, readPdf } from './scratch.ts';

/** Faults of real writers that viewers put up with. */

function replaced(from: string | RegExp, to: string): Buffer {
  const text = onePagePdf().toString('latin1');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return Buffer.from(changed, 'latin1');
}

function pageCount(bytes: Uint8Array): number {
  return [...pages(readPdf(bytes))].length;
}

describe('cross-reference tables', () => {
  it.each([
    ['generation 65536 on object 0', '65535 f', '65536 f'],
    ['white space before the table', 'xref\n0 1', '\n  xref\n0 1'],
    ['junk behind the last %%EOF', '%%EOF\n', `%%EOF\n${'\0'.repeat(3000)}junk`],
    ['no %%EOF at all', '%%EOF\n', ''],
    ['a /Size that is too small', '/Size 6', '/Size 2'],
    ['no /Size', '/Size 6', ''],
    ['a /Prev of 0', '/Size 6', '/Size 6/Prev 0'],
  ])('%s', (_, from, to) => {
    const bytes = replaced(from, to);
    const moved = bytes.indexOf('\nxref') + 1 - onePagePdf().indexOf('\nxref') - 1;
    expect(moved).toBeLessThanOrEqual(0);
    expect(pageCount(bytes)).toBe(1);
  });

  it('lines of 19 bytes', () => {
    expect(pageCount(replaced(/(\d{10} \d{5} [nf]) \n/g, '$1\n'))).toBe(1);
  });

  it('counted from 1 though its first line is the head of the free list', () => {
    const pdf = onePage();
    const offsets = ['1 0 obj', '2 0 obj', '3 0 obj', '4 0 obj', '5 0 obj'].map(
      (head) => pdf.bytes.indexOf(`\n${head}`) + 1,
    );
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const start = pdf.length;
    pdf.raw(
      `xref\n1 6\n0000000000 65535 f \n${rows}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`,
    );
    expect(pageCount(pdf.bytes)).toBe(1);
  });

  it('a /Prev that is written as a reference', () => {
    const pdf = onePage().table('/Root 1 0 R', 6);
    const previous = pdf.lastSection;
    const start = pdf.length;
    pdf.raw(`xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/Prev ${previous} 0 R>>\nstartxref\n${start}\n%%EOF`);
    const document = readPdf(pdf.bytes);
    expect(document.revisions).toHaveLength(2);
    expect([...pages(document)]).toHaveLength(1);
  });

  it('an entry in use at offset 0 is a free one', () => {
    const bytes = replaced('0000000000 65535 f', '0000000000 00000 n');
    expect(readPdf(bytes).find(0)).toEqual({ kind: 'free' });
  });
});

describe('bytes before the header', () => {
  const junk = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');

  it('offsets that count from the header', () => {
    const document = readPdf(Buffer.concat([junk, onePagePdf()]));
    expect(document.origin).toBe(junk.length);
    expect(document.find(1)).toMatchObject({ offset: junk.length + onePagePdf().indexOf('1 0 obj') });
    expect([...pages(document)]).toHaveLength(1);
  });

  it('offsets that count from the first byte', () => {
    const pdf = new HandmadePdf(Buffer.concat([junk, Buffer.from('%PDF-1.4\n')]))
      .object(1, '<</Type/Catalog/Pages 2 0 R>>')
      .object(2, '<</Type/Pages/Kids[]>>')
      .table('/Root 1 0 R', 3);
    expect(readPdf(pdf.bytes).origin).toBe(0);
  });

  it('an update counts as the file itself does', () => {
    const source = Buffer.concat([junk, onePagePdf()]);
    const document = readPdf(source);
    const writer = new RevisionWriter(document);
    const ref = writer.add(PdfString.fromText('added'));
    const { bytes, places } = writer.build();
    const updated = Buffer.concat([source, bytes]);
    const again = readPdf(updated);
    expect(again.object(ref)).toBeInstanceOf(PdfString);
    expect(again.find(ref.number)).toMatchObject({ offset: places.get(ref.number)?.start });
    expect(again.revisions.map(({ end }) => end)).toEqual([source.length, updated.length]);
  });
});

describe('the page tree', () => {
  it('without /Count', () => {
    expect(pageCount(replaced('/Count 1', '        '))).toBe(1);
  });

  it('a page without /Resources, without a box', () => {
    const pdf = onePage().object(3, '<</Type/Page/Parent 2 0 R>>').table('/Root 1 0 R', 6);
    const [page] = [...pages(readPdf(pdf.bytes))];
    expect(page?.resources).toEqual(new PdfDict());
    expect(page?.box).toEqual([0, 0, 595.276, 841.89]);
  });

  it('an empty inner node is no page', () => {
    const bytes = onePagePdf().toString('latin1').replace('/Kids[3 0 R]/Count 1', '/Count 0             ');
    expect(pageCount(Buffer.from(bytes, 'latin1'))).toBe(0);
  });

  it('a page listed twice is shown twice', () => {
    const pdf = new HandmadePdf()
      .object(1, '<</Type/Catalog/Pages 2 0 R>>')
      .object(2, '<</Type/Pages/Kids[3 0 R 3 0 R]>>')
      .object(3, '<</Type/Page/Parent 2 0 R>>')
      .table('/Root 1 0 R', 4);
    expect(pageCount(pdf.bytes)).toBe(2);
  });
});

describe('what is no file to sign', () => {
  it.each([
    ['empty', '', 'pdf-not-a-pdf'],
    ['text', 'Kính gửi', 'pdf-not-a-pdf'],
    ['a header alone', '%PDF-1.7\n', 'pdf-damaged'],
    ['a header too far in', `${' '.repeat(2000)}%PDF-1.7`, 'pdf-not-a-pdf'],
    ['a startxref into nowhere', '%PDF-1.7\nstartxref\n99999\n%%EOF', 'pdf-damaged'],
    ['a startxref without a number', '%PDF-1.7\nstartxref\nabc\n%%EOF', 'pdf-damaged'],
  ])('%s', (_, text, code) => {
    expect(failureOf(() => readPdf(Buffer.from(text)))).toBe(code);
  });

  it('encrypted, also where its catalog could not be read', () => {
    expect(failureOf(() => readPdf(replaced('/Root 1 0 R', '/Root 1 0 R/Encrypt 5 0 R')))).toBe(
      'pdf-encryption-unsupported',
    );
  });

  it('without a catalog', () => {
    expect(failureOf(() => readPdf(replaced('/Root 1 0 R', '/Root 9 0 R')))).toBe('pdf-damaged');
    expect(failureOf(() => readPdf(replaced('/Root 1 0 R', '/Root 4 0 R/')))).toBe('pdf-damaged');
  });
});

it('an object that the table points beside is damage, not another object', () => {
  const document = readPdf(replaced(/(\d{10}) 00000 n \n5 1\n\d{10}/, '$1 00000 n \n5 1\n$1'));
  expect(failureOf(() => document.object(new PdfRef(5, 0)))).toBe('pdf-damaged');
});
