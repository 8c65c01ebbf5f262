import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPdf } from '../../../native/verification/index.ts';
import { handSign, opensslCms } from './hand-signer.ts';
import { appendUpdate, samplePdf } from './sample-pdf.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Files that were signed as they came: their places a few bytes off, by a writer that counted wrongly. */

let bench: Workbench;
let cms: (bytes: Uint8Array) => Uint8Array;

beforeAll(async () => {
  bench = await openWorkbench();
  cms = opensslCms(bench, await bench.signer());
});
afterAll(() => bench.close());

/** The sample with its first `startxref`, or every offset of its table, moved. */
function shifted(what: 'startxref' | 'offsets', by: number): Buffer {
  const text = samplePdf().toString('latin1');
  const moved =
    what === 'startxref'
      ? text.replace(/startxref\s+(\d+)/, (_, at) => `startxref\n${Number(at) + by}`)
      : text.replace(/(\d{10}) 00000 n/g, (_, at) => `${String(Number(at) + by).padStart(10, '0')} 00000 n`);
  expect(moved).not.toBe(text);
  return Buffer.from(moved, 'latin1');
}

async function verify(file: Uint8Array) {
  writeFileSync(bench.path('case.pdf'), file);
  return verifyPdf(bench.path('case.pdf'), bench.trust());
}

describe.each(['startxref', 'offsets'] as const)('%s moved', (what) => {
  test.each([-12, -3, -1, 1, 2, 7, 20])('by %i bytes: unsigned, and valid when signed', async (by) => {
    const source = shifted(what, by);
    expect((await verify(source)).verdict).toBe('unsigned');
    expect(await verify(handSign(source, { cms }))).toMatchObject({
      verdict: 'valid',
      signatures: [{ coverage: 'file', changesAfter: 'none' }],
    });
  });

  test.each([-500, 500])('by %i bytes: that would be a guess', async (by) => {
    expect(await verify(shifted(what, by))).toMatchObject({ verdict: 'unreadable', failure: 'pdf-damaged' });
  });
});

test('behind a signature nothing may stand beside its place', async () => {
  const signed = handSign(samplePdf(), { cms });
  const updated = appendUpdate(signed, { 30: '(new)', 31: '(newer)' }).toString('latin1');
  const at = updated.lastIndexOf('xref\n', updated.lastIndexOf('startxref') - 1);
  const tail = updated
    .slice(at)
    .replace(/(\d{10}) 00000 n/g, (_, offset) => `${String(Number(offset) + 2).padStart(10, '0')} 00000 n`);
  const report = await verify(Buffer.from(`${updated.slice(0, at)}${tail}`, 'latin1'));
  expect(report).toMatchObject({
    verdict: 'invalid',
    signatures: [{ reasons: ['changed-after-signing', 'unexplained-bytes'] }],
  });
});
