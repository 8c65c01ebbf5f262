import { sign } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { validateCertificate, verifyPdf } from '../../../native/verification/index.ts';
import { Authority, type Identity } from '../server/identities.ts';
import { decidedOn, TestProvince } from '../server/test-province.ts';
import { draftPdf } from './draft-pdf.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

/** NĐ 30/2020 Đ32.2: no seal without the authorised person's signature, whatever a server has let through. */

const agency = { key: SoftwareToken.key('02') };
const approval = { kind: 'approval' } as const;
const initial = { kind: 'initial', answersFor: 'content' } as const;

let province: TestProvince;
let clerk: TestDesk;
let files = 0;

const at = (name: string) => join(province.dir, name);

function signerOf({ certificate, key }: Identity): Signer {
  return {
    ...{ certificate, chain: [] },
    sign: async (algorithm, data) => sign(algorithm, data, { key, dsaEncoding: 'der' }),
  };
}

/** The draft as these people signed it, one after the other. */
async function signedBy(...steps: readonly (readonly [Identity, Stamp])[]): Promise<Buffer> {
  let source = at('draft-0.pdf');
  for (const [identity, stamp] of steps) {
    const target = at(`signed-${files++}.pdf`);
    await signPdf({ source, target, signer: signerOf(identity), stamp });
    source = target;
  }
  return readFile(source);
}

/**
 * A server that checks nothing takes this for what the leader approved; the document waits for the seal at the
 * clerk's desk.
 */
async function waitingForSeal(bytes: Buffer): Promise<OutgoingDocument> {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const file = await province.upload('leader', new Uint8Array(bytes));
  const approved = await (await province.as('leader')).documents.approve({ ...decidedOn(draft), file });
  const numbered = await province.number(approved);
  await clerk.untilState(numbered.id, 'awaitingSeal');
  return numbered;
}

async function refusalOf(bytes: Buffer): Promise<unknown> {
  const { id } = await waitingForSeal(bytes);
  const before = clerk.token.signatures;
  const refused = await clerk.sign(id, 'seal', agency).then(
    () => 'sealed',
    ({ code, params }) => ({ code, params }),
  );
  expect(clerk.token.signatures - before).toBe(refused === 'sealed' ? 1 : 0);
  expect((await clerk.core.show(id)).task).toBe(refused === 'sealed' ? 'issue' : 'seal');
  return refused;
}

beforeEach(async () => {
  province = await TestProvince.create(1);
  await writeFile(at('draft-0.pdf'), draftPdf());
  await province.start({ signedFileCheck: { check: async () => undefined, findings: async () => [] } });
  clerk = await TestDesk.create(province, 'clerk', { parts: { signPdf, verifyPdf, validateCertificate } });
  await clerk.signIn();
});
afterEach(async () => {
  await clerk.remove();
  await province.remove();
});

test('the registered leader’s approval: sealed', async () => {
  expect(await refusalOf(await signedBy([province.identities.leader, approval]))).toBe('sealed');
});

test('after an initial by somebody else: sealed', async () => {
  const { leader, specialist } = province.identities;
  expect(await refusalOf(await signedBy([specialist, initial], [leader, approval]))).toBe('sealed');
});

test('nobody’s signature', async () => {
  const unsigned = Buffer.concat([draftPdf(), Buffer.from('% nothing\n')]);
  expect(await refusalOf(unsigned)).toEqual({ code: 'approval-missing', params: {} });
});

test('an initial only, though it is the leader’s', async () => {
  const initialled = await signedBy([province.identities.leader, initial]);
  expect(await refusalOf(initialled)).toEqual({
    code: 'approval-missing',
    params: { reason: 'initial-only' },
  });
});

test('a stranger’s', async () => {
  await mkdir(at('rogue'));
  const stranger = await (await Authority.create(at('rogue'))).issue('leader');
  expect(await refusalOf(await signedBy([stranger, approval]))).toMatchObject({
    code: 'approval-unregistered',
  });
});

test('by a colleague, and by somebody of another agency', async () => {
  const { communeClerk } = province.identities;
  expect(await refusalOf(await signedBy([communeClerk, approval]))).toMatchObject({
    code: 'approval-unregistered',
    params: { signer: expect.stringContaining('communeClerk') },
  });
});

test('the leader’s, before more was filled in', async () => {
  const { leader, specialist } = province.identities;
  const signed = await signedBy(
    [leader, approval],
    [specialist, { kind: 'seal', number: '07/QĐ-STN', date: '2026-11-22' }],
  );
  expect(await refusalOf(signed)).toEqual({
    code: 'approval-unsound',
    params: { reason: 'approval-outdated' },
  });
});

test('the leader’s, broken since: no number to begin with, and no seal', async () => {
  const signed = await signedBy([province.identities.leader, approval]);
  const broken = Buffer.from(signed.toString('latin1').replace('Noi dung', 'Noi dunk'), 'latin1');
  expect(await refusalOf(broken)).toMatchObject({ code: 'document-unsound' });
});
