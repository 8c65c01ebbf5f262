import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { harmOf } from '../../../native/verification/appended-signature.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { createAuthority } from '../signing/software-key.ts';
import { appendUpdate, samplePdf, stream } from './sample-pdf.ts';

const folder = scratchFolder();
const forged = stream('BT /F1 12 Tf 72 700 Td (100 000 000) Tj ET');
let signer: Signer;
let once: Buffer;

beforeAll(async () => {
  signer = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Trước').signer;
  once = await sign(samplePdf());
});

async function sign(bytes: Uint8Array): Promise<Buffer> {
  const source = writeFile(folder, `${createHash('sha256').update(bytes).digest('hex')}.pdf`, bytes);
  await signPdf({ source, target: `${source}.signed`, signer, stamp: { kind: 'plain' }, replace: true });
  return readFileSync(`${source}.signed`);
}

/** The digest of what the newest signature covers, as its writer would know it. */
function newestDigest(bytes: Buffer): Buffer {
  const ranges = [...bytes.toString('latin1').matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)];
  const [, before = 0, gapEnd = 0] = (ranges.at(-1) ?? []).map(Number);
  return createHash('sha256').update(bytes.subarray(0, before)).update(bytes.subarray(gapEnd)).digest();
}

async function harm(bytes: Buffer, base: number, messageDigest = newestDigest(bytes)) {
  const document = PdfDocument.open(writeFile(folder, 'judged.pdf', bytes));
  try {
    return await harmOf(document, { base, messageDigest });
  } finally {
    document.close();
  }
}

test('a signature upon another harms nobody', async () => {
  const twice = await sign(once);
  expect(await harm(once, samplePdf().length)).toBe(null);
  expect(await harm(twice, once.length)).toBe(null);
});

test('a change that comes with the new signature is its harm to the one before', async () => {
  const twice = await sign(Buffer.from(appendUpdate(once, { 4: forged })));
  expect(await harm(twice, once.length)).toMatchObject({ isNew: false, reasons: ['changed-after-signing'] });
});

test('a change that was there already is nobody’s harm', async () => {
  const changed = Buffer.from(appendUpdate(once, { 4: forged }));
  expect(await harm(await sign(changed), changed.length)).toBe(null);
});

test('a new signature that doesn’t fit, or isn’t the end, is told', async () => {
  const base = samplePdf().length;
  expect(await harm(once, base, Buffer.alloc(32))).toMatchObject({
    isNew: true,
    reasons: ['digest-mismatch'],
  });
  const longer = Buffer.from(appendUpdate(once, { 60: '(nobody)' }));
  expect(await harm(longer, base, newestDigest(once))).toMatchObject({ isNew: true });
  expect(await harm(once, once.length)).toMatchObject({ isNew: true });
});
