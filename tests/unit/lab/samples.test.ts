import type { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { differencesOf } from '../../../native/verification/index.ts';
import { readPrinted } from '../../../native/verification/printed/printed-facts.ts';
import { type Papers, paperTemplates } from '../../lab/papers.ts';
import { agencies, personNames } from '../../lab/province.ts';
import { seedOf } from '../../lab/province-seed.ts';
import { typeset } from '../../lab/typst.ts';

test('every sample of the province says on its page what its data say', () => {
  const nobody = { raw: Buffer.of(0) } as unknown as X509Certificate;
  const people = Object.fromEntries(personNames.map((name) => [name, nobody])) as Record<
    (typeof personNames)[number],
    X509Certificate
  >;
  const { documents } = seedOf({ documents: paperTemplates } as unknown as Papers, {
    people,
    department: nobody,
  });
  expect(documents).toHaveLength(3);
  for (const { files, issuer, recipients: _, ...data } of documents) {
    const main = files.find(({ part }) => part === 'main');
    if (!main) throw new Error('a document without a main file');
    const printed = readPrinted(PdfDocument.read(new MemorySource(typeset(main.path)), { lenient: true }));
    // A comparison with nothing would find nothing.
    expect(printed.subject).not.toBeNull();
    expect(printed.references).toEqual([`/${data.symbol}`]);
    const owner = Object.values(agencies).find(({ code }) => code === issuer);
    const document = {
      ...data,
      kind: 'outgoing',
      issuer: owner,
      reference: null,
    } as unknown as OutgoingDocument;
    expect(differencesOf({ verdict: 'unsigned', signatures: [], printed }, document)).toEqual([]);
    const [other] = differencesOf(
      { verdict: 'unsigned', signatures: [], printed },
      { ...document, subject: 'Về việc khác' },
    );
    expect(other?.code).toBe('subject-differs');
  }
});
