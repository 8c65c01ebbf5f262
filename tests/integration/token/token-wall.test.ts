import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sealPin } from '../../../contract/sealed-pin.ts';
import { Desk, processState, reference } from './desk.ts';
import { compileModule } from './scripted-module.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from './soft-token.ts';

let folder: string;
let token: SoftToken;
let desk: Desk;
let now = 0;

const text = Buffer.from('x');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-token-wall-'));
  process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
  token = await makeSoftToken(folder, 'Lãnh đạo', [{ type: 'RSA', subject: '/C=VN/CN=Giám đốc' }]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  desk = new Desk({ now: () => now });
});

afterEach(() => desk.client.close());

describe('modules that cannot be used', () => {
  test('are named, beside those that can', async () => {
    const note = join(folder, 'note.so');
    await writeFile(note, 'not a library');
    const paths = ['/nowhere/none.so', note, '/lib/x86_64-linux-gnu/libm.so.6', 'relative.so', softHsm];
    const modules = await desk.client.list(paths);
    expect(modules.map(({ path, ok, error }) => [path, ok, error?.code ?? null])).toEqual([
      [paths[0], false, 'module-missing'],
      [paths[1], false, 'module-not-pkcs11'],
      [paths[2], false, 'module-not-pkcs11'],
      [paths[3], false, 'module-missing'],
      [softHsm, true, null],
    ]);
    expect(desk.connections).toHaveLength(1);
  });

  test('text from a token is shown without what could hide or turn it', async () => {
    const module = await compileModule(folder, {});
    const [listed] = await desk.client.list([module]);
    expect(listed?.tokens).toMatchObject([{ slot: 7, label: 'Sc\uFFFD', serial: '0001', certificates: [] }]);
  });
});

describe('a module that crashes', () => {
  test('costs the process that it is tried in and no other, and is left alone afterwards', async () => {
    const crashing = await compileModule(folder, { ON_INITIALIZE: 'abort();' });
    for (const probes of [2, 2]) {
      const [bad, good] = await desk.client.list([crashing, softHsm]);
      expect(bad).toMatchObject({
        ok: false,
        error: { code: 'module-crashed', params: { path: crashing } },
      });
      expect(good).toMatchObject({ ok: true, tokens: [{ serial: token.serial }] });
      expect(desk.probes).toBe(probes);
    }
    now += 10_000;
    await desk.client.list([crashing, softHsm]);
    // SoftHSM has passed, and isn't tried again.
    expect(desk.probes).toBe(3);
    await desk.client.list([crashing], { again: true });
    expect(desk.probes).toBe(4);
    expect(desk.connections).toHaveLength(1);
  });

  test('later than when it was tried out costs the process once, and is named', async () => {
    const mark = join(folder, 'tried');
    const falls = `if (access("${mark}", F_OK) == 0) abort();`;
    const crashing = await compileModule(folder, { ON_SLOTS: falls });
    expect((await desk.client.list([crashing]))[0]).toMatchObject({ ok: true });
    await writeFile(mark, '');
    expect((await desk.client.list([crashing]))[0]).toMatchObject({ error: { code: 'module-crashed' } });
    expect((await desk.client.list([crashing, softHsm]))[1]).toMatchObject({ ok: true });
    expect(desk.connections).toHaveLength(2);
  });

  test('is not tried again while somebody is logged in', async () => {
    const crashing = await compileModule(folder, { ON_SLOTS: 'abort();' });
    await desk.client.list([crashing]);
    await desk.login(token);
    now += 3_600_000;
    const [bad] = await desk.client.list([crashing]);
    expect(bad?.ok).toBe(false);
    expect(await desk.client.sign(reference(token), 'sha256', text)).toHaveLength(256);
  });
});

describe('a process that hangs', () => {
  const impatient = { probe: 700, list: 700, sign: 700, login: 700 };

  test('in a driver is killed at the deadline; the others are listed', async () => {
    const hanging = await compileModule(folder, { ON_SLOTS: 'for (;;) pause();' });
    desk = new Desk({ deadlines: impatient });
    const [bad, good] = await desk.client.list([hanging, softHsm]);
    expect(bad).toMatchObject({ ok: false, error: { code: 'module-hung', retryable: true } });
    expect(good).toMatchObject({ ok: true });
  });

  test('fails the call with token-timeout, those behind it with token-stopped, and works again', async () => {
    desk = new Desk({ deadlines: impatient });
    await desk.login(token);
    await desk.client.sign(reference(token), 'sha256', text);
    const { pid } = desk;
    desk.freeze();
    const begun = performance.now();
    const results = await Promise.allSettled([
      desk.client.sign(reference(token), 'sha256', text),
      desk.client.sign(reference(token), 'sha256', text),
    ]);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(results).toMatchObject([
      { reason: { code: 'token-timeout' } },
      { reason: { code: 'token-stopped', params: { sent: false } } },
    ]);
    await expect(desk.client.sign(reference(token), 'sha256', text)).rejects.toMatchObject({
      code: 'login-required',
    });
    expect(processState(pid)).toBe('');
    await desk.login(token);
    expect(await desk.client.sign(reference(token), 'sha256', text)).toHaveLength(256);
  });

  test('ends itself when its parent is killed', async () => {
    const hanging = await compileModule(folder, { ON_SLOTS: 'for (;;) pause();' });
    const parent = fork(fileURLToPath(new URL('./doomed-parent.ts', import.meta.url)), [hanging], {
      execArgv: [],
    });
    const [pid] = (await once(parent, 'message')) as [number];
    const isLoaded = () => readFileSync(`/proc/${pid}/maps`, 'latin1').includes(hanging);
    await vi.waitFor(() => expect(isLoaded()).toBe(true), { timeout: 20_000 });
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(['', 'Z']).toContain(processState(pid)), { timeout: 10_000 });
  });
});

