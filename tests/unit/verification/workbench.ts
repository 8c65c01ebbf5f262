import { constants, generateKeyPairSync, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signer } from '../../../native/signing/signer.ts';
import { HttpFetcher, type VerificationOptions } from '../../../native/verification/index.ts';
import { usualValidity, type Validity } from '../../lab/pki/authority.ts';
import { certificateRequest } from '../../lab/pki/certificate-request.ts';
import type { CertificateKind } from '../../lab/pki/configuration.ts';
import { createPki, type Pki } from '../../lab/pki/pki.ts';

/** A PKI with live responders, a folder for files, and signers at will; `close` takes all of it away. */
export interface Workbench {
  readonly pki: Pki;
  readonly folder: string;
  path(name: string): string;
  signer(options?: SignerOptions): Promise<SoftSigner>;
  /** Trusting the lab's root, and asking its responders. */
  trust(extra?: Partial<VerificationOptions>): VerificationOptions;
  close(): Promise<void>;
}

export interface SignerOptions {
  readonly kind?: CertificateKind;
  readonly keyType?: 'rsa' | 'ec';
  /** Of an elliptic key. */
  readonly curve?: 'P-256' | 'P-521';
  readonly commonName?: string;
  readonly validity?: Validity;
}

export interface SoftSigner extends Signer {
  readonly key: KeyObject;
}

export async function openWorkbench(): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'antin-verification-'));
  const pki = await createPki(folder);
  return {
    pki,
    folder,
    path: (name) => join(folder, name),
    signer: (options = {}) => issueSigner(pki, options),
    trust: (extra = {}) => ({
      anchors: [pki.root],
      // A fetcher of its own for each verification, so that no answer is remembered from the one before.
      fetcher: new HttpFetcher({ allowPrivate: true }),
      ...extra,
    }),
    close: async () => {
      await pki.responders.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function issueSigner(pki: Pki, options: SignerOptions): Promise<SoftSigner> {
  const { privateKey: key, publicKey } =
    options.keyType === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: options.curve ?? 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const subject = { commonName: options.commonName ?? 'Giám đốc Sở', organisation: 'Sở Thử Nghiệm' };
  const request = await certificateRequest(subject, publicKey, async (bytes) => sign('sha256', bytes, key));
  const validity = options.validity ?? usualValidity();
  const certificate = await pki.issuingAuthority.issue(request, options.kind ?? 'person', validity);
  return softSigner(key, certificate, [pki.issuing]);
}

export function softSigner(
  key: KeyObject,
  certificate: X509Certificate,
  chain: X509Certificate[],
): SoftSigner {
  return {
    key,
    certificate,
    chain,
    sign: async (algorithm, digest) =>
      sign(algorithm, digest, { key, padding: constants.RSA_PKCS1_PADDING, dsaEncoding: 'der' }),
  };
}
