import { createPrivateKey, createPublicKey, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import { runProgram } from '../program.ts';
import { usualValidity, type Validity } from './authority.ts';
import { certificateRequest } from './certificate-request.ts';
import type { CertificateKind } from './configuration.ts';
import type { Pki } from './pki.ts';
import type { Subject } from './subject.ts';

/** What kinds of key the lab certifies, as arguments of `openssl genpkey`. */
const kinds = {
  'RSA-2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'RSA-3072': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  'RSA-4096': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096'],
  'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'P-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
} as const;

export type SoftKeyKind = keyof typeof kinds;

/** A key in this process' memory with its certificate and the certificates above it, without the root. */
export interface SoftKey {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
}

export interface SoftKeyOptions {
  /** `person` where left out. */
  readonly kind?: CertificateKind;
  readonly validity?: Validity;
}

/** Makes a key and has the issuing authority certify it: its status is in the lab's OCSP and CRL like any token's. */
export async function issueSoftKey(
  pki: Pki,
  keyKind: SoftKeyKind,
  subject: Subject,
  { kind = 'person', validity = usualValidity() }: SoftKeyOptions = {},
): Promise<SoftKey> {
  const key = createPrivateKey(await runProgram('openssl', ['genpkey', '-quiet', ...kinds[keyKind]]));
  const request = await certificateRequest(subject, createPublicKey(key), async (bytes) =>
    sign('sha256', bytes, key),
  );
  const certificate = await pki.issuingAuthority.issue(request, kind, validity);
  return { key, certificate, chain: [pki.issuing] };
}
