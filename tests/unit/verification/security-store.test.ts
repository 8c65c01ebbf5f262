import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { readSecurityStore } from '../../../native/verification/security-store.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { appendUpdate, samplePdf } from './sample-pdf.ts';

/** What a file brings along for checking it later is hostile until it has been checked, its size included. */
const folder = scratchFolder();
const megabytes = 20;
const hex = deflateSync(Buffer.alloc(megabytes << 20)).toString('hex');
const bomb = (filters: string) =>
  `<< /Filter [${filters}] /Length ${hex.length + 1} >>\nstream\n${hex}>\nendstream`;

function listsOf(refs: readonly number[], objects: Record<number, string>): number[] {
  const list = refs.map((number) => `${number} 0 R`).join(' ');
  const file = appendUpdate(samplePdf(), {
    1: '<< /Type /Catalog /Pages 2 0 R /DSS 40 0 R >>',
    40: `<< /Type /DSS /CRLs [${list}] /Certs [${list}] /OCSPs [${list}] >>`,
    ...objects,
  });
  const document = PdfDocument.open(writeFile(folder, 'store.pdf', file));
  try {
    const { crls, ocsps } = readSecurityStore(document).revocation;
    return [crls.length, ocsps.length];
  } finally {
    document.close();
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => 50 + index);
const same = (count: number, content: string) =>
  Object.fromEntries(numbers(count).map((number) => [number, content]));

test('is read until its room is used up, an entry once in each list, whatever it unpacks to', () => {
  const packed = bomb('/ASCIIHexDecode /FlateDecode');
  const often = Array.from({ length: 256 }, () => 50);
  expect(listsOf(often, same(1, packed))).toEqual([0, 0]);
  expect(listsOf(numbers(20), same(20, packed))).toEqual([0, 0]);
  // Unpacked as far as the filter that nobody has.
  expect(listsOf(numbers(60), same(60, bomb('/ASCIIHexDecode /FlateDecode /Nobody')))).toEqual([0, 0]);
  const small = '<< /Length 2 >>\nstream\n30\nendstream';
  expect(listsOf([50, 50, 51], same(2, small))).toEqual([2, 2]);
}, 10_000);
