import { execFile } from 'node:child_process';
import { constants, randomBytes, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SealedPin, sealPin } from '../../../contract/sealed-pin.ts';
import { Desk, reference } from './desk.ts';
import { compileModule } from './scripted-module.ts';
import { makeSoftToken, prepareSoftHsm, randomGoodPin, type SoftToken, softHsm } from './soft-token.ts';

let folder: string;
let token: SoftToken;
let desk: Desk;

const scripted: SoftToken = { label: '', serial: '0001', pin: '', keys: [] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-token-care-'));
  process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
  token = await makeSoftToken(folder, 'Lãnh đạo', [
    { type: 'RSA', subject: '/CN=Thường' },
    { type: 'RSA', subject: '/CN=Mỗi lần', alwaysAuthenticate: true },
    { type: 'RSA', subject: '/CN=Không mã', certificateWithoutId: true },
    { type: 'EC', subject: '/CN=Không mã EC', certificateWithoutId: true },
  ]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  desk = new Desk();
});

afterEach(() => desk.client.close());

async function seal(pin: string): Promise<SealedPin> {
  return sealPin(new TextEncoder().encode(pin), await desk.client.pinKey());
}

async function changePin(oldPin: string, newPin: string, of = token, modulePath = softHsm) {
  const pins = { oldPin: await seal(oldPin), newPin: await seal(newPin), lastTryConfirmed: false };
  await desk.client.changePin({ modulePath, tokenSerial: of.serial, ...pins });
}

async function listed() {
  const [module] = await desk.client.list([softHsm]);
  return module?.tokens.find(({ serial }) => serial === token.serial);
}

describe('changing the PIN', () => {
  test('makes the new one the only one, and ends the login', async () => {
    await desk.login(token);
    const old = token.pin;
    const chosen = randomGoodPin();
    await changePin(old, chosen);
    token.pin = chosen;
    expect(await listed()).toMatchObject({ loggedIn: false });
    await expect(desk.login(token, old)).rejects.toMatchObject({ code: 'pin-incorrect' });
    await desk.login(token);
  });

  test('to one that the rule forbids, or to the same, never reaches the token', async () => {
    const weak = { code: 'pin-too-weak', params: { min: 8, max: 16 } };
    await expect(changePin(token.pin, '12345678')).rejects.toMatchObject(weak);
    await expect(changePin(token.pin, token.pin)).rejects.toMatchObject({ code: 'pin-unchanged' });
    // A weak one isn't refused only after a wrong old one has cost a try.
    await expect(changePin('00000000', 'weak')).rejects.toMatchObject(weak);
    expect(await listed()).toMatchObject({ flags: { pinCountLow: false } });
  });

  test('with a wrong old one is a wrong PIN, and leaves the old one standing', async () => {
    await expect(changePin('00000000', randomGoodPin())).rejects.toMatchObject({
      code: 'pin-incorrect',
      params: { triesLow: true },
    });
    await desk.login(token);
  });

  test.each([
    ['CKR_FUNCTION_NOT_SUPPORTED', 'pin-change-unsupported'],
    ['CKR_PIN_LEN_RANGE', 'pin-too-weak'],
    ['CKR_DEVICE_ERROR', 'token-failed'],
  ])('that the token answers with %s is %s', async (returnValue, code) => {
    const module = await compileModule(folder, { ON_SET_PIN: `return ${returnValue};` });
    await expect(changePin(randomGoodPin(), randomGoodPin(), scripted, module)).rejects.toMatchObject({
      code,
    });
  });
});

describe('a PIN that the token has refused', () => {
  test('is not tried again, whoever sends it', async () => {
    const module = await compileModule(folder, { ON_LOGIN: 'return CKR_PIN_INCORRECT;' });
    const pin = await seal('12345678');
    const login = { modulePath: module, tokenSerial: scripted.serial, pin, lastTryConfirmed: false };
    const first = { code: 'pin-incorrect', params: { returnValue: 'CKR_PIN_INCORRECT' } };
    await expect(desk.client.login(login)).rejects.toMatchObject(first);
    const again = { code: 'pin-incorrect', params: { reason: 'refused-before' } };
    await expect(desk.client.login(login)).rejects.toMatchObject(again);
  });
});

describe('a PIN pad', () => {
  const flags = { TOKEN_FLAGS: 'CKF_PROTECTED_AUTHENTICATION_PATH' };
  const padLogin = (modulePath: string) =>
    desk.client.login({ modulePath, tokenSerial: scripted.serial, pin: null, lastTryConfirmed: false });

  test('is asked with an empty PIN, the nearest to none that the addon can pass', async () => {
    await padLogin(
      await compileModule(folder, { ...flags, ON_LOGIN: 'return length == 0 ? CKR_OK : CKR_PIN_INVALID;' }),
    );
  });

  test.each(['CKR_ARGUMENTS_BAD', 'CKR_PIN_LEN_RANGE'])(
    'that answers %s to that is named',
    async (returnValue) => {
      const module = await compileModule(folder, { ...flags, ON_LOGIN: `return ${returnValue};` });
      await expect(padLogin(module)).rejects.toMatchObject({
        code: 'pin-pad-unsupported',
        params: { returnValue },
      });
    },
  );
});

