import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfRef } from '../../../native/pdf/object.ts';
import { HandmadePdf, onePage, onePagePdf } from './handmade-pdf.ts';
import { officialDocument } from './official-document.ts';
import { asHybrid, withXrefStream } from './restructure.ts';
import { readPdf, scratchFolder, writeFile } from './scratch.ts';

function ends(document: PdfDocument): number[] {
  return document.revisions.map(({ end }) => end);
}

const marks = ['first', 'second', 'third'];

/** Three revisions; object 9 holds their names one after the other. `gap` stands between them. */
function threeRevisions(kind: 'table' | 'stream', gap = ''): { bytes: Buffer; ends: number[] } {
  const pdf = onePage();
  const found: number[] = [];
  for (const [index, mark] of marks.entries()) {
    pdf.object(9, `(${mark})`);
    if (kind === 'table') pdf.table('/Root 1 0 R', 10);
    else pdf.xrefStream(10 + index, '/Root 1 0 R', 20);
    found.push(pdf.length);
    if (index < 2) pdf.raw(gap);
  }
  return { bytes: pdf.bytes, ends: found };
}

describe.each(['table', 'stream'] as const)('%s', (kind) => {
  it('knows where each revision ended, to the byte', () => {
    const { bytes, ends: expected } = threeRevisions(kind);
    expect(ends(readPdf(bytes))).toEqual(expected);
  });

  it('does not count what stands between revisions as theirs', () => {
    const { bytes, ends: expected } = threeRevisions(kind, '\n% a note\n');
    expect(ends(readPdf(bytes))).toEqual(expected);
  });

  it('shows each revision as its readers saw it', () => {
    const document = readPdf(threeRevisions(kind).bytes);
    const seen = document.revisions.map((revision) => document.at(revision).object(new PdfRef(9, 0)));
    expect(seen.map((value) => Buffer.from((value as { bytes: Uint8Array }).bytes).toString())).toEqual(
      marks,
    );
    const [first, second] = document.revisions;
    expect([...(second?.numbers() ?? [])].filter((number) => number < 10)).toEqual([9]);
    expect(first?.find(9)).not.toEqual(second?.find(9));
  });

  it('the first revision cut out is the same document', () => {
    const { bytes, ends: expected } = threeRevisions(kind);
    const alone = readPdf(bytes.subarray(0, expected[0]));
    expect(ends(alone)).toEqual(expected.slice(0, 1));
  });
});

describe('ends of line behind %%EOF', () => {
  it.each([
    ['none', '', 0],
    ['LF', '\n', 1],
    ['CR', '\r', 1],
    ['CR LF', '\r\n', 2],
    ['two', '\n\n', 1],
  ])('%s', (_, tail, counted) => {
    const bare = onePagePdf().subarray(0, -1);
    expect(ends(readPdf(Buffer.concat([bare, Buffer.from(tail)])))).toEqual([bare.length + counted]);
  });
});

it('an object that a later revision frees is gone, and was there before', () => {
  const pdf = onePage().object(9, '(here)').table('/Root 1 0 R', 10);
  const previous = pdf.lastSection;
  const start = pdf.length;
  pdf.raw(
    `xref\n9 1\n0000000000 00001 f \ntrailer\n<</Size 10/Root 1 0 R/Prev ${previous}>>\nstartxref\n${start}\n%%EOF\n`,
  );
  const document = readPdf(pdf.bytes);
  const [first] = document.revisions;
  expect(document.object(new PdfRef(9, 0))).toBe(null);
  expect(first && document.at(first).object(new PdfRef(9, 0))).not.toBe(null);
});

describe('one revision in two sections', () => {
  const folder = scratchFolder();
  let plain = '';

  beforeAll(() => {
    const source = writeFile(folder, 'typeset.pdf', officialDocument(2));
    plain = path.join(folder, 'plain.pdf');
    execFileSync('qpdf', ['--object-streams=disable', source, plain]);
  });

  it.each(['disable', 'generate'])('linearized, object streams: %s', (objects) => {
    const file = path.join(folder, `linear-${objects}.pdf`);
    execFileSync('qpdf', ['--linearize', `--object-streams=${objects}`, plain, file]);
    const bytes = readFileSync(file);
    const document = readPdf(bytes);
    expect(ends(document)).toEqual([bytes.length]);
    expect(document.revisions[0]?.sections).toHaveLength(2);
  });

  it('a cross-reference stream without object streams', () => {
    const bytes = withXrefStream(readFileSync(plain));
    expect(ends(readPdf(bytes))).toEqual([bytes.length]);
  });

  it('hybrid: what the table hides is found in the hidden stream', () => {
    const document = readPdf(asHybrid(readFileSync(plain)));
    const info = document.trailer.get('Info');
    expect(info).toBeInstanceOf(PdfRef);
    expect(document.dict(info)?.has('Creator')).toBe(true);
  });
});

it('a catalog and pages inside an object stream', () => {
  const bytes = new HandmadePdf()
    .objectStream(6, { 1: '<</Type/Catalog/Pages 2 0 R>>', 2: '<</Type/Pages/Kids[3 0 R]>>' })
    .object(3, '<</Type/Page/Parent 2 0 R>>')
    .xrefStream(7, '/Root 1 0 R', 8, { 1: [6, 0], 2: [6, 1] }).bytes;
  const document = readPdf(bytes);
  expect(document.catalog.has('Pages')).toBe(true);
  expect(document.find(1)).toEqual({ kind: 'compressed', container: 6, index: 0 });
});
