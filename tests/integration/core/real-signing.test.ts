import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { validateCertificate, verifyPdf } from '../../../native/verification/index.ts';
import { TestProvince, type Who } from '../server/test-province.ts';
import { draftPdf } from './draft-pdf.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

let province: TestProvince;
const desks: TestDesk[] = [];

async function desk(who: Who): Promise<TestDesk> {
  const made = await TestDesk.create(province, who, { parts: { signPdf, verifyPdf, validateCertificate } });
  desks.push(made);
  return made.signIn();
}

beforeEach(async () => {
  province = await TestProvince.create(1);
  await writeFile(join(province.dir, 'draft-0.pdf'), draftPdf());
  // What a signature is worth is judged at this end here; the server's own check has its own tests.
  await province.start({ signedFileCheck: { check: async () => undefined, findings: async () => [] } });
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((each) => each.remove()));
  await province.remove();
});

test('signed and sealed for real: each revision a prefix of the next, and the seal leaves the approval as it was', async () => {
  const leader = await desk('leader');
  const { id } = await leader.until(() => leader.core.documents.list('toSign')[0]);
  const draft = await leader.until(async () => {
    const shown = await leader.core.show(id);
    return shown.fileHeld && shown;
  });
  const approved = await leader.sign(id, 'approve', { key: SoftwareToken.key('01') });
  expect(approved.document.state).toBe('awaitingNumber');
  const clerk = await desk('clerk');
  await clerk.untilState(id, 'awaitingNumber');
  await clerk.act(id, { act: 'assignNumber' });
  const sealed = await clerk.sign(id, 'seal', { key: SoftwareToken.key('02') });
  const verified = await clerk.until(async () => (await clerk.core.show(id)).verification ?? undefined);
  expect(verified.signatures).toHaveLength(2);
  for (const signature of verified.signatures)
    expect(signature).toMatchObject({ intact: true, trusted: true });
  expect(verified.signatures[0]?.changesAfter).toBe('formFilling');

  const files = await Promise.all([
    readAt(leader, draft.file?.digest),
    readAt(leader, approved.file?.digest),
    readAt(clerk, sealed.file?.digest),
  ]);
  for (const [index, file] of files.slice(1).entries()) {
    const before = files[index] ?? Buffer.alloc(0);
    expect(file.length).toBeGreaterThan(before.length);
    expect(file.subarray(0, before.length).equals(before)).toBe(true);
  }
});

test('the window is told where the signature will stand; a place beside the page is refused, and nothing is signed', async () => {
  const leader = await desk('leader');
  const { id } = await leader.until(() => leader.core.documents.list('toSign')[0]);
  const key = SoftwareToken.key('01');
  await leader.until(async () => (await leader.core.show(id)).fileHeld);
  const place = await leader.core.places.of(id, 'approve', key);
  expect(place).toMatchObject({ page: 1, isFixed: false });
  const box = { x: 190, y: 100, width: 50, height: 20 };
  const beside = leader.sign(id, 'approve', { key }, { page: 1, box });
  await expect(beside).rejects.toMatchObject({ code: 'input-invalid' });
  const nowhere = leader.sign(id, 'approve', { key }, { page: 2, box });
  await expect(nowhere).rejects.toMatchObject({ code: 'pdf-page-missing' });
  expect(leader.core.outbox.list()).toEqual([]);
  await leader.sign(id, 'approve', { key }, { page: 1, box: { ...box, x: 20 } });
  expect(leader.core.outbox.list()).toHaveLength(1);
});

async function readAt(
  at: TestDesk,
  digest: Parameters<TestDesk['core']['heldFiles']['locate']>[0] | undefined,
): Promise<Buffer> {
  if (!digest) throw new Error('no file');
  return readFile((await at.core.heldFiles.locate(digest)).path);
}
