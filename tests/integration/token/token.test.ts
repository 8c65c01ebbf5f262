import { randomBytes, verify } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Desk, reference } from './desk.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from './soft-token.ts';

let folder: string;
let leader: SoftToken;
let seal: SoftToken;
let desk: Desk;

const province = '/C=VN/O=UBND tỉnh';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-token-'));
  process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
  leader = await makeSoftToken(folder, 'Lãnh đạo', [
    { type: 'RSA', subject: `${province}/OU=Sở Y tế/CN=Giám đốc Ánh/UID=CBCC:001` },
    { type: 'RSA', subject: `${province}/CN=Cũ`, foreignCertificate: true },
    { type: 'RSA', subject: `${province}/CN=Mã hóa`, keyUsage: 'keyEncipherment' },
  ]);
  seal = await makeSoftToken(folder, 'Con dấu', [
    { type: 'EC', subject: `${province}/CN=Sở Y tế`, publicKeyObject: false },
  ]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  desk = new Desk();
});

afterEach(() => desk.client.close());

async function tokenOf(token: SoftToken) {
  const [module] = await desk.client.list([softHsm], { again: true });
  return module?.tokens.find((each) => each.serial === token.serial);
}

async function signsTruly(token: SoftToken, key = 0): Promise<boolean> {
  const text = randomBytes(64);
  const signature = await desk.client.sign(reference(token, key), 'sha256', text);
  const publicKey = token.keys[key]?.certificate.publicKey;
  return publicKey !== undefined && verify('sha256', text, publicKey, signature);
}

describe('listing', () => {
  test('shows every token with its certificates before any login, without the free slot', async () => {
    const [module] = await desk.client.list([softHsm]);
    expect(module).toMatchObject({ path: softHsm, ok: true, error: null });
    expect(module?.tokens.map((token) => token.label).sort()).toEqual(['Con dấu', 'Lãnh đạo']);
    const [first] = (await tokenOf(leader))?.certificates.filter(({ id }) => id === leader.keys[0]?.id) ?? [];
    expect(first).toMatchObject({
      subject: 'Giám đốc Ánh',
      organisation: 'UBND tỉnh',
      issuer: 'Giám đốc Ánh',
      holder: 'person',
      serial: leader.keys[0]?.certificate.serialNumber,
      ...{ keyType: 'RSA', keyBits: 2048, canSign: true, hasPrivateKey: true },
    });
  });

  test('counts a certificate as usable where the token hides its keys before login', async () => {
    expect((await tokenOf(seal))?.certificates).toMatchObject([
      { holder: 'agency', keyType: 'EC', keyBits: 256, canSign: true, hasPrivateKey: true },
    ]);
  });

  test('says that a certificate for encryption cannot sign', async () => {
    const found = (await tokenOf(leader))?.certificates.find(({ subject }) => subject === 'Mã hóa');
    expect(found).toMatchObject({ canSign: false, hasPrivateKey: true });
  });

  test('sees a token that is plugged in and pulled out later', async () => {
    await desk.client.list([softHsm]);
    const late = await makeSoftToken(folder, 'Mới', [{ type: 'EC', subject: '/CN=Mới' }]);
    expect(await tokenOf(late)).toMatchObject({ label: 'Mới' });
    await desk.login(late);
    expect(await tokenOf(late)).toMatchObject({ loggedIn: true });
    expect(await signsTruly(late)).toBe(true);
    await rename(join(folder, 'tokens'), join(folder, 'drawer'));
    await prepareSoftHsm(folder);
    await expect(signsTruly(late)).rejects.toMatchObject({ code: 'token-removed' });
    await expect(desk.client.certificate(reference(late))).rejects.toMatchObject({ code: 'token-missing' });
    expect(await tokenOf(late)).toBeUndefined();
    await rm(join(folder, 'tokens'), { recursive: true });
    await rename(join(folder, 'drawer'), join(folder, 'tokens'));
    expect(await tokenOf(late)).toMatchObject({ loggedIn: false });
  });
});

