import { type ChildProcess, fork } from 'node:child_process';
import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { access, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as asn1js from 'asn1js';
import { certificateRequest } from '../pki/certificate-request.ts';
import type { Subject } from '../pki/subject.ts';
import type {
  InitialisedToken,
  PersonalisationOrder,
  PersonalisationReport,
  StoredCertificate,
} from './personalisation.ts';
import { randomPin } from './pin.ts';

/** Where Debian's softhsm2 keeps its PKCS#11 module. */
export const softHsmModule = '/usr/lib/softhsm/libsofthsm2.so';

export type TokenKind = 'personal' | 'seal';

/** A token to be made: what it is called and whom its certificate names. */
export interface TokenOrder {
  kind: TokenKind;
  /** At most 32 bytes of UTF-8, as PKCS#11 has room for. */
  label: string;
  subject: Subject;
}

/** A soft token with its key and certificate. Its PIN lives here and nowhere else. */
export interface SoftToken {
  kind: TokenKind;
  label: string;
  serial: string;
  pin: string;
  soPin: string;
  /** CKA_ID of key and certificate, lower-case hexadecimal. */
  certificateId: string;
  certificate: X509Certificate;
}

/** Issues the certificate for a request; the lab's issuing authority, usually. */
export type Issuer = (request: Buffer, kind: TokenKind) => Promise<X509Certificate>;

type Report<Step> = Extract<PersonalisationReport, { step: Step }>;

/** Sends an order and waits for its report; a dead process is a failure, not a wait for ever. */
function ask<Step extends PersonalisationReport['step']>(
  child: ChildProcess,
  order: PersonalisationOrder,
  step: Step,
): Promise<Report<Step>> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      child.off('message', onReport);
      child.off('exit', onExit);
    };
    const onReport = (report: PersonalisationReport) => {
      finish();
      if (report.step === step) resolve(report as Report<Step>);
      else reject(new Error(report.step === 'failed' ? report.reason : `${report.step} instead of ${step}`));
    };
    const onExit = () => {
      finish();
      reject(new Error('the process that personalises tokens has died'));
    };
    child.on('message', onReport);
    child.on('exit', onExit);
    child.send(order);
  });
}

function rsaPublicKey(token: InitialisedToken): KeyObject {
  const n = token.modulus.toString('base64url');
  const e = token.exponent.toString('base64url');
  return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
}

/** The DER parts of a certificate that a PKCS#11 object repeats as attributes. */
function storedCertificate(label: string, certificate: X509Certificate): StoredCertificate {
  const { result } = asn1js.fromBER(new Uint8Array(certificate.raw));
  const [toBeSigned] = (result as asn1js.Sequence).valueBlock.value;
  const [, serialNumber, , issuer, , subject] = (toBeSigned as asn1js.Sequence).valueBlock.value;
  const der = (part: asn1js.AsnType | undefined) => Buffer.from(part?.toBER() ?? new ArrayBuffer());
  return {
    ...{ label, value: Buffer.from(certificate.raw) },
    ...{ subject: der(subject), issuer: der(issuer), serialNumber: der(serialNumber) },
  };
}

/** One person's computer as far as tokens go: a SoftHSM folder with its own configuration. */
export class Machine {
  /** SoftHSM's configuration, for SOFTHSM2_CONF. */
  readonly configuration: string;
  readonly tokens: readonly SoftToken[];
  readonly #folder: string;

  private constructor(folder: string, tokens: readonly SoftToken[]) {
    this.#folder = folder;
    this.configuration = join(folder, 'softhsm2.conf');
    this.tokens = tokens;
  }

  /** Makes the machine's tokens in `folder`, with keys made on them and certificates from `issue`. */
  static async create(folder: string, orders: readonly TokenOrder[], issue: Issuer): Promise<Machine> {
    await access(softHsmModule).catch((cause: unknown) => {
      throw new Error(`SoftHSM is not installed: ${softHsmModule} is missing`, { cause });
    });
    await mkdir(join(folder, 'tokens'), { recursive: true });
    await mkdir(join(folder, 'unplugged'));
    const configuration = join(folder, 'softhsm2.conf');
    const settings = [
      `directories.tokendir = ${join(folder, 'tokens')}`,
      ...['objectstore.backend = file', 'log.level = ERROR', 'slots.removable = true'],
    ];
    await writeFile(configuration, `${settings.join('\n')}\n`);
    const child = fork(fileURLToPath(new URL('./personaliser.ts', import.meta.url)), [], {
      serialization: 'advanced',
      execArgv: [],
      env: { PATH: process.env['PATH'], SOFTHSM2_CONF: configuration },
    });
    try {
      const blanks = orders.map(({ label }) => ({ label, pin: randomPin(), soPin: randomPin() }));
      const initialise = { step: 'initialise', modulePath: softHsmModule, tokens: blanks } as const;
      const { tokens: made } = await ask(child, initialise, 'initialised');
      const tokens: SoftToken[] = [];
      for (const [index, { kind, subject }] of orders.entries()) {
        const [blank, token] = [blanks[index], made[index]];
        if (!blank || !token) throw new Error('SoftHSM made fewer tokens than ordered');
        const request = await certificateRequest(subject, rsaPublicKey(token), async (bytes) => {
          const report = await ask(child, { step: 'certify', token: index, request: bytes }, 'certified');
          return report.signature;
        });
        const certificate = await issue(request, kind);
        tokens.push({ kind, ...blank, serial: token.serial, certificateId: token.id, certificate });
      }
      const certificates = tokens.map(({ label, certificate }) => storedCertificate(label, certificate));
      await ask(child, { step: 'store', certificates }, 'stored');
      return new Machine(folder, tokens);
    } finally {
      child.kill('SIGKILL');
    }
  }

  /**
   * Takes the tokens out, or those of one kind. SoftHSM looks at its folder in C_Initialize only, so a running program
   * notices when its reader calls C_Finalize and C_Initialize again.
   */
  unplug(kind?: TokenKind): Promise<void> {
    return this.#move('tokens', 'unplugged', kind);
  }

  /** Puts the tokens back in, or those of one kind. */
  plugIn(kind?: TokenKind): Promise<void> {
    return this.#move('unplugged', 'tokens', kind);
  }

  async #move(from: string, to: string, kind: TokenKind | undefined): Promise<void> {
    const serials = this.tokens.filter((token) => !kind || token.kind === kind).map((token) => token.serial);
    for (const name of await readdir(join(this.#folder, from))) {
      // SoftHSM names a token's folder by a UUID and takes the serial number from its last 16 hexadecimal digits.
      if (!serials.includes(name.replaceAll('-', '').slice(-16))) continue;
      await rename(join(this.#folder, from, name), join(this.#folder, to, name));
    }
  }
}