describe('a process that is killed', () => {
  test('fails every call under way with token-stopped; the next call starts another', async () => {
    await desk.login(token);
    const { pid } = desk;
    desk.freeze();
    const calls = Promise.allSettled([
      desk.client.certificate(reference(token)),
      desk.client.sign(reference(token), 'sha256', text),
    ]);
    process.kill(pid, 'SIGKILL');
    expect(await calls).toMatchObject([
      { reason: { code: 'token-stopped', retryable: true } },
      { reason: { code: 'token-stopped' } },
    ]);
    expect((await desk.client.list([softHsm]))[0]?.tokens[0]).toMatchObject({ loggedIn: false });
    expect(desk.pid).not.toBe(pid);
  });

  test('takes the meaning of PINs sealed for it with it', async () => {
    const sealed = await sealPin(new TextEncoder().encode(token.pin), await desk.client.pinKey());
    process.kill(desk.pid, 'SIGKILL');
    await desk.connections[0]?.exited;
    const login = { modulePath: softHsm, tokenSerial: token.serial, pin: sealed, lastTryConfirmed: false };
    await expect(desk.client.login(login)).rejects.toMatchObject({ code: 'pin-key-stale' });
    await desk.login(token);
  });
});

describe('a token that is about to lock', () => {
  const last = 'CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_COUNT_LOW';
  const scripted: SoftToken = { label: '', serial: '0001', pin: '12345678', keys: [] };

  test('is not asked when it is locked', async () => {
    const module = await compileModule(folder, { TOKEN_FLAGS: 'CKF_USER_PIN_LOCKED', ON_LOGIN: 'abort();' });
    await expect(desk.login(scripted, scripted.pin, module)).rejects.toMatchObject({ code: 'token-locked' });
  });

  test('is not asked before the last try is confirmed', async () => {
    const module = await compileModule(folder, { TOKEN_FLAGS: last, ON_LOGIN: 'abort();' });
    await expect(desk.login(scripted, scripted.pin, module)).rejects.toMatchObject({ code: 'pin-last-try' });
  });

  test('is asked once it is, and says what is left', async () => {
    const module = await compileModule(folder, { TOKEN_FLAGS: last, ON_LOGIN: 'return CKR_PIN_INCORRECT;' });
    const pin = await sealPin(new TextEncoder().encode(scripted.pin), await desk.client.pinKey());
    const login = { modulePath: module, tokenSerial: scripted.serial, pin, lastTryConfirmed: true };
    await expect(desk.client.login(login)).rejects.toMatchObject({
      code: 'pin-incorrect',
      params: { triesLow: true, finalTry: true },
    });
  });

  test.each(['CKR_FUNCTION_FAILED', 'CKR_DEVICE_ERROR', 'CKR_GENERAL_ERROR'])(
    '%s is a fault of the device, never a wrong PIN',
    async (returnValue) => {
      const module = await compileModule(folder, { ON_LOGIN: `return ${returnValue};` });
      await expect(desk.login(scripted, scripted.pin, module)).rejects.toMatchObject({
        code: 'token-failed',
        params: { function: 'C_Login', returnValue },
      });
    },
  );
});

describe('the PIN', () => {
  test('shows in no argument, environment or file', async () => {
    await desk.login(token);
    await desk.client.sign(reference(token), 'sha256', text);
    for (const part of ['cmdline', 'environ']) {
      expect(readFileSync(`/proc/${desk.pid}/${part}`, 'latin1')).not.toContain(token.pin);
    }
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const path of files) expect(readFileSync(path, 'latin1')).not.toContain(token.pin);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(token.pin);
  });

  test('is in no failure', async () => {
    const failed = await desk.login(token, '98765432').catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 'pin-incorrect' });
    expect(JSON.stringify(failed) + String((failed as Error).stack)).not.toContain('98765432');
    await desk.login(token);
  });
});
