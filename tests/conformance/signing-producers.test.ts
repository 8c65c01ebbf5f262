import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { foreignPaper, foreignPaperNames } from '../lab/foreign-papers/foreign-papers.ts';
import { type Verdicts, verdictsOn } from './battery/verdicts.ts';
import { openWorkshop, type Workshop } from './battery/workshop.ts';

/** Papers as other programs make them, each approved and sealed, and signed twice where nothing is stamped. */
const acts: Readonly<Record<string, readonly [Stamp, Stamp]>> = {
  'approved and sealed': [{ kind: 'approval' }, { kind: 'seal', number: '05/QĐ-SKHCN', date: '2026-11-22' }],
  'signed twice': [
    { kind: 'plain' },
    { kind: 'plain', page: 1, box: { x: 20, y: 250, width: 60, height: 12 } },
  ],
};

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop(['P-256']);
});
afterAll(() => shop.close());

/** Signs with the leader's key, then with the agency's; the file and the names of its fields. */
async function signedTwice(source: string, stem: string, stamps: readonly [Stamp, Stamp]) {
  const leader = shop.leaders.get('P-256');
  if (!leader) throw new Error('no key');
  const [once, twice] = [join(shop.folder, `${stem}-1.pdf`), join(shop.folder, `${stem}-2.pdf`)];
  const steps = [
    { source, target: once, signer: leader, stamp: stamps[0] },
    { source: once, target: twice, signer: shop.agency, stamp: stamps[1] },
  ];
  const fields: string[] = [];
  for (const step of steps) {
    fields.push((await signPdf(step)).field);
    const [before, after] = await Promise.all([readFile(step.source), readFile(step.target)]);
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
  }
  return { file: twice, fields };
}

function convincing(fields: readonly string[]): Verdicts {
  const isLast = (index: number) => index === fields.length - 1;
  return {
    pdfsig: fields.map((field, index) => {
      const coverage = isLast(index) ? 'Total document signed' : 'Not total document signed';
      return `${field}: Signature is Valid. Certificate is Trusted.; ${coverage}`;
    }),
    openssl: fields.map(() => 'signature: verified'),
    qpdf: [],
    mutool: fields.map((_, index) =>
      isLast(index)
        ? 'The document is unchanged since signing.'
        : 'The signature is valid but there have been edits since signing.',
    ),
    ours: [
      'valid',
      ...fields.map(
        (field, index) => `${field}: valid, ECDSA SHA-256, b, ${isLast(index) ? 'file' : 'revision'}`,
      ),
    ],
  };
}

describe.each(await foreignPaperNames())('%s', (paper) => {
  it.each(Object.keys(acts))('%s', async (act) => {
    const stamps = acts[act];
    if (!stamps) throw new Error(`no act ${act}`);
    const stem = `${paper}-${act}`.replaceAll(/\W+/g, '-');
    const { file, fields } = await signedTwice(await foreignPaper(paper, shop.folder), stem, stamps);
    expect(await verdictsOn(file, shop)).toEqual(convincing(fields));
  });
});
