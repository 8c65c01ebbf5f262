import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { formFields } from '../../../native/pdf/form.ts';
import { PdfDict, PdfName, PdfStream, PdfString } from '../../../native/pdf/object.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { victimObjects } from '../../attacks/victim.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { createAuthority } from '../signing/software-key.ts';
import { samplePdf } from './sample-pdf.ts';

/**
 * A field of a protected file filled with a look that programs decipher by different filters. Where it says one thing in clear and
 * another deciphered, poppler and mupdf show the other.
 */
const folder = scratchFolder();
let signer: Signer;
let signed: string;

beforeAll(async () => {
  signer = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Ký').signer;
  const plain = writeFile(folder, 'plain.pdf', samplePdf(victimObjects()));
  const source = path.join(folder, 'protected.pdf');
  const protection = ['--encrypt', '', randomBytes(8).toString('hex'), '128', '--use-aes=y'];
  execFileSync('qpdf', ['--allow-weak-crypto', ...protection, '--cleartext-metadata', '--', plain, source]);
  signed = path.join(folder, 'signed.pdf');
  await signPdf({ source, target: signed, signer, stamp: { kind: 'plain' } });
});

async function filledWith(entries: Record<string, PdfName | PdfDict>) {
  const document = PdfDocument.open(signed);
  const field = formFields(document).find(({ name }) => name === 'so');
  const form = document.dict(document.catalog.get('AcroForm'));
  if (!field?.ref || !form) throw new Error('the sample has a field "so"');
  const writer = new RevisionWriter(document);
  const content = Buffer.from('BT /F1 12 Tf 2 5 Td (05) Tj ET');
  const resources = form.get('DR') ?? null;
  const dict = PdfDict.of({ Subtype: new PdfName('Form'), BBox: [0, 0, 128, 20], Resources: resources });
  const look = writer.add(new PdfStream(dict.with(entries), { bytes: content }));
  writer.set(
    field.ref,
    field.dict.with({ V: new PdfString(Buffer.from('05')), AP: PdfDict.of({ N: look }) }),
  );
  const update = writer.build();
  document.close();
  const file = writeFile(folder, 'filled.pdf', Buffer.concat([readFileSync(signed), update.bytes]));
  const report = await verifyPdf(file, { anchors: signer.chain.slice(-1), offline: true });
  return report.signatures[0]?.changesAfter;
}

const filter = (name: string) => ({
  Filter: new PdfName('Crypt'),
  DecodeParms: PdfDict.of({ Name: new PdfName(name) }),
});

describe('a look that is enciphered', () => {
  it('like everything else is a filled field', async () => {
    expect(await filledWith({})).toBe('formFilling');
    expect(await filledWith({ Type: new PdfName('XObject') })).toBe('formFilling');
  });

  it.each<[string, Record<string, PdfName | PdfDict>]>([
    ['by a filter that it names', filter('StdCF')],
    ['not at all, by its own word', filter('Identity')],
    ['not at all, as a cross-reference', { Type: new PdfName('XRef') }],
    ['not at all, as a description', { Type: new PdfName('Metadata') }],
  ])('%s: refused', async (_, entries) => {
    expect(await filledWith(entries)).toBe('other');
  });
});
