import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { antin } from './cli-call.ts';

/** Nothing that a certificate contains ends the process: Node itself falls over curves that have no NIST name. */

const folder = scratchFolder();
const at = (name: string) => path.join(folder, name);

it.each(['brainpoolP256r1', 'brainpoolP384r1', 'secp256k1'])('a key on %s signs', async (curve) => {
  const [key, certificate, store] = [at(`${curve}.key`), at(`${curve}.pem`), at(`${curve}.p12`)];
  const password = randomBytes(12).toString('base64url');
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { env: { ...process.env, NEW_PASSWORD: password }, stdio: 'pipe' });
  openssl('ecparam', '-name', curve, '-genkey', '-noout', '-out', key);
  const subject = ['-utf8', '-subj', '/C=VN/O=Sở Thử, Tỉnh/CN=Nguyễn Văn A'];
  const usage = ['-addext', 'keyUsage=critical,digitalSignature', '-addext', 'basicConstraints=CA:FALSE'];
  openssl('req', '-x509', '-new', '-key', key, '-days', '30', ...subject, ...usage, '-out', certificate);
  const pair = ['-inkey', key, '-in', certificate];
  openssl('pkcs12', '-export', ...pair, '-passout', 'env:NEW_PASSWORD', '-out', store);
  const source = writeFile(folder, `${curve}.pdf`, onePagePdf());
  const keyArguments = ['--p12', store, '--p12-password-env', 'SECRET'];
  const args = ['sign', source, '--out', at(`${curve}-signed.pdf`), ...keyArguments, '--json'];
  const { code, json } = await antin(args, { env: { SECRET: password } });
  expect([code, json]).toMatchObject([0, [{ ok: true, signer: { subject: 'Nguyễn Văn A' } }]]);
});
