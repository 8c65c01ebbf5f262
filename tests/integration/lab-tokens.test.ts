import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ForkedTokenHost } from '../../native/token/forked-token-host.ts';
import { TokenClient } from '../../native/token/token-client.ts';
import { type Lab, type PersonName, startLab } from '../lab/lab.ts';
import { buildMisbehavingModule, Misbehaviour } from '../lab/misbehaving/module.ts';
import { runProgram } from '../lab/program.ts';
import { personNames } from '../lab/province.ts';

/** The lab's tokens and the misbehaving module, by another program's word (OpenSC's pkcs11-tool). */

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
});

afterAll(() => lab.close());

async function pkcs11Tool(
  name: PersonName,
  args: readonly string[],
  modulePath = lab.modulePath,
  env: Record<string, string> = {},
): Promise<string> {
  const said = await runProgram('pkcs11-tool', ['--module', modulePath, ...args], {
    env: { SOFTHSM2_CONF: lab.people[name].machine.configuration, ...env },
  });
  return said.toString('utf8');
}

describe('tokens', () => {
  test('are in their owners’ machines, with the certificate beside the key', async () => {
    for (const name of personNames) {
      const { machine } = lab.people[name];
      const listed = await pkcs11Tool(name, ['--list-token-slots']);
      for (const { label, serial, certificateId } of machine.tokens) {
        expect(listed).toContain(label);
        expect(listed).toContain(serial);
        const objects = await pkcs11Tool(name, ['--token-label', label, '--list-objects']);
        expect(objects.match(new RegExp(`ID: +${certificateId}`, 'g'))?.length).toBeGreaterThanOrEqual(2);
      }
      expect(listed.match(/token initialized/g)).toHaveLength(machine.tokens.length);
    }
  });

  test('the clerk keeps a personal one and the agency’s', () => {
    expect(lab.people.clerk.machine.tokens.map(({ kind }) => kind)).toEqual(['personal', 'seal']);
    expect(lab.people.leader.seal).toBeNull();
  });

  test('come and go', async () => {
    const { machine, seal } = lab.people.clerk;
    process.env['SOFTHSM2_CONF'] = machine.configuration;
    const client = new TokenClient(new ForkedTokenHost());
    const serials = async () => (await client.list([lab.modulePath]))[0]?.tokens.map(({ serial }) => serial);
    try {
      expect(await serials()).toHaveLength(2);
      await machine.unplug('seal');
      await expect.poll(serials, { timeout: 10_000 }).toEqual([lab.people.clerk.token.serial]);
      await machine.unplug();
      await expect.poll(serials, { timeout: 10_000 }).toEqual([]);
      await machine.plugIn();
      await expect.poll(serials, { timeout: 10_000 }).toHaveLength(2);
      expect(await serials()).toContain(seal?.serial);
    } finally {
      await client.close();
    }
  });
});

describe('the misbehaving module', () => {
  let misbehaviour: Misbehaviour;
  let modulePath: string;

  beforeAll(async () => {
    misbehaviour = new Misbehaviour(join(lab.dir, 'misbehaving'));
    modulePath = await buildMisbehavingModule();
  });

  beforeEach(() => {
    misbehaviour.set({});
    misbehaviour.forget();
  });

  afterEach(() => misbehaviour.set({}));

  const list = () => pkcs11Tool('leader', ['--list-token-slots'], modulePath, { ...misbehaviour.env });

  test('told nothing is SoftHSM, and says what it was asked', async () => {
    expect(await list()).toBe(await pkcs11Tool('leader', ['--list-token-slots']));
    expect(misbehaviour.calls('C_Initialize')).toBe(1);
    expect(misbehaviour.called()).toContain('C_GetTokenInfo');
    expect(misbehaviour.calls('C_Login')).toBe(0);
  });

  test('is built once', async () => {
    expect(await buildMisbehavingModule()).toBe(modulePath);
  });

  test('looks as told', async () => {
    misbehaviour.set({
      looks: { label: Buffer.from('Con dấu lạ') },
      flags: ['pinLocked', 'protectedPath'],
      mechanisms: [0x40],
    });
    const shown = await list();
    expect(shown).toContain('Con dấu lạ');
    expect(shown).toContain('user PIN locked');
    expect(shown).toContain('PIN pad present');
    const mechanisms = await pkcs11Tool('leader', ['--list-mechanisms'], modulePath, misbehaviour.env);
    expect(mechanisms.match(/^ {2}[\w-]+/gm)).toEqual(['  SHA256-RSA-PKCS']);
  });

  test('counts from when the rules were set', async () => {
    misbehaviour.set({ calls: { 'C_Initialize 1': 'CKR_GENERAL_ERROR' } });
    await expect(list()).rejects.toThrow('CKR_GENERAL_ERROR');
    misbehaviour.set({ calls: { 'C_Initialize 2': 'CKR_GENERAL_ERROR' } });
    expect(await list()).toContain('token label');
    misbehaviour.set({ calls: { 'C_GetTokenInfo 1+': 'CKR_DEVICE_ERROR' } });
    expect(await list()).not.toContain('token label');
  });

  test('keeps a token out that was taken out, in every process', async () => {
    misbehaviour.set({ calls: { 'C_Initialize 1': 'remove' } });
    for (let time = 0; time < 2; time++) await expect(list()).rejects.toThrow('No slots');
    misbehaviour.set({});
    expect(await list()).toContain('token label');
  });

  describe('and C_WaitForSlotEvent', () => {
    /** Waits for one event in a process of its own; `event` is its number, an error's name, or null. */
    async function waiting(flags: number) {
      const child = fork(fileURLToPath(new URL('./lab-slot-event.ts', import.meta.url)), {
        execArgv: [],
        env: {
          PATH: process.env['PATH'],
          SOFTHSM2_CONF: lab.people.leader.machine.configuration,
          ...misbehaviour.env,
        },
      });
      child.send({ modulePath, flags });
      await once(child, 'message');
      return {
        event: once(child, 'message').then(([message]) => message as { event: number | string | null }),
        end: () => child.kill('SIGKILL'),
      };
    }

    const dontBlock = 1;

    test('tells that the token went, and that it is back', async () => {
      misbehaviour.set({ slotEvents: true });
      const going = await waiting(0);
      misbehaviour.set({ slotEvents: true, removed: true });
      expect(await going.event).toEqual({ event: expect.any(Number) });
      const coming = await waiting(0);
      misbehaviour.set({ slotEvents: true });
      expect(await coming.event).toEqual({ event: expect.any(Number) });
      expect(await (await waiting(dontBlock)).event).toEqual({ event: null });
    });

    test('may be something that the module doesn’t have', async () => {
      misbehaviour.set({ calls: { C_WaitForSlotEvent: 'CKR_FUNCTION_NOT_SUPPORTED' } });
      expect(await (await waiting(0)).event).toEqual({ event: 'CKR_FUNCTION_NOT_SUPPORTED' });
    });

    test('may never return', async () => {
      misbehaviour.set({ calls: { C_WaitForSlotEvent: 'hang' } });
      const { event, end } = await waiting(dontBlock);
      await expect.poll(() => misbehaviour.calls('C_WaitForSlotEvent')).toBe(1);
      const settled = await Promise.race([
        event.then(() => 'event'),
        new Promise((resolve) => setTimeout(resolve, 300, 'silence')),
      ]);
      expect(settled).toBe('silence');
      end();
    });
  });
});
