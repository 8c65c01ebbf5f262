import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { antin } from '../conformance/cli-call.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { failureOf, MisbehavingDesk } from './token-misbehaving-desk.ts';

/** A try costs one of three: none is made that the person didn't ask for, and nothing else is called a wrong PIN. */

let lab: Lab;
let desk: MisbehavingDesk;

const patience = { pinPadLogin: 3_000, login: 3_000 };

beforeAll(async () => {
  lab = await startLab();
  desk = await MisbehavingDesk.open(lab, 'leader');
  await desk.restart(patience);
});

afterAll(async () => {
  await desk.close();
  expect(desk.alive()).toEqual([]);
  await lab.close();
});

beforeEach(async () => {
  await desk.works();
  await desk.client.logout();
  desk.misbehaviour.forget();
});

afterEach(async () => {
  desk.set({});
  await desk.misbehaviour.close();
});

const tries = () => desk.misbehaviour.calls('C_Login');
const wrongPin = () => `${desk.pin.slice(1)}x`;

describe('a locked token', () => {
  test('is never asked: not for a login, not for another PIN', async () => {
    desk.set({ flags: ['pinLocked'] });
    expect((await desk.list()).tokens).toMatchObject([{ flags: { pinLocked: true } }]);
    expect((await failureOf(desk.login()))?.code).toBe('token-locked');
    expect((await failureOf(desk.login(desk.pin, true)))?.code).toBe('token-locked');
    expect((await failureOf(desk.changePin()))?.code).toBe('token-locked');
    expect([tries(), desk.misbehaviour.calls('C_SetPIN')]).toEqual([0, 0]);
  });

  test('that locks with this very try says so', async () => {
    desk.set({ calls: { C_Login: 'CKR_PIN_LOCKED' } });
    expect((await failureOf(desk.login()))?.code).toBe('token-locked');
    expect(tries()).toBe(1);
  });
});

describe('the last try', () => {
  test('is made only once it is confirmed', async () => {
    desk.set({ flags: ['pinCountLow', 'pinFinalTry'] });
    expect((await failureOf(desk.login()))?.code).toBe('pin-last-try');
    expect((await failureOf(desk.changePin()))?.code).toBe('pin-last-try');
    expect([tries(), desk.misbehaviour.calls('C_SetPIN')]).toEqual([0, 0]);
    await desk.login(desk.pin, true);
    expect(tries()).toBe(1);
    await desk.sign();
  });

  test('is told after a miss', async () => {
    desk.set({ flags: ['pinCountLow', 'pinFinalTry'] });
    expect(await failureOf(desk.login(wrongPin(), true))).toMatchObject({
      code: 'pin-incorrect',
      params: { triesLow: true, finalTry: true },
    });
    expect(tries()).toBe(1);
  });
});

describe('a wrong PIN', () => {
  test('costs exactly one try in a batch of five files', async () => {
    const folder = await mkdtemp(join(lab.dir, 'batch-'));
    const out = join(folder, 'out');
    await mkdir(out);
    const { decision, officialLetter, proposal, appendix } = lab.papers.documents;
    const files = [decision, officialLetter, proposal, appendix, lab.papers.odd.vietnameseName];
    const key = ['--module', desk.modulePath, '--token', desk.token.serial, '--pin-env', 'TEST_PIN'];
    const call = (pin: string) =>
      antin(['sign', ...files, '--out', out, ...key, '--json'], {
        env: { ...desk.environment, TEST_PIN: pin },
      });
    const refused = await call(wrongPin());
    expect(refused.code).toBe(1);
    expect(refused.json).toHaveLength(5);
    for (const line of refused.json)
      expect(line).toMatchObject({ ok: false, error: { code: 'pin-incorrect' } });
    expect(tries()).toBe(1);
    expect(await readdir(out)).toEqual([]);
    desk.misbehaviour.forget();
    const signed = await call(desk.pin);
    expect(signed.code).toBe(0);
    expect(tries()).toBe(1);
    expect(await readdir(out)).toHaveLength(5);
  });

  test('costs one try where the PIN is to be changed', async () => {
    const { modulePath, tokenSerial } = desk.key;
    const [oldPin, newPin] = [await desk.seal(wrongPin()), await desk.seal('Another1Pin2')];
    const change = { modulePath, tokenSerial, oldPin, newPin, lastTryConfirmed: false };
    expect((await failureOf(desk.client.changePin(change)))?.code).toBe('pin-incorrect');
    expect(tries() + desk.misbehaviour.calls('C_SetPIN')).toBe(1);
  });

  test('that was typed once is tried once, also where the driver hangs over it', async () => {
    desk.set({ calls: { C_Login: 'hang' } });
    expect((await failureOf(desk.login(wrongPin())))?.code).toBe('token-timeout');
    desk.set({});
    expect((await failureOf(desk.sign()))?.code).toBe('login-required');
    expect((await desk.list()).tokens).toMatchObject([{ loggedIn: false }]);
    expect(tries()).toBe(1);
  });
});

