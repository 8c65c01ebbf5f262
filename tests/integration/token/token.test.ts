import { createHash, randomBytes, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealPin } from '../../../contract/sealed-pin.ts';
import type { KeyReference } from '../../../contract/token.ts';
import { ForkedTokenHost } from '../../../native/token/forked-token-host.ts';
import { TokenClient } from '../../../native/token/token-client.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from './soft-token.ts';

let folder: string;
let rsa: SoftToken;
let ec: SoftToken;
let client: TokenClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-token-'));
  process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
  rsa = await makeSoftToken(folder, 'Lãnh đạo', [
    { type: 'RSA', subject: '/C=VN/O=UBND tỉnh Hà Giang/OU=Sở Y tế/CN=Nguyễn Văn Ánh/UID=CCCD:001' },
  ]);
  ec = await makeSoftToken(folder, 'Con dấu', [
    { type: 'EC', subject: '/C=VN/O=UBND tỉnh Hà Giang/CN=Sở Y tế', publicKeyObject: false },
  ]);
  client = new TokenClient(new ForkedTokenHost());
});

afterAll(async () => {
  await client?.close();
  await rm(folder, { recursive: true, force: true });
});

async function login(token: SoftToken, pin: string, lastTryConfirmed = false): Promise<void> {
  const sealed = await sealPin(new TextEncoder().encode(pin), await client.pinKey());
  await client.login({ modulePath: softHsm, tokenSerial: token.serial, pin: sealed, lastTryConfirmed });
}

function reference(token: SoftToken): KeyReference {
  return { modulePath: softHsm, tokenSerial: token.serial, certificateId: token.keys[0]?.id ?? '' };
}

describe('a token in SoftHSM', () => {
  test('is listed with its certificates before login', async () => {
    const [module] = await client.list([softHsm]);
    expect(module).toMatchObject({ path: softHsm, ok: true, error: null });
    expect(module?.tokens.map((token) => token.label).sort()).toEqual(['Con dấu', 'Lãnh đạo']);
    const leader = module?.tokens.find((token) => token.serial === rsa.serial);
    expect(leader).toMatchObject({
      loggedIn: false,
      flags: { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false },
    });
    expect(leader?.certificates).toMatchObject([
      {
        id: rsa.keys[0]?.id,
        subject: 'Nguyễn Văn Ánh',
        organisation: 'UBND tỉnh Hà Giang',
        issuer: 'Nguyễn Văn Ánh',
        holder: 'person',
        serial: rsa.keys[0]?.certificate.serialNumber,
        ...{ keyType: 'RSA', keyBits: 2048, canSign: true, hasPrivateKey: true },
      },
    ]);
    const seal = module?.tokens.find((token) => token.serial === ec.serial);
    expect(seal?.certificates).toMatchObject([
      { holder: 'agency', keyType: 'EC', keyBits: 256, canSign: true, hasPrivateKey: true },
    ]);
  });

  test('asks for a login before it signs', async () => {
    const digest = createHash('sha256').update('a').digest();
    await expect(client.sign(reference(rsa), 'sha256', digest)).rejects.toMatchObject({
      code: 'login-required',
    });
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('signs with RSA and %s', async (algorithm) => {
    await login(rsa, rsa.pin);
    const text = randomBytes(100);
    const digest = createHash(algorithm).update(text).digest();
    const signature = await client.sign(reference(rsa), algorithm, digest);
    const key = rsa.keys[0]?.certificate.publicKey;
    expect(key && verify(algorithm, text, key, signature)).toBe(true);
  });

  test('signs with an elliptic curve, as DER', async () => {
    await login(ec, ec.pin);
    const text = randomBytes(100);
    const digest = createHash('sha256').update(text).digest();
    const signature = await client.sign(reference(ec), 'sha256', digest);
    const key = ec.keys[0]?.certificate.publicKey;
    expect(key && verify('sha256', text, key, signature)).toBe(true);
  });
});
