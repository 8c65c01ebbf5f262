import { createECDH, type X509Certificate } from 'node:crypto';
import { AppError } from '../../../contract/failure.ts';
import { PinReceiver } from '../../../contract/sealed-pin.ts';
import type { CertificateInfo, KeyReference, ModuleInfo } from '../../../contract/token.ts';
import type { TokenPort } from '../../../native/core/ports.ts';
import type { Identity } from '../server/identities.ts';

const modulePath = '/software/module.so';
const tokenSerial = 'SOFT0001';

interface HeldKey {
  readonly identity: Identity;
  readonly holder: CertificateInfo['holder'];
}

/** The order of P-256's group (FIPS 186-5). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

/** The inverse by Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % order, order - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order;
    base = (base * base) % order;
  }
  return result;
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const digits = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const padded = digits.readUInt8(0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, padded.length]), padded]);
}

/** ECDSA on P-256 over a digest, which Node only does over a message; DER as a token's driver room gives it. */
function signDigest({ key }: Identity, digest: Uint8Array): Uint8Array {
  const secret = toNumber(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const nonce = createECDH('prime256v1');
  const point = nonce.generateKeys();
  const r = toNumber(point.subarray(1, 33)) % order;
  const s = (inverse(toNumber(nonce.getPrivateKey())) * (toNumber(digest) + r * secret)) % order;
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
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

  async logout(): Promise<void> {
    this.loggedIn = false;
    this.logouts += 1;
  }

  async certificate(key: KeyReference): Promise<X509Certificate> {
    return this.#held(key).certificate;
  }

  async sign(key: KeyReference, _algorithm: string, digest: Uint8Array): Promise<Uint8Array> {
    this.signatures += 1;
    return signDigest(this.#held(key), digest);
  }

  async signer(key: KeyReference, chain: readonly X509Certificate[]) {
    const { certificate } = this.#held(key);
    return { certificate, chain, sign: this.sign.bind(this, key) };
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
