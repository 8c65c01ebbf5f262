import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { appendUpdate, samplePdf } from './sample-pdf.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let signed: Buffer;
beforeAll(async () => {
  bench = await openWorkbench();
  const [source, target] = [bench.path('plain.pdf'), bench.path('signed.pdf')];
  writeFileSync(source, samplePdf());
  await signPdf({ source, target, signer: await bench.signer(), stamp: { kind: 'plain' } });
  signed = readFileSync(target);
});
afterAll(() => bench.close());

async function verdictOn(objects: Readonly<Record<number, string>>) {
  const path = bench.path('changed.pdf');
  writeFileSync(path, appendUpdate(signed, objects));
  return verifyPdf(path, bench.trust());
}

it('a signed object that is replaced by a reference to itself is a change like any other', async () => {
  const { verdict, signatures } = await verdictOn({ 4: '4 0 R' });
  expect(verdict).toBe('invalid');
  expect(signatures[0]?.reasons).toContain('changed-after-signing');
});

it('so is one replaced by a long row of references', async () => {
  const row = Object.fromEntries(
    Array.from({ length: 3000 }, (_, step) => [100 + step, `${101 + step} 0 R`]),
  );
  const { verdict, signatures } = await verdictOn({ 4: '100 0 R', ...row });
  expect(verdict).toBe('invalid');
  expect(signatures[0]?.reasons).toContain('changed-after-signing');
});
