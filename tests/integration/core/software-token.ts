import { sign, type X509Certificate } from 'node:crypto';
import { AppError } from '../../../contract/failure.ts';
import { PinReceiver } from '../../../contract/sealed-pin.ts';
import type { CertificateInfo, KeyReference, ModuleInfo } from '../../../contract/token.ts';
import type { TokenPort } from '../../../native/core/ports.ts';
import type { DigestAlgorithm, Signer } from '../../../native/signing/signer.ts';
import type { Identity } from '../server/identities.ts';

const modulePath = '/software/module.so';
const tokenSerial = 'SOFT0001';

interface HeldKey {
  readonly identity: Identity;
  readonly holder: CertificateInfo['holder'];
}

/** A token made of software keys: the port's promises kept without a driver. Counts what it is asked. */
export class SoftwareToken implements TokenPort {
  readonly #keys: Map<string, HeldKey>;
  plugged = true;
  loggedIn = false;
  problem: AppError | null = null;
  listing = 0;
  mostListings = 0;
  signatures = 0;
  logouts = 0;

  constructor(keys: Record<string, HeldKey>) {
    this.#keys = new Map(Object.entries(keys));
  }

  static key(certificateId: string): KeyReference {
    return { modulePath, tokenSerial, certificateId };
  }

  async list(): Promise<ModuleInfo[]> {
    this.listing += 1;
    this.mostListings = Math.max(this.mostListings, this.listing);
    await new Promise((resolve) => setImmediate(resolve));
    this.listing -= 1;
    if (this.problem) throw this.problem;
    const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };
    const certificates = [...this.#keys].map(([id, key]) => this.#info(id, key));
    const token = {
      ...{ slot: 0, label: 'Software', serial: tokenSerial, manufacturer: 'Tests', model: 'Soft', flags },
      ...{ loggedIn: this.loggedIn, certificates },
    };
    const tokens = this.plugged ? [token] : [];
    return [{ path: modulePath, ok: true, error: null, description: 'Software token', tokens }];
  }

  async pinKey() {
    return (await PinReceiver.create()).key;
  }

  async login(): Promise<void> {
    this.loggedIn = true;
  }

  async changePin(): Promise<void> {
    this.loggedIn = false;
  }

  async logout(): Promise<void> {
    this.loggedIn = false;
    this.logouts += 1;
  }

  async certificate(key: KeyReference): Promise<X509Certificate> {
    return this.#held(key).certificate;
  }

  /** The only place where a key is used. */
  async sign(key: KeyReference, algorithm: DigestAlgorithm, data: Uint8Array): Promise<Uint8Array> {
    const { key: secret } = this.#held(key);
    this.signatures += 1;
    return sign(algorithm, data, { key: secret, dsaEncoding: 'der' });
  }

  async signer(key: KeyReference, chain: readonly X509Certificate[]): Promise<Signer> {
    const { certificate } = this.#held(key);
    return { certificate, chain, sign: (algorithm, data) => this.sign(key, algorithm, data) };
  }

  async close(): Promise<void> {
    this.plugged = false;
  }

  #held(key: KeyReference): Identity {
    if (!this.plugged) throw new AppError('token-removed');
    const held = this.#keys.get(key.certificateId);
    if (held === undefined) throw new AppError('certificate-missing');
    return held.identity;
  }

  #info(id: string, { identity, holder }: HeldKey): CertificateInfo {
    const { certificate } = identity;
    return {
      ...{ id, subject: certificate.subject, organisation: '', holder, serial: certificate.serialNumber },
      issuer: certificate.issuer,
      notBefore: certificate.validFromDate.toISOString(),
      notAfter: certificate.validToDate.toISOString(),
      ...{ keyType: 'EC', keyBits: 256, canSign: true, hasPrivateKey: true },
    };
  }
}
