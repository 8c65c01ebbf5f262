import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PdfDocument } from '../../native/pdf/document.ts';
import { extendPdf } from '../../native/signing/long-term/extend-pdf.ts';
import { type SignRequest, signPdf } from '../../native/signing/sign-pdf.ts';
import { TimeStampAuthority } from '../../native/signing/time-stamp/authority.ts';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import { manipulated, manipulations } from '../attacks/on-any-document.ts';
import { makePapers, type Papers } from '../lab/papers.ts';
import { runProgram } from '../lab/program.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';

/** An office's documents as the product signs them, honest in every state of their life, and attacked in each. */
let bench: Workbench;
let papers: Papers;
let leader: SoftSigner;
let agency: SoftSigner;
const fetcher = new HttpFetcher({ allowPrivate: true });
const password = 'mo-van-ban';

const states = [
  'approved.pdf',
  'sealed.pdf',
  'archived.pdf',
  'protected.pdf',
  'certified-1.pdf',
  'certified-2.pdf',
  'certified-3.pdf',
] as const;

beforeAll(async () => {
  bench = await openWorkbench();
  papers = await makePapers(bench.path('papers'));
  leader = await bench.signer({ commonName: 'Nguyễn Văn Thử' });
  agency = await bench.signer({ kind: 'agency', commonName: 'Sở Thử Nghiệm' });
  const { decision, officialLetter } = papers.documents;
  const image = readFileSync(papers.approvalImage);
  await sign('approved.pdf', { source: decision, stamp: { kind: 'approval', image } });
  await sign('sealed.pdf', {
    source: bench.path('approved.pdf'),
    signer: agency,
    stamp: { kind: 'seal', image: readFileSync(papers.sealImage), number: '05', date: '2026-11-22' },
  });
  const trust = bench.trust({ fetcher });
  const authority = new TimeStampAuthority({ url: `${bench.pki.responders.url}/tsa`, trust });
  const paths = { source: bench.path('sealed.pdf'), target: bench.path('archived.pdf') };
  await extendPdf({ ...paths, level: 'lta', authority, trust });
  const encrypt = ['--encrypt', password, 'owner', '256', '--', officialLetter, bench.path('locked.pdf')];
  await runProgram('qpdf', encrypt);
  await sign('protected.pdf', { source: bench.path('locked.pdf'), stamp: { kind: 'approval' }, password });
  for (const certification of [1, 2, 3] as const) {
    const name = `certified-${certification}.pdf`;
    // With P=1 nobody could number and seal it, so that our own approval refuses to.
    const stamp = { kind: certification === 1 ? 'plain' : 'approval' } as const;
    await sign(name, { source: officialLetter, stamp, certification });
  }
});
afterAll(() => bench.close());

async function sign(
  name: string,
  request: Omit<SignRequest, 'target' | 'signer'> & Partial<SignRequest>,
): Promise<void> {
  await signPdf({ signer: leader, ...request, target: bench.path(name) });
}

function verify(name: string) {
  return verifyPdf(bench.path(name), { ...bench.trust({ fetcher }), password });
}

describe.each(states)('%s', (state) => {
  test('is valid as it is', async () => {
    const report = await verify(state);
    expect(report.signatures.map(({ reasons, changes }) => ({ reasons, changes }))).toEqual(
      report.signatures.map(({ changes }) => ({ reasons: [], changes })),
    );
    expect(report.verdict).toBe('valid');
  });

  test.each(Object.keys(manipulations))('%s: refused', async (name) => {
    const document = PdfDocument.open(bench.path(state), { password });
    const manipulate = manipulations[name];
    if (!manipulate) throw new Error(name);
    writeFileSync(bench.path('attack.pdf'), manipulated(document, manipulate));
    document.close();
    const { verdict, signatures } = await verify('attack.pdf');
    expect(verdict).toBe('invalid');
    const findings = signatures.flatMap(({ reasons }) => reasons);
    expect(findings.some((reason) => /^change/.test(reason))).toBe(true);
  });
});
