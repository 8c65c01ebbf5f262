import { X509Certificate } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../program.ts';
import type { CertificateKind } from './configuration.ts';

export type RevocationReason = 'unspecified' | 'keyCompromise' | 'superseded' | 'cessationOfOperation';

export interface Validity {
  notBefore: Date;
  notAfter: Date;
}

const day = 86_400_000;

/** A leaf certificate's usual life: begun a month ago, so that documents can be dated back, and good for two years. */
export function usualValidity(now: Date = new Date()): Validity {
  return { notBefore: new Date(now.getTime() - 30 * day), notAfter: new Date(now.getTime() + 730 * day) };
}

/** `20260305140709Z`, the GeneralizedTime that `openssl ca` wants. */
function generalizedTime(time: Date): string {
  return time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '');
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * One certification authority with `openssl ca`'s own database in `folder`/`name`. Its calls run one after another:
 * openssl takes no lock on its index, and two writers would lose an entry.
 */
export class Authority {
  readonly #folder: string;
  readonly #name: string;
  #last: Promise<unknown> = Promise.resolve();
  #requests = 0;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  /** Lays out an empty database. The authority's key and certificate, `name`.key and `name`.pem, are the caller's part. */
  static async create(folder: string, name: string): Promise<Authority> {
    await mkdir(join(folder, name, 'issued'), { recursive: true });
    await writeFile(join(folder, name, 'index.txt'), '');
    await writeFile(join(folder, name, 'crlnumber'), '01\n');
    return new Authority(folder, name);
  }

  /** Issues a certificate on a request (PKCS#10, DER) with the extensions of a configuration section. */
  issue(
    request: Uint8Array,
    section: CertificateKind | 'issuing_certificate' | 'root_certificate',
    validity: Validity,
    extraArguments: readonly string[] = [],
  ): Promise<X509Certificate> {
    return this.#inTurn(async () => {
      this.#requests += 1;
      const file = `${this.#name}/request-${this.#requests}.pem`;
      await writeFile(join(this.#folder, file), pem('CERTIFICATE REQUEST', request));
      const out = await this.#ca([
        ...['-extensions', section, '-batch', '-notext', '-in', file, ...extraArguments],
        ...['-startdate', generalizedTime(validity.notBefore)],
        ...['-enddate', generalizedTime(validity.notAfter)],
      ]);
      await rm(join(this.#folder, file));
      return new X509Certificate(out);
    });
  }

  /** Revokes a certificate of this authority; the OCSP responder and the CRL know it when this returns. */
  async revoke(certificate: X509Certificate, reason: RevocationReason = 'keyCompromise'): Promise<void> {
    const issued = `${this.#name}/issued/${certificate.serialNumber}.pem`;
    await this.#inTurn(() => this.#ca(['-revoke', issued, '-crl_reason', reason]));
    await this.publishRevocations();
  }

  /** Makes a new CRL and puts it, as DER, where the responders serve it. */
  publishRevocations(): Promise<void> {
    return this.#inTurn(async () => {
      const text = (await this.#ca(['-gencrl'])).toString('ascii');
      const base64 = text.replaceAll(/-----[^-]+-----/g, '');
      const target = join(this.#folder, 'public', 'crl', `${this.#name}.crl`);
      // Renamed into place, so that no reader sees half a list.
      await writeFile(`${target}.new`, Buffer.from(base64, 'base64'));
      await rename(`${target}.new`, target);
    });
  }

  #ca(args: readonly string[]): Promise<Buffer> {
    return runProgram('openssl', ['ca', '-config', 'openssl.cnf', '-name', this.#name, ...args], {
      cwd: this.#folder,
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
