import { setTimeout } from 'node:timers/promises';
import pkcs11 from 'pkcs11js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ModuleInfo } from '../../contract/token.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { Rules } from '../lab/misbehaving/rules.ts';
import { failureOf, MisbehavingDesk, peakMemory } from './token-misbehaving-desk.ts';

/** What a module may say of itself and its token: shown clean, bounded in memory and time, never believed. */

const patience = { probe: 8_000, list: 8_000 };

let lab: Lab;
let desk: MisbehavingDesk;

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

beforeEach(() => {
  desk.set({});
  desk.misbehaviour.forget();
});

afterEach(() => desk.set({}));

let names = 0;

/** A label that no token had before: what a token says is kept for as long as it looks the same. */
function newName(): Buffer {
  names += 1;
  return Buffer.from(`Token ${names}`);
}

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const labels: Record<string, { label: Buffer; shown: RegExp }> = {
  'that is no UTF-8': { label: bytes('Ban ', [0xff, 0xfe, 0xc3, 0x28], ' A'), shown: /^Ban .* A$/ },
  'cut inside a character': { label: bytes('a'.repeat(31), [0xe1]), shown: /^a{31}\uFFFD?$/ },
  'without an end': { label: bytes('x'.repeat(32)), shown: /^x{32}$/ },
  'ended by a zero, with what lay behind it': { label: bytes('Tài\0rác'), shown: /^Tài/ },
  'full of control characters': { label: bytes('\x1b[2J\x07A\r\nB\t\x7fC'), shown: /A.*B.*C$/ },
  'that turns the reading direction': { label: bytes('\u202Egnp.nib\u2066'), shown: /^gnp\.nib$/ },
  'of zeros': { label: Buffer.alloc(32), shown: /^$/ },
};

/** Everything that a person might read of a module, in one text. */
function textsOf(module: ModuleInfo): string {
  const tokens = module.tokens.map(({ label, serial, manufacturer, model }) => [
    ...[label, serial, manufacturer, model],
  ]);
  return [module.description, ...tokens.flat()].join('\n');
}

describe.each(Object.entries(labels))('a label %s', (_, { label, shown }) => {
  test('arrives clean, in every field', async () => {
    desk.set({ looks: { label, manufacturer: label, model: label.subarray(0, 16), description: label } });
    const module = await desk.list();
    expect(module).toMatchObject({ ok: true, error: null });
    expect(module.tokens[0]?.label).toMatch(shown);
    expect(textsOf(module)).not.toMatch(/[^\P{C}\n]/u);
    // What it is called changes nothing for what it can do.
    await desk.login();
    await desk.sign();
  });
});

test('a hostile serial number still names the token that it came from', async () => {
  desk.set({ looks: { serial: bytes('\x1b]0;\u202E', [0xff], '42') } });
  const serial = (await desk.list()).tokens[0]?.serial ?? '';
  expect(serial).not.toMatch(/\p{C}/u);
  const key = { ...desk.key, tokenSerial: serial };
  expect((await desk.client.certificate(key)).fingerprint256).toBe(desk.token.certificate.fingerprint256);
});

const most = 2n ** 64n - 1n;

/** Answers that are an error or nothing; a token may be listed, but without what can't be read. */
const absurd: Record<string, Rules> = {
  'four million slots': { calls: { C_GetSlotList: { count: 4_000_000 } } },
  'four million slots where one was announced': { calls: { 'C_GetSlotList 2': { count: 4_000_000 } } },
  '2^31 slots': { calls: { C_GetSlotList: { count: 2 ** 31 } } },
  'CK_UNAVAILABLE_INFORMATION slots': { calls: { C_GetSlotList: { count: most } } },
  'four million mechanisms': { calls: { C_GetMechanismList: { count: 4_000_000 } } },
  'CK_UNAVAILABLE_INFORMATION mechanisms': { calls: { C_GetMechanismList: { count: most } } },
  'objects without end': { calls: { C_FindObjects: { count: 32 } } },
  'four million objects at once': { calls: { C_FindObjects: { count: 4_000_000 } } },
  'CK_UNAVAILABLE_INFORMATION objects': { calls: { C_FindObjects: { count: most } } },
  'a certificate of 2 GiB': { attributes: { [pkcs11.CKA_VALUE]: { length: 2 ** 31 } } },
  'a certificate of 2^63 bytes': { attributes: { [pkcs11.CKA_VALUE]: { length: 2n ** 63n } } },
  'a certificate of CK_UNAVAILABLE_INFORMATION': { attributes: { [pkcs11.CKA_VALUE]: { length: most } } },
  'a certificate of 10 MB': { attributes: { [pkcs11.CKA_VALUE]: { bytes: 10_000_000 } } },
  'a certificate that is no DER': { attributes: { [pkcs11.CKA_VALUE]: { bytes: 900 } } },
  'a certificate that says it is longer': {
    attributes: { [pkcs11.CKA_VALUE]: { value: Buffer.from('308400ffffff020101', 'hex') } },
  },
  'a certificate without content': { attributes: { [pkcs11.CKA_VALUE]: { bytes: 0 } } },
  'a certificate that it won’t give': { attributes: { [pkcs11.CKA_VALUE]: { unavailable: true } } },
  'an identifier of 2 GiB': { attributes: { [pkcs11.CKA_ID]: { length: 2 ** 31 } } },
  'PINs of CK_UNAVAILABLE_INFORMATION': { pinLength: { min: most, max: most } },
};