describe('a key that wants its PIN with each signature', () => {
  const text = Buffer.from('x');

  test('signs with it, twice with the same, and not without it', async () => {
    await desk.login(token);
    expect((await listed())?.certificates.find(({ subject }) => subject === 'Mỗi lần')).toMatchObject({
      pinEachSignature: true,
    });
    const key = reference(token, 1);
    await expect(desk.client.sign(key, 'sha256', text)).rejects.toMatchObject({ code: 'pin-missing' });
    const pin = await seal(token.pin);
    const signer = await desk.client.signer(key, [], { pin });
    for (let round = 0; round < 2; round++) expect(await signer.sign('sha256', text)).toHaveLength(256);
  });

  test('refuses a wrong one once, keeps the login, and goes on with the right one', async () => {
    await desk.login(token);
    const key = reference(token, 1);
    const wrong = await seal('00000000');
    const miss = { code: 'pin-incorrect' };
    await expect(desk.client.sign(key, 'sha256', text, { pin: wrong })).rejects.toMatchObject(miss);
    await expect(desk.client.sign(key, 'sha256', text, { pin: wrong })).rejects.toMatchObject({
      params: { reason: 'refused-before' },
    });
    expect(await desk.client.sign(reference(token, 0), 'sha256', text)).toHaveLength(256);
    expect(await desk.client.sign(key, 'sha256', text, { pin: await seal(token.pin) })).toHaveLength(256);
  });
});

describe('mechanisms', () => {
  afterEach(() => prepareSoftHsm(folder));

  test.each(['sha256', 'sha384', 'sha512'] as const)(
    'PSS with %s is what verifiers expect',
    async (algorithm) => {
      await desk.login(token);
      const data = randomBytes(80);
      const signature = await desk.client.sign(reference(token), algorithm, data, { scheme: 'pss' });
      const key = token.keys[0]?.certificate.publicKey;
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      expect(
        key &&
          verify(algorithm, data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature),
      ).toBe(true);
    },
  );

  test('a token that signs with its own hash only is used all the same', async () => {
    await prepareSoftHsm(folder, 'CKM_SHA256_RSA_PKCS');
    await desk.login(token);
    expect(await listed()).toMatchObject({ mechanisms: ['CKM_SHA256_RSA_PKCS'] });
    expect(await desk.client.sign(reference(token), 'sha256', randomBytes(80))).toHaveLength(256);
    await expect(desk.client.sign(reference(token), 'sha384', randomBytes(80))).rejects.toMatchObject({
      code: 'mechanism-unsupported',
      params: { offered: 'CKM_SHA256_RSA_PKCS' },
    });
  });
});

test.each([
  ['RSA', 2],
  ['EC', 3],
])('a certificate without CKA_ID is paired with its %s key by its public key', async (_, index) => {
  await desk.login(token);
  const own = token.keys[index]?.certificate;
  const shown = (await listed())?.certificates.find(({ serial }) => serial === own?.serialNumber);
  expect(shown).toMatchObject({ id: own?.fingerprint256.replaceAll(':', '').toLowerCase() });
  const key = { modulePath: softHsm, tokenSerial: token.serial, certificateId: shown?.id ?? '' };
  const data = randomBytes(40);
  const signature = await desk.client.sign(key, 'sha256', data);
  expect(own && verify('sha256', data, own.publicKey, signature)).toBe(true);
});

describe('a module’s file', () => {
  test('for another computer, or lacking a part, is named as such', async () => {
    const needed = join(folder, 'libneeded.so');
    const source = join(folder, 'empty.c');
    await writeFile(source, 'int x;\n');
    await promisify(execFile)('gcc', ['-shared', '-fPIC', '-o', needed, source]);
    const lacking = join(folder, 'lacking.so');
    await promisify(execFile)('gcc', [
      '-shared',
      '-fPIC',
      '-Wl,--no-as-needed',
      '-o',
      lacking,
      source,
      needed,
    ]);
    await rm(needed);
    const other = join(folder, 'other.so');
    const bytes = await readFile(softHsm);
    bytes.writeUInt16LE(3, 18);
    await writeFile(other, bytes);
    const modules = await desk.client.list([lacking, other]);
    expect(modules.map(({ error }) => error)).toMatchObject([
      { code: 'module-dependency-missing', params: { library: 'libneeded.so' } },
      { code: 'module-wrong-architecture', params: { architecture: 'ELF ia32' } },
    ]);
  });

  test('under two names shows its token once', async () => {
    const copy = join(folder, 'copy-of-softhsm.so');
    await writeFile(copy, await readFile(softHsm));
    const [first, second] = await desk.client.list([softHsm, copy]);
    expect(first?.tokens).toMatchObject([{ serial: token.serial, alsoSeenBy: [copy] }]);
    expect(second?.tokens).toEqual([]);
  });
});
