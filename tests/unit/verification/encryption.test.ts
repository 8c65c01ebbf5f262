import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfDict, PdfName, PdfRef } from '../../../native/pdf/object.ts';
import { serialize } from '../../../native/pdf/serializer.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { onePagePdf } from '../pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { createAuthority } from '../signing/software-key.ts';

/** What may happen to a protected file behind a signature: nothing that changes how its signed objects read. */

const folder = scratchFolder();
const owner = randomBytes(8).toString('hex');
let signer: Signer;
let signed: string;
let bytes: Buffer;

beforeAll(async () => {
  signer = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Ký').signer;
  const plain = writeFile(folder, 'plain.pdf', onePagePdf());
  const source = path.join(folder, 'protected.pdf');
  const protection = ['--encrypt', '', owner, '128', '--use-aes=y', '--'];
  execFileSync('qpdf', ['--allow-weak-crypto', '--object-streams=disable', ...protection, plain, source]);
  signed = path.join(folder, 'signed.pdf');
  await signPdf({ source, target: signed, signer, stamp: { kind: 'plain' } });
  bytes = readFileSync(signed);
});

/** An update whose trailer has these entries in place of the file's own, and one object at most. */
function updated(
  entries: (trailer: PdfDict) => PdfDict,
  object?: { number: number; value: PdfDict },
): string {
  const document = PdfDocument.open(signed);
  const { trailer, revision } = document;
  const body = object
    ? Buffer.concat([
        Buffer.from(`${object.number} 0 obj\n`),
        serialize(object.value),
        Buffer.from('\nendobj\n'),
      ])
    : Buffer.of();
  const line = object ? `${object.number} 1\n${String(bytes.length).padStart(10, '0')} 00000 n \n` : '';
  const start = bytes.length + body.length;
  const newTrailer = entries(trailer).with({ Prev: revision.sections[0]?.offset ?? 0 });
  document.close();
  const tail = [`xref\n0 0\n${line}trailer\n`, serialize(newTrailer), `\nstartxref\n${start}\n%%EOF\n`];
  const pieces = tail.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  return writeFile(folder, 'updated.pdf', Buffer.concat([bytes, body, ...pieces]));
}

async function verdict(file: string) {
  const report = await verifyPdf(file, { anchors: signer.chain.slice(-1), offline: true });
  const [first] = report.signatures;
  return {
    verdict: report.verdict,
    intact: first?.intact,
    level: first?.changesAfter,
    changes: first?.changes,
  };
}

describe('behind the signature of a protected file', () => {
  it('nothing, and an update that says nothing', async () => {
    expect(await verdict(signed)).toMatchObject({ intact: true, level: 'none' });
    expect(await verdict(updated((trailer) => trailer))).toMatchObject({ intact: true, level: 'none' });
  });

  it('its protection taken away', async () => {
    const file = updated((trailer) => trailer.with({ Encrypt: undefined }));
    expect(await verdict(file)).toMatchObject({ verdict: 'invalid', level: 'other' });
  });

  it('its protection replaced in the trailer', async () => {
    const [document, open] = [PdfDocument.open(signed), PdfDict.of({ StmF: new PdfName('Identity') })];
    const now = document.dict(document.trailer.get('Encrypt')) ?? open;
    document.close();
    const weaker = now.with({ StmF: new PdfName('Identity'), StrF: new PdfName('Identity') });
    const file = updated((trailer) => trailer.with({ Encrypt: weaker }));
    expect(await verdict(file)).toMatchObject({
      verdict: 'invalid',
      level: 'other',
      changes: expect.arrayContaining(['Cách bảo vệ tệp bằng mật khẩu bị bỏ, thêm hoặc thay thế.']),
    });
  });

  it('its protection replaced in place', async () => {
    const document = PdfDocument.open(signed);
    const ref = document.trailer.get('Encrypt');
    const value = document.dict(ref);
    document.close();
    if (!(ref instanceof PdfRef) || !value) throw new Error('qpdf writes /Encrypt as an object of its own');
    const weaker = value.with({ StrF: new PdfName('Identity') });
    const file = updated((trailer) => trailer, { number: ref.number, value: weaker });
    expect(await verdict(file)).toMatchObject({ verdict: 'invalid', level: 'other' });
  });

  it('another identity, with which the password no longer fits', async () => {
    const file = updated((trailer) => trailer.with({ ID: [] }));
    const report = await verifyPdf(file, { anchors: [], offline: true });
    expect(report).toEqual({ verdict: 'unreadable', failure: 'pdf-encrypted', signatures: [] });
  });
});
