import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { Rules } from '../lab/misbehaving/rules.ts';
import { failureOf, MisbehavingDesk } from './token-misbehaving-desk.ts';

/** Signatures that don't come, or come wrong: nothing is written, and one login is all that anybody pays. */

let lab: Lab;
let desk: MisbehavingDesk;
let folder: string;

beforeAll(async () => {
  lab = await startLab();
  desk = await MisbehavingDesk.open(lab, 'leader');
});

afterAll(async () => {
  await desk.close();
  expect(desk.alive()).toEqual([]);
  await lab.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(lab.dir, 'signed-'));
  await desk.works();
  desk.misbehaviour.forget();
});

afterEach(() => desk.set({}));

async function signFile(name: string): Promise<string> {
  const target = join(folder, name);
  await signPdf({
    source: lab.papers.documents.decision,
    target,
    signer: await desk.client.signer(desk.key, [lab.pki.issuing]),
    stamp: { kind: 'plain' },
  });
  return target;
}

const sourceBytes = () => readFile(lab.papers.documents.decision);

async function signFiles(count: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let number = 1; number <= count; number++)
    outcomes.push((await failureOf(signFile(`${number}.pdf`)))?.code ?? 'signed');
  return outcomes;
}

describe('a token that is pulled out at the third of five signatures', () => {
  test('leaves two whole files and nothing else, and is not logged in to behind a person’s back', async () => {
    desk.set({ calls: { 'C_Sign 3': 'remove' } });
    const outcomes = await signFiles(5);
    expect(outcomes.slice(0, 3)).toEqual(['signed', 'signed', 'token-removed']);
    for (const code of outcomes.slice(3))
      expect(code).toMatch(/^(token-removed|token-missing|login-required)$/);
    expect((await readdir(folder)).sort()).toEqual(['1.pdf', '2.pdf']);
    for (const name of ['1.pdf', '2.pdf']) {
      const { verdict } = await verifyPdf(join(folder, name), { anchors: lab.anchors, offline: true });
      expect(verdict).not.toBe('invalid');
    }
    expect((await desk.list()).tokens).toEqual([]);
    desk.set({});
    expect((await desk.list()).tokens).toMatchObject([{ serial: desk.token.serial, loggedIn: false }]);
    expect((await failureOf(desk.sign()))?.code).toBe('login-required');
    expect(desk.misbehaviour.calls('C_Login')).toBe(0);
    await desk.login();
    await desk.sign();
    expect(desk.misbehaviour.calls('C_Login')).toBe(1);
  });

  test('is told as removed also where the driver has its own words for it', async () => {
    for (const word of ['CKR_DEVICE_REMOVED', 'CKR_TOKEN_NOT_PRESENT', 'CKR_SLOT_ID_INVALID'] as const) {
      desk.set({ calls: { C_Sign: word } });
      expect((await failureOf(desk.sign()))?.code).toBe('token-removed');
      await desk.works();
    }
  });
});

const wrong: Record<string, Rules> = {
  'too short': { calls: { C_Sign: { size: 255 } } },
  'too long': { calls: { C_Sign: { size: 257 } } },
  empty: { calls: { C_Sign: { size: 0 } } },
  'as long as the buffer': { calls: { C_Sign: { size: 1024 } } },
  'said to be 2 GiB long': { calls: { C_Sign: { length: 2 ** 31 } } },
  'said to be as long as a number can tell': { calls: { C_Sign: { length: 2n ** 64n - 1n } } },
  'all zeros': { calls: { C_Sign: 'zeros' } },
  'by another key': { calls: { C_SignInit: 'other-key' } },
};

describe.each(Object.entries(wrong))('a signature %s', (_, rules) => {
  test('is a mismatch, nothing is written, and the login serves the next one', async () => {
    desk.set(rules);
    const source = await sourceBytes();
    expect((await failureOf(desk.sign()))?.code).toBe('signature-mismatch');
    expect((await failureOf(signFile('wrong.pdf')))?.code).toBe('signature-mismatch');
    expect(await readdir(folder)).toEqual([]);
    expect((await sourceBytes()).equals(source)).toBe(true);
    desk.set({});
    expect(await signFiles(1)).toEqual(['signed']);
    expect(desk.misbehaviour.calls('C_Login')).toBe(0);
  });
});

