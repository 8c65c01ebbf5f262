import { createHash } from 'node:crypto';
import type { Certificate } from './certificate/certificate.ts';
import type { TrustRecorder } from './certificate/trust.ts';

/** What a verification rested on, in DER, each thing once: what a document must carry to be checked in years to come. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  /** OCSPResponse (RFC 6960), as the responder sent it. */
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** Takes what a verification is told to keep. */
export class Recorder implements TrustRecorder {
  readonly #certificates = new Map<string, Uint8Array>();
  readonly #ocsps = new Map<string, Uint8Array>();
  readonly #crls = new Map<string, Uint8Array>();

  path(chain: readonly Certificate[]): void {
    for (const { fingerprint, x509 } of chain) this.#certificates.set(fingerprint, x509.raw);
  }

  ocsp(response: Uint8Array): void {
    this.#ocsps.set(identity(response), response);
  }

  crl(list: Uint8Array): void {
    this.#crls.set(identity(list), list);
  }

  get data(): ValidationData {
    return {
      certificates: [...this.#certificates.values()],
      ocsps: [...this.#ocsps.values()],
      crls: [...this.#crls.values()],
    };
  }
}

/** What tells two pieces of validation data apart. */
export function identity(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
