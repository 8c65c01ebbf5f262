import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeskDocument } from '../../../contract/desktop.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { TestProvince } from '../server/test-province.ts';
import { soundReport, TestDesk } from './test-desk.ts';

const day = 86_400_000;
const pieces = { certificates: [new Uint8Array([1])], ocsps: [new Uint8Array([2])], crls: [] };
/** What a certificate's end makes of a signature without a time stamp. */
const expired: VerificationReport = {
  verdict: 'indeterminate',
  signatures: soundReport.signatures.map((signature) => ({
    ...signature,
    ...{ verdict: 'indeterminate' as const, reasons: ['certificate-expired' as const] },
  })),
};

let province: TestProvince;
let commune: TestDesk;
let verdict: VerificationReport;
let later: number;

beforeEach(async () => {
  [verdict, later] = [soundReport, 0];
  province = await (await TestProvince.create(1)).start();
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  await province.issue(await province.number(await province.approve(draft)));
  commune = await TestDesk.create(province, 'communeClerk', {
    parts: {
      now: () => new Date(Date.now() + later),
      verifyPdf: async (_, { onEvidence }) => {
        onEvidence?.(pieces);
        return verdict;
      },
    },
  });
  await commune.signIn();
});
afterEach(async () => {
  await commune.remove();
  await province.remove();
});

/** The document that arrived, once today's verdict on it is this one. */
function arrived(wanted: VerificationReport['verdict']): Promise<DeskDocument> {
  return commune.until(async () => {
    const [card] = commune.core.documents.list('incoming');
    const shown = card && (await commune.core.show(card.id));
    return shown?.verification?.verdict === wanted && shown;
  });
}

async function again(): Promise<void> {
  await commune.close();
  await commune.open();
  await commune.signIn();
}

test('evidence outlives restart, outage and the certificate’s end; destroyed, it stays so', async () => {
  const { evidence, document } = await arrived('valid');
  expect(evidence).toMatchObject({ verdict: 'valid', certificates: 1, ocsps: 1, crls: 0 });
  // The signer’s certificate has ended; the clerk’s own must be in date by both clocks.
  [verdict, later] = [expired, 2 * day];
  await again();
  expect((await arrived('indeterminate')).evidence).toEqual(evidence);
  await province.stop();
  expect((await arrived('indeterminate')).evidence).toEqual(evidence);

  await commune.core.reports.destroyEvidence(document.id);
  expect((await commune.core.show(document.id)).evidence).toBeNull();
  await expect(commune.core.reports.destroyEvidence(document.id)).rejects.toMatchObject({
    code: 'document-state',
  });
  later += day;
  expect((await arrived('indeterminate')).evidence).toBeNull();
});
