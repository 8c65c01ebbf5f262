import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { runProgram } from '../../lab/program.ts';
import type { SoftSigner, Workbench } from './workbench.ts';

/** A signer as PKCS#12, its password in a file beside it, made for this run. */
export interface SignerFiles {
  readonly p12: string;
  readonly passwordFile: string;
  readonly password: string;
}

export async function writeP12(bench: Workbench, signer: SoftSigner, name: string): Promise<SignerFiles> {
  const at = (kind: string) => bench.path(`${name}.${kind}`);
  const password = randomBytes(12).toString('hex');
  await writeFile(at('password'), password);
  await writeFile(at('key'), signer.key.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(at('crt'), [signer.certificate, ...signer.chain].map(String).join(''));
  await runProgram('openssl', [
    ...['pkcs12', '-export', '-in', at('crt'), '-inkey', at('key'), '-name', name],
    ...['-passout', `file:${at('password')}`, '-out', at('p12')],
  ]);
  return { p12: at('p12'), passwordFile: at('password'), password };
}

/** An NSS database that holds the signer and trusts the lab's root: what pdfsig signs and verifies with. */
export async function makeNssDatabase(bench: Workbench, files: SignerFiles): Promise<string> {
  const folder = bench.path('nss');
  await mkdir(folder);
  await runProgram('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
  await runProgram('pk12util', ['-i', files.p12, '-d', `sql:${folder}`, '-w', files.passwordFile, '-K', '']);
  const root = bench.path('root.pem');
  await runProgram('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'root', '-t', 'CT,C,C', '-a', '-i', root]);
  return folder;
}
