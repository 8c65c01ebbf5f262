import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfRef, PdfString } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { textLines } from '../../../native/pdf/text/text-line.ts';
import { HandmadePdf, onePage, onePagePdf } from './handmade-pdf.ts';
import { officialDocument } from './official-document.ts';
import { failureOf, scratchFolder, writeFile } from './scratch.ts';

const folder = scratchFolder();

function recovered(bytes: Uint8Array): PdfDocument {
  return PdfDocument.recover(writeFile(folder, 'broken.pdf', bytes));
}

function linesOf(document: PdfDocument): string[][] {
  return [...pages(document)].map((page) => textLines(document, page).map(({ text }) => text));
}

function cutAt(bytes: Buffer, mark: string): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(mark));
}

/** The file as a repair must find it again, and what was done to it. */
const damages: Record<string, (bytes: Buffer) => Buffer> = {
  'no startxref': (bytes) => cutAt(bytes, 'startxref'),
  'cut off in its last object': (bytes) => bytes.subarray(0, bytes.length - 400),
  'startxref into nowhere': (bytes) =>
    Buffer.concat([cutAt(bytes, 'startxref'), Buffer.from('startxref\n7\n%%EOF\n')]),
  'ten bytes more in front of all objects': (bytes) =>
    Buffer.concat([bytes.subarray(0, 9), Buffer.from('%123456789'), bytes.subarray(9)]),
};

describe.each(['disable', 'generate'])('typeset, object streams: %s', (objects) => {
  let sound: Buffer;
  let expected: string[][];

  beforeAll(() => {
    const source = writeFile(folder, 'typeset.pdf', officialDocument(2));
    const file = path.join(folder, 'sound.pdf');
    execFileSync('qpdf', [`--object-streams=${objects}`, source, file]);
    sound = readFileSync(file);
    expected = linesOf(PdfDocument.open(file));
    expect(expected).toHaveLength(2);
  });

  it.each(Object.keys(damages))('%s', (damage) => {
    const broken = damages[damage]?.(sound) ?? sound;
    const document = recovered(broken);
    expect(document.recovered).toBe(true);
    expect(linesOf(document)).toEqual(expected);
  });

  it.each(Object.keys(damages))('%s: an update makes it a file that opens as any other', (damage) => {
    const broken = damages[damage]?.(sound) ?? sound;
    const writer = new RevisionWriter(recovered(broken));
    const ref = writer.add(PdfString.fromText('added'));
    const whole = Buffer.concat([broken, writer.build().bytes]);
    const file = writeFile(folder, 'mended.pdf', whole);
    const document = PdfDocument.open(file);
    expect(document.revisions).toHaveLength(1);
    expect(document.revision.end).toBe(whole.length);
    expect(linesOf(document)).toEqual(expected);
    expect(document.object(ref)).toBeInstanceOf(PdfString);
    expect(() => execFileSync('qpdf', ['--check', file])).not.toThrow();
  });
});

it('of several objects with one number the last one counts', () => {
  const pdf = onePage().object(9, '(old)').table('/Root 1 0 R', 10).object(9, '(new)');
  const value = recovered(pdf.bytes).object(new PdfRef(9, 0));
  expect(value instanceof PdfString && value.toText()).toBe('new');
});

it('a file within the file is none of its objects', () => {
  const pdf = onePage().object(9, '(ours)').stream(10, '9 0 obj\n(theirs)\nendobj\ntrailer<</Root 9 0 R>>');
  const document = recovered(pdf.raw('trailer<</Root 1 0 R>>').bytes);
  const value = document.object(new PdfRef(9, 0));
  expect(value instanceof PdfString && value.toText()).toBe('ours');
  expect(document.catalogRef?.number).toBe(1);
});

it('what stands before the header is no part of it: no offset reaches there', () => {
  const before = Buffer.from('9 0 obj\n(before)\nendobj\n');
  const broken = Buffer.concat([before, onePage().raw('trailer<</Root 1 0 R>>').bytes]);
  const document = recovered(broken);
  expect(document.origin).toBe(before.length);
  expect(document.find(9)).toBeUndefined();
  const writer = new RevisionWriter(document);
  writer.add(PdfString.fromText('added'));
  const file = writeFile(folder, 'mended.pdf', Buffer.concat([broken, writer.build().bytes]));
  expect(() => execFileSync('qpdf', ['--check', file])).not.toThrow();
});

it('without any trailer the catalog is found by its type, in an object stream too', () => {
  expect(recovered(onePage().bytes).catalogRef).toEqual(new PdfRef(1, 0));
  const packed = new HandmadePdf()
    .object(3, '<</Type/Page/Parent 2 0 R>>')
    .objectStream(6, { 1: '<</Type/Catalog/Pages 2 0 R>>', 2: '<</Type/Pages/Kids[3 0 R]>>' });
  expect([...pages(recovered(packed.bytes))]).toHaveLength(1);
});

it('an encrypted file is named so', () => {
  const broken = onePage().raw('trailer<</Root 1 0 R/Encrypt 5 0 R>>').bytes;
  expect(failureOf(() => recovered(broken))).toBe('pdf-encryption-unsupported');
});

it('where there is no document, that is said', () => {
  expect(failureOf(() => recovered(Buffer.from('%PDF-1.7\n5 0 obj (x) endobj')))).toBe('pdf-damaged');
  expect(failureOf(() => recovered(Buffer.from('Kính gửi')))).toBe('pdf-not-a-pdf');
});

describe('hostile files', { timeout: 30_000 }, () => {
  it('objects that each are the whole rest of the file', () => {
    const pdf = new HandmadePdf();
    for (let number = 1; number < 30_000; number++) pdf.object(number, `(${'x'.repeat(100)}`);
    expect(failureOf(() => recovered(pdf.bytes))).toMatch(/^pdf-(damaged|too-complex)$/);
  });

  it('digits without end, and headers of numbers beyond all limits', () => {
    expect(failureOf(() => recovered(Buffer.from(`%PDF-1.7\n${'1 '.repeat(2_000_000)}`)))).toBe(
      'pdf-damaged',
    );
    const pdf = onePage().object(999_999_999, '(x)').table('/Root 1 0 R', 6);
    expect(recovered(pdf.bytes).find(999_999_999)).toBeUndefined();
  });
});

it('a sound file recovers to the same document', () => {
  const bytes = onePagePdf({ content: 'BT /F1 12 Tf 50 700 Td (Kinh gui) Tj ET' });
  expect(linesOf(recovered(bytes))).toEqual([['Kinh gui']]);
});