describe('signing', () => {
  test('asks for a login first', async () => {
    await expect(signsTruly(leader)).rejects.toMatchObject({ code: 'login-required' });
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('works with RSA and %s', async (algorithm) => {
    await desk.login(leader);
    const text = randomBytes(100);
    const signature = await desk.client.sign(reference(leader), algorithm, text);
    const key = leader.keys[0]?.certificate.publicKey;
    expect(key && verify(algorithm, text, key, signature)).toBe(true);
  });

  test('works with an elliptic curve, as DER', async () => {
    await desk.login(seal);
    // Often enough for r or s with a high bit, or with leading zeros.
    for (let round = 0; round < 20; round++) expect(await signsTruly(seal)).toBe(true);
  });

  test('works with a digest that is longer than the curve', async () => {
    await desk.login(seal);
    const text = randomBytes(100);
    const signature = await desk.client.sign(reference(seal), 'sha512', text);
    const key = seal.keys[0]?.certificate.publicKey;
    expect(key && verify('sha512', text, key, signature)).toBe(true);
  });

  test('serves 50 signatures with one login, asked for all at once', async () => {
    await desk.login(leader);
    const results = await Promise.all(Array.from({ length: 50 }, () => signsTruly(leader)));
    expect(results.every(Boolean)).toBe(true);
    expect(desk.connections).toHaveLength(1);
  });

  test('serves two tokens that are logged in at once', async () => {
    await desk.login(leader);
    await desk.login(seal);
    expect(await signsTruly(leader)).toBe(true);
    expect(await signsTruly(seal)).toBe(true);
  });

  test('refuses a signature that is not the certificate’s', async () => {
    await desk.login(leader);
    await expect(signsTruly(leader, 1)).rejects.toMatchObject({ code: 'signature-mismatch' });
    expect(await signsTruly(leader)).toBe(true);
  });

  test('gives the port that signing code knows', async () => {
    await desk.login(leader);
    const signer = await desk.client.signer(reference(leader), []);
    expect(signer.certificate.fingerprint256).toBe(leader.keys[0]?.certificate.fingerprint256);
    expect((await signer.sign('sha256', Buffer.from('x'))).length).toBe(256);
  });

  test('names what is missing', async () => {
    await desk.login(leader);
    const text = Buffer.from('x');
    const sign = (key: Partial<ReturnType<typeof reference>>) =>
      desk.client.sign({ ...reference(leader), ...key }, 'sha256', text);
    await expect(sign({ certificateId: 'ab' })).rejects.toMatchObject({ code: 'certificate-missing' });
    await expect(sign({ tokenSerial: 'none' })).rejects.toMatchObject({ code: 'token-missing' });
    await expect(sign({ modulePath: '/nowhere.so' })).rejects.toMatchObject({ code: 'module-missing' });
  });
});

describe('logging in', () => {
  test('a wrong PIN is one try and says so; the right one works afterwards', async () => {
    const wrong = leader.pin.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    await expect(desk.login(leader, wrong)).rejects.toMatchObject({
      code: 'pin-incorrect',
      params: { returnValue: 'CKR_PIN_INCORRECT', triesLow: true, finalTry: false },
    });
    expect(await tokenOf(leader)).toMatchObject({ loggedIn: false, flags: { pinCountLow: true } });
    await desk.login(leader);
    expect(await tokenOf(leader)).toMatchObject({ loggedIn: true, flags: { pinCountLow: false } });
  });

  test('a PIN of a length that the token cannot have costs no try', async () => {
    await expect(desk.login(leader, '1')).rejects.toMatchObject({
      code: 'pin-incorrect',
      params: { reason: 'length', min: 4, max: 255 },
    });
    expect(await tokenOf(leader)).toMatchObject({ flags: { pinCountLow: false } });
  });

  test('no PIN, or an empty one, never reaches the token', async () => {
    await expect(desk.login(leader, '')).rejects.toMatchObject({ code: 'pin-missing' });
    const login = { modulePath: softHsm, tokenSerial: leader.serial, pin: null, lastTryConfirmed: false };
    await expect(desk.client.login(login)).rejects.toMatchObject({ code: 'pin-missing' });
  });

  test('a login that stands does not let a wrong PIN pass', async () => {
    await desk.login(leader);
    await expect(desk.login(leader, '00000000')).rejects.toMatchObject({ code: 'pin-incorrect' });
    await expect(signsTruly(leader)).rejects.toMatchObject({ code: 'login-required' });
    await desk.login(leader);
  });

  test('logging out ends it', async () => {
    await desk.login(leader);
    expect(await signsTruly(leader)).toBe(true);
    await desk.client.logout();
    expect(await tokenOf(leader)).toMatchObject({ loggedIn: false });
    await expect(signsTruly(leader)).rejects.toMatchObject({ code: 'login-required' });
  });
});
