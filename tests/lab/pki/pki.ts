import { createPrivateKey, createPublicKey, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../program.ts';
import { Authority, type Validity } from './authority.ts';
import { certificateRequest } from './certificate-request.ts';
import { opensslConfiguration } from './configuration.ts';
import { Responders } from './responders.ts';
import type { Subject } from './subject.ts';

const government = 'Ban Cơ yếu Chính phủ (thử nghiệm)';

/** Names modelled on the government's; each says that it is a test. */
const names = {
  root: { commonName: 'RootCA chuyên dùng Chính phủ (thử nghiệm)', organisation: government },
  issuing: { commonName: 'CA phục vụ các cơ quan Nhà nước (thử nghiệm)', organisation: government },
  timeStamper: { commonName: 'TSA chuyên dùng Chính phủ (thử nghiệm)', organisation: government },
  ocspResponder: { commonName: 'OCSP cơ quan Nhà nước (thử nghiệm)', organisation: government },
} satisfies Record<string, Subject>;

type KeyHolder = keyof typeof names;

const year = 365 * 86_400_000;

function validFor(yearsBefore: number, yearsAfter: number): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - yearsBefore * year), notAfter: new Date(now + yearsAfter * year) };
}

/** The test PKI: two authorities, their responders, and everything in one folder that openssl's programs can use. */
export interface Pki {
  folder: string;
  root: X509Certificate;
  issuing: X509Certificate;
  timeStamper: X509Certificate;
  ocspResponder: X509Certificate;
  rootAuthority: Authority;
  issuingAuthority: Authority;
  responders: Responders;
}

/** Makes a key in a file of the PKI's folder, as openssl's programs want it. */
async function makeKey(folder: string, holder: KeyHolder): Promise<KeyObject> {
  const file = join(folder, `${holder}.key`);
  const args = ['genpkey', '-quiet', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', file];
  await runProgram('openssl', args);
  return createPrivateKey(await readFile(file));
}

function request(holder: KeyHolder, key: KeyObject): Promise<Buffer> {
  return certificateRequest(names[holder], createPublicKey(key), async (bytes) => sign('sha256', bytes, key));
}

/** Builds the PKI in `folder`, which must exist, and starts its responders. */
export async function createPki(folder: string): Promise<Pki> {
  for (const part of ['public/crl', 'public/crt', 'tsa'])
    await mkdir(join(folder, part), { recursive: true });
  await writeFile(join(folder, 'tsa', 'serial'), '01\n');
  const responders = await Responders.start(folder);
  try {
    const [rootKey, issuingKey, timeStamperKey, ocspKey] = await Promise.all([
      makeKey(folder, 'root'),
      makeKey(folder, 'issuing'),
      makeKey(folder, 'timeStamper'),
      makeKey(folder, 'ocspResponder'),
    ]);
    await writeFile(join(folder, 'openssl.cnf'), opensslConfiguration(responders.url));
    const rootAuthority = await Authority.create(folder, 'root');
    const issuingAuthority = await Authority.create(folder, 'issuing');
    const publish = async (holder: KeyHolder, certificate: X509Certificate): Promise<X509Certificate> => {
      await writeFile(join(folder, `${holder}.pem`), certificate.toString());
      await writeFile(join(folder, 'public', 'crt', `${holder}.crt`), certificate.raw);
      return certificate;
    };
    const root = await rootAuthority.issue(
      await request('root', rootKey),
      'root_certificate',
      validFor(8, 22),
      ['-selfsign', '-keyfile', 'root.key'],
    );
    await publish('root', root);
    const issuing = await rootAuthority.issue(
      await request('issuing', issuingKey),
      'issuing_certificate',
      validFor(6, 9),
    );
    await publish('issuing', issuing);
    const service = async (holder: 'timeStamper' | 'ocspResponder', key: KeyObject) =>
      publish(holder, await issuingAuthority.issue(await request(holder, key), holder, validFor(1, 4)));
    const [timeStamper, ocspResponder] = await Promise.all([
      service('timeStamper', timeStamperKey),
      service('ocspResponder', ocspKey),
      rootAuthority.publishRevocations(),
      issuingAuthority.publishRevocations(),
    ]);
    return {
      ...{ folder, root, issuing, timeStamper, ocspResponder },
      ...{ rootAuthority, issuingAuthority, responders },
    };
  } catch (cause) {
    await responders.close();
    throw cause;
  }
}