describe('a signature that fails', () => {
  test('costs one document of five, not the login', async () => {
    desk.set({ calls: { 'C_Sign 2': 'CKR_DEVICE_ERROR' } });
    expect(await signFiles(5)).toEqual(['signed', 'token-failed', 'signed', 'signed', 'signed']);
    expect((await readdir(folder)).sort()).toEqual(['1.pdf', '3.pdf', '4.pdf', '5.pdf']);
    expect(desk.misbehaviour.calls('C_Login')).toBe(0);
  });

  test('and leaves its operation active, against the standard, costs no more', async () => {
    desk.set({ calls: { 'C_Sign 2': 'CKR_DEVICE_ERROR' }, leavesOperation: true });
    expect(await signFiles(4)).toEqual(['signed', 'token-failed', 'signed', 'signed']);
    expect(desk.misbehaviour.calls('C_Login')).toBe(0);
  });

  test('in a way of the maker’s own is told by its number', async () => {
    desk.set({ calls: { C_Sign: { returns: 0x80000123 } } });
    expect(await failureOf(desk.sign())).toMatchObject({
      code: 'token-failed',
      params: { function: 'C_Sign', returnValue: '0x80000123' },
    });
  });

  test('with the process leaves no file, not even a part of one', async () => {
    desk.set({ calls: { 'C_Sign 2': 'crash' } });
    const [first, second] = await signFiles(2);
    expect([first, second]).toEqual(['signed', 'token-stopped']);
    expect(await readdir(folder)).toEqual(['1.pdf']);
  });

  test('slowly, but within its deadline, works', async () => {
    desk.set({ calls: { C_Sign: { slowMs: 1_500 } } });
    expect(await signFiles(1)).toEqual(['signed']);
  });
});

describe('a session that the driver has lost', () => {
  test.each(['CKR_SESSION_HANDLE_INVALID', 'CKR_SESSION_CLOSED', 'CKR_USER_NOT_LOGGED_IN'] as const)(
    '%s asks for a login and makes none',
    async (returnValue) => {
      desk.set({ calls: { C_SignInit: returnValue } });
      expect((await failureOf(desk.sign()))?.code).toBe('login-required');
      expect(desk.misbehaviour.calls('C_Login')).toBe(0);
    },
  );
});

describe('a token with mechanisms of its own', () => {
  const CKM_SHA256_RSA_PKCS = 0x40;
  const CKM_AES_CBC = 0x1082;

  test('is signed with by the one that it has', async () => {
    await desk.client.logout();
    desk.set({ mechanisms: [CKM_SHA256_RSA_PKCS] });
    await desk.login();
    expect(await signFiles(1)).toEqual(['signed']);
  });

  test('is not asked for a signature that it can’t make', async () => {
    await desk.client.logout();
    desk.set({ mechanisms: [CKM_AES_CBC] });
    await desk.login();
    expect(await signFiles(1)).toEqual(['mechanism-unsupported']);
    expect(desk.misbehaviour.calls('C_Sign')).toBe(0);
    await desk.client.logout();
  });
});

describe('a key that wants its PIN for each signature', () => {
  beforeEach(async () => {
    await desk.client.logout();
    desk.set({ alwaysAuthenticate: true });
    await desk.login();
    desk.misbehaviour.forget();
  });

  test('gets it once for each', async () => {
    const pin = await desk.seal(desk.pin);
    for (let number = 0; number < 3; number++) await desk.sign({ pin });
    expect(desk.misbehaviour.calls('C_Login')).toBe(3);
    expect(desk.misbehaviour.calls('C_Sign')).toBe(3);
  });

  test('is not asked without', async () => {
    expect((await failureOf(desk.sign()))?.code).toBe('pin-missing');
    expect(desk.misbehaviour.calls('C_Login')).toBe(0);
    await desk.sign({ pin: await desk.seal(desk.pin) });
  });

  test('costs one try where it is wrong, however often it is asked for', async () => {
    const pin = await desk.seal(`${desk.pin.slice(1)}x`);
    for (let number = 0; number < 3; number++)
      expect((await failureOf(desk.sign({ pin })))?.code).toBe('pin-incorrect');
    expect(desk.misbehaviour.calls('C_Login')).toBe(1);
    await desk.sign({ pin: await desk.seal(desk.pin) });
  });

  test('fails as told where the login for it does', async () => {
    const pin = await desk.seal(desk.pin);
    desk.set({ alwaysAuthenticate: true, calls: { C_Login: 'CKR_FUNCTION_FAILED' } });
    expect(await failureOf(desk.sign({ pin }))).toMatchObject({
      code: 'token-failed',
      params: { function: 'C_Login', returnValue: 'CKR_FUNCTION_FAILED' },
    });
    desk.set({ alwaysAuthenticate: true });
    await desk.sign({ pin });
  });
});
