import { execFile } from 'node:child_process';
import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CertificateStanding, IdentityCheck } from '../../../server/identity-check.ts';

const run = promisify(execFile);

/** A key with its certificate, as a token would hold them. */
export interface Identity {
  certificate: X509Certificate;
  key: KeyObject;
  /** DER, base64. */
  encoded: string;
}

/** A small certification authority, minted by openssl into a folder. */
export class Authority {
  readonly certificate: X509Certificate;
  readonly #dir: string;

  private constructor(dir: string, certificate: X509Certificate) {
    this.#dir = dir;
    this.certificate = certificate;
  }

  static async create(dir: string): Promise<Authority> {
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
      ...['-subj', '/CN=Test root', '-keyout', join(dir, 'root.key'), '-out', join(dir, 'root.pem')],
    ]);
    return new Authority(dir, new X509Certificate(await readFile(join(dir, 'root.pem'))));
  }

  get pemPath(): string {
    return join(this.#dir, 'root.pem');
  }

  /** An EC identity issued by this authority. */
  async issue(name: string): Promise<Identity> {
    const base = join(this.#dir, name);
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '10'],
      ...['-subj', `/CN=${name}`, '-CA', join(this.#dir, 'root.pem'), '-CAkey', join(this.#dir, 'root.key')],
      ...[
        '-addext',
        'basicConstraints=critical,CA:false',
        '-addext',
        'keyUsage=digitalSignature,nonRepudiation',
      ],
      ...['-keyout', `${base}.key`, '-out', `${base}.pem`],
    ]);
    const certificate = new X509Certificate(await readFile(`${base}.pem`));
    const key = createPrivateKey(await readFile(`${base}.key`));
    return { certificate, key, encoded: certificate.raw.toString('base64') };
  }
}

/** The answer that a token gives to a statement: r‖s over SHA-256. */
export function answerOf({ key }: Identity, statement: string): string {
  return sign('sha256', Buffer.from(statement, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString(
    'base64',
  );
}

/** Chain by one issuer's signature, revocation by a list: enough to drive the server's own decisions. */
export class ListedIdentityCheck implements IdentityCheck {
  readonly #anchor: X509Certificate;
  readonly overrides = new Map<string, CertificateStanding>();

  constructor(anchor: X509Certificate) {
    this.#anchor = anchor;
  }

  signatureFits({
    certificate,
    statement,
    signature,
  }: Parameters<IdentityCheck['signatureFits']>[0]): boolean {
    const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', Buffer.from(statement, 'utf8'), key, signature);
  }

  async standing(certificate: X509Certificate): Promise<CertificateStanding> {
    const listed = this.overrides.get(certificate.fingerprint256);
    if (listed) return listed;
    const trusted = certificate.verify(this.#anchor.publicKey);
    return { trusted, revocation: 'good', reasons: trusted ? [] : ['chain-untrusted'] };
  }
}
