import { execFile } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { statementSignature } from '../../../native/core/ecdsa.ts';
import { verifyStatement } from '../../../native/verification/statement.ts';

const run = promisify(execFile);
const statement = 'Đăng nhập máy chủ thử nghiệm';

async function identity(algorithm: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'antin-ecdsa-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const args = ['req', '-x509', '-newkey', ...algorithm, '-nodes', '-days', '2', '-subj', '/CN=x'];
  await run('openssl', [...args, '-keyout', key, '-out', certificate]);
  return {
    key: createPrivateKey(readFileSync(key)),
    certificate: new X509Certificate(readFileSync(certificate)),
  };
}

test.each([
  ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ['P-521', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521']],
  ['RSA', ['rsa:2048']],
])('%s: what the token signs, the server accepts, many times over', async (_, algorithm) => {
  const { key, certificate } = await identity(algorithm);
  // Often enough that short r and s, which DER writes shorter, come up.
  for (let round = 0; round < 50; round += 1) {
    const signature = sign('sha256', Buffer.from(statement), { key, dsaEncoding: 'der' });
    const answer = statementSignature(certificate, signature);
    expect(verifyStatement({ certificate, statement, signature: answer })).toBe(true);
  }
});

test.each([
  ['nothing', []],
  ['no sequence', [0x31, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01]],
  ['a length beyond the end', [0x30, 0x06, 0x02, 0x21, 0x01]],
  ['one integer', [0x30, 0x03, 0x02, 0x01, 0x01]],
  ['an integer too long', [0x30, 0x29, 0x02, 0x27, ...Array.from({ length: 39 }, () => 1), 0x02, 0x01, 0x01]],
])('%s is no signature', async (_, bytes) => {
  const { certificate } = await identity(['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  expect(() => statementSignature(certificate, Uint8Array.from(bytes))).toThrow(
    expect.objectContaining({ code: 'signature-mismatch' }),
  );
});
