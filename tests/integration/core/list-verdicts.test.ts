import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { TestProvince } from '../server/test-province.ts';
import { soundReport, TestDesk } from './test-desk.ts';

/** Verifying takes until the test lets go; which files were begun with, by their paths. */
class SlowVerifier {
  readonly begun: string[] = [];
  readonly #release = Promise.withResolvers<void>();
  #bad = '';

  verifyPdf = async (path: string): Promise<VerificationReport> => {
    this.begun.push(path);
    await this.#release.promise;
    return path === this.#bad ? { verdict: 'invalid', signatures: [] } : soundReport;
  };

  letGo(bad: string): void {
    this.#bad = bad;
    this.#release.resolve();
  }
}

let province: TestProvince;
let clerk: TestDesk;
const verifier = new SlowVerifier();

beforeEach(async () => {
  province = await (await TestProvince.create(4)).start();
  for (const draft of await province.drafts()) await province.approve(draft);
  clerk = await TestDesk.create(province, 'clerk', { parts: { verifyPdf: verifier.verifyPdf } });
});
afterEach(async () => {
  await clerk.remove();
  await province.remove();
});

test('a list waits for no verdict; the document that somebody opens comes first, and each verdict arrives', async () => {
  await clerk.signIn();
  const cards = () => clerk.core.documents.list('toIssue');
  await clerk.until(() => cards().length === 4 && verifier.begun.length > 0);
  const last = cards().at(-1);
  if (!last) throw new Error('no card');
  const opened = await clerk.until(async () => {
    const shown = await clerk.core.show(last.id);
    return shown.fileHeld && shown;
  });
  expect(opened.verification).toBeNull();
  expect(cards().map(({ verdict }) => verdict)).toEqual([null, null, null, null]);
  expect(verifier.begun).toHaveLength(1);
  verifier.letGo(verifier.begun[0] ?? '');
  await clerk.until(() => cards().every(({ verdict }) => verdict !== null));
  // Unless it was the one that had been begun with already.
  const digest = opened.file?.digest ?? 'none';
  expect(verifier.begun.slice(0, 2).some((path) => path.includes(digest))).toBe(true);
  expect(
    cards()
      .map(({ verdict }) => verdict)
      .toSorted(),
  ).toEqual(['invalid', 'valid', 'valid', 'valid']);
});