/** The most memory that any token process has while a call runs, in MiB. */
async function peakDuring(call: Promise<unknown>): Promise<number> {
  let peak = 0;
  let running = true;
  const settled = call.finally(() => {
    running = false;
  });
  while (running) {
    for (const pid of desk.alive()) peak = Math.max(peak, peakMemory(pid));
    await Promise.race([settled.catch(() => undefined), setTimeout(10)]);
  }
  await settled;
  return peak;
}

describe.each(Object.entries(absurd))('a module that reports %s', (_, rules) => {
  test('is an error or shows less, in bounded memory and time', async () => {
    await desk.works();
    await desk.client.logout();
    desk.set({ looks: { label: newName() }, ...rules });
    const begun = performance.now();
    const listing = desk.list();
    const peak = await peakDuring(listing);
    const module = await listing;
    expect(performance.now() - begun).toBeLessThan(20_000);
    // Memory that a process once had is counted as long as it lives.
    if (peak > 200) await desk.restart(patience);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(300);
    expect(module.tokens.length).toBeLessThanOrEqual(64);
    expect(module.error?.code).not.toBe('internal');
    const believed = module.tokens.flatMap(({ certificates }) => certificates);
    for (const { serial } of believed) expect(serial).toBe(desk.token.certificate.serialNumber);
    await desk.works();
  });
});

describe('a function that isn’t there', () => {
  test.each(['C_GetInfo', 'C_GetSlotList', 'C_OpenSession'] as const)(
    '%s costs a process, not more',
    async (name) => {
      // The function list is read when the module is loaded.
      await desk.restart(patience);
      desk.set({ calls: { [name]: 'missing' } });
      expect((await desk.list()).error?.code).toMatch(/^module-/);
      desk.set({});
      await desk.works();
    },
  );
});

describe('a token that comes and goes', () => {
  const present = async () => (await desk.list()).tokens.length === 1;

  test('is seen by a module that tells at once, without starting it anew', async () => {
    // By its name a module of a maker whose modules do (native/token/module-table.ts).
    const quick = await MisbehavingDesk.open(lab, 'leader', 'libcastle.so');
    try {
      expect((await quick.list()).tokens).toHaveLength(1);
      quick.set({ removed: true });
      expect((await quick.list()).tokens).toHaveLength(0);
      quick.set({});
      expect((await quick.list()).tokens).toHaveLength(1);
      expect(quick.misbehaviour.calls('C_Finalize')).toBe(0);
    } finally {
      await quick.close();
      Object.assign(process.env, desk.environment);
    }
  });

  test('is seen by a module that must be started anew for it', async () => {
    desk.set({ needsRestart: true });
    expect(await present()).toBe(true);
    desk.set({ needsRestart: true, removed: true });
    expect(await present()).toBe(false);
    desk.set({ needsRestart: true });
    await expect.poll(present, { timeout: 10_000 }).toBe(true);
    expect(desk.misbehaviour.calls('C_Finalize')).toBeGreaterThan(0);
  });

  test('is found by a login where a list hasn’t looked yet', async () => {
    desk.set({ needsRestart: true, removed: true });
    expect(await present()).toBe(false);
    desk.set({ needsRestart: true });
    await desk.login();
    await desk.sign();
  });

  test('takes its login with it, also between two looks', async () => {
    await desk.login();
    await desk.sign();
    desk.set({ removed: true });
    expect((await failureOf(desk.sign()))?.code).toMatch(/^token-removed$/);
    desk.set({});
    expect((await failureOf(desk.sign()))?.code).toBe('login-required');
    expect(desk.misbehaviour.calls('C_Login')).toBe(1);
  });
});
