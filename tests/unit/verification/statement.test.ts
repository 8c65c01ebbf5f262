import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyStatement } from '../../../native/verification/index.ts';
import { openWorkbench, type SoftSigner, type Workbench } from './workbench.ts';

const statement = 'Đăng nhập Ấn Tín: 9f2c';
let bench: Workbench;
let rsa: SoftSigner;
let ec: SoftSigner;

beforeAll(async () => {
  bench = await openWorkbench();
  [rsa, ec] = await Promise.all([bench.signer(), bench.signer({ keyType: 'ec' })]);
});
afterAll(() => bench.close());

describe('a signed statement', () => {
  test('RSA PKCS#1 v1.5 and ECDSA as r‖s', () => {
    const byRsa = sign('sha256', Buffer.from(statement), rsa.key);
    const byEc = sign('sha256', Buffer.from(statement), { key: ec.key, dsaEncoding: 'ieee-p1363' });
    expect(verifyStatement({ certificate: rsa.certificate, statement, signature: byRsa })).toBe(true);
    expect(verifyStatement({ certificate: ec.certificate, statement, signature: byEc })).toBe(true);
    expect(verifyStatement({ certificate: ec.certificate, statement, signature: byRsa })).toBe(false);
    expect(
      verifyStatement({ certificate: rsa.certificate, statement: `${statement} `, signature: byRsa }),
    ).toBe(false);
  });

  test('nonsense is false, never an error', () => {
    for (const signature of [
      new Uint8Array(),
      new Uint8Array(64),
      new Uint8Array(256),
      new Uint8Array(5000),
    ]) {
      expect(verifyStatement({ certificate: rsa.certificate, statement, signature })).toBe(false);
      expect(verifyStatement({ certificate: ec.certificate, statement, signature })).toBe(false);
    }
  });
});