describe('what C_Login returns', () => {
  const pkcs11 = createRequire(import.meta.url)('pkcs11js') as Record<string, unknown>;
  const aboutPins = /^CKR_PIN_(INCORRECT|INVALID|LEN_RANGE)$/;
  const values = Object.keys(pkcs11).filter(
    (name): name is `CKR_${string}` => name.startsWith('CKR_') && name !== 'CKR_OK',
  );

  test('is called a wrong PIN only where the standard means one', async () => {
    expect(values.length).toBeGreaterThan(80);
    const called: string[] = [];
    for (const value of values) {
      desk.set({ calls: { C_Login: value } });
      const failed = await failureOf(desk.login());
      expect(failed, value).not.toBeNull();
      expect(failed?.code, value).not.toBe('internal');
      if (failed?.code === 'pin-incorrect') called.push(value);
      if (failed?.code === 'token-failed')
        expect(failed.params).toMatchObject({ function: 'C_Login', returnValue: value });
    }
    expect(called.filter((value) => !aboutPins.test(value))).toEqual([]);
    expect(tries()).toBe(values.length);
    expect(desk.connections.length).toBeLessThan(5);
  });

  test('as FUNCTION_FAILED is a fault of the device', async () => {
    desk.set({ calls: { C_Login: 'CKR_FUNCTION_FAILED' } });
    expect(await failureOf(desk.login())).toMatchObject({
      code: 'token-failed',
      params: { function: 'C_Login', returnValue: 'CKR_FUNCTION_FAILED' },
    });
    expect(tries()).toBe(1);
    expect((await desk.list()).tokens).toMatchObject([{ loggedIn: false }]);
  });
});

describe('a token with a PIN pad', () => {
  test('is logged in to by what is typed on it, for any number of signatures', async () => {
    await desk.misbehaviour.pinPad(() => desk.pin);
    desk.set({ flags: ['protectedPath'] });
    expect((await desk.list()).tokens).toMatchObject([{ flags: { protectedPath: true } }]);
    await desk.login(null);
    await desk.sign();
    await desk.sign();
    expect(tries()).toBe(1);
  });

  test('tells a miss and a cancel apart', async () => {
    desk.set({ flags: ['protectedPath'] });
    await desk.misbehaviour.pinPad(wrongPin);
    expect((await failureOf(desk.login(null)))?.code).toBe('pin-incorrect');
    await desk.misbehaviour.pinPad(() => '');
    expect((await failureOf(desk.login(null)))?.code).toBe('cancelled');
    expect(tries()).toBe(2);
  });

  test('at which nobody types is given up at the deadline', async () => {
    await desk.misbehaviour.pinPad(() => new Promise(() => undefined));
    desk.set({ flags: ['protectedPath'] });
    expect((await failureOf(desk.login(null)))?.code).toBe('token-timeout');
    expect(tries()).toBe(1);
  });

  test('has its PIN changed on it', async () => {
    const typed: string[] = [];
    const pin = `${desk.pin.slice(1)}7`;
    await desk.misbehaviour.pinPad((what) => {
      typed.push(what);
      return what === 'new' ? pin : desk.pin;
    });
    desk.set({ flags: ['protectedPath'] });
    const { modulePath, tokenSerial } = desk.key;
    const change = { modulePath, tokenSerial, oldPin: null, newPin: null, lastTryConfirmed: false };
    await desk.client.changePin(change);
    expect(typed).toEqual(['old', 'new']);
    desk.pin = pin;
    await desk.works();
  });

  test('that a token doesn’t have is not waited for', async () => {
    expect((await failureOf(desk.login(null)))?.code).toBe('pin-missing');
    expect(tries()).toBe(0);
  });
});

describe('a PIN that must be changed first', () => {
  test('is told before a login and by one', async () => {
    desk.set({ flags: ['pinToBeChanged'], calls: { C_Login: 'CKR_PIN_EXPIRED' } });
    expect((await desk.list()).tokens).toMatchObject([{ flags: { pinToBeChanged: true } }]);
    expect((await failureOf(desk.login()))?.code).toBe('pin-must-change');
    expect(tries()).toBeLessThanOrEqual(1);
    desk.set({ flags: ['pinToBeChanged'] });
    await desk.changePin();
    await desk.works();
  });
});

test('no PIN is written anywhere in the folder of rules and calls', async () => {
  await desk.works();
  for (const name of await readdir(desk.misbehaviour.folder)) {
    const text = await readFile(join(desk.misbehaviour.folder, name), 'latin1');
    expect(text.includes(desk.pin), name).toBe(false);
  }
});

test('a login that a driver won’t end lets no PIN pass unchecked', async () => {
  await desk.login();
  desk.misbehaviour.forget();
  const stuck = 'CKR_FUNCTION_FAILED';
  desk.set({ calls: { C_Logout: stuck, C_CloseSession: stuck } });
  for (const pin of [wrongPin(), desk.pin]) {
    expect(await failureOf(desk.login(pin))).toMatchObject({
      ...{ code: 'token-failed', params: { function: 'C_Logout' } },
    });
  }
  expect(tries()).toBe(0);
  desk.set({});
  await desk.restart(patience);
});
