import type { SignatureScheme } from '../../../native/signing/signer.ts';
import type { SoftKeyKind } from '../../lab/pki/soft-key.ts';

/** The matrix as data: kinds of key × structures of the file × where the signature goes × baseline levels. */

export type SignerName = 'RSA-2048' | 'RSA-4096' | 'PSS' | 'P-256' | 'P-384';

/** A way of signing: the key, for RSA its padding, and the algorithm as our verifier names it. */
export const signers: Record<
  SignerName,
  { readonly key: SoftKeyKind; readonly scheme: SignatureScheme; readonly algorithm: string }
> = {
  'RSA-2048': { key: 'RSA-2048', scheme: 'pkcs1', algorithm: 'RSA-PKCS1v15 SHA-256' },
  'RSA-4096': { key: 'RSA-4096', scheme: 'pkcs1', algorithm: 'RSA-PKCS1v15 SHA-256' },
  PSS: { key: 'RSA-2048', scheme: 'pss', algorithm: 'RSA-PSS SHA-256' },
  'P-256': { key: 'P-256', scheme: 'pkcs1', algorithm: 'ECDSA SHA-256' },
  'P-384': { key: 'P-384', scheme: 'pkcs1', algorithm: 'ECDSA SHA-384' },
};

/** What signs first in files that have two signatures, whatever signs behind it. */
export const agencyKey: SignerName = 'P-256';

export const structures = [
  'classic',
  'stream',
  'hybrid',
  'linearized',
  'object streams',
  'AES-256',
  'AES-128',
  'recovered',
] as const;
export type Structure = (typeof structures)[number];

export const fields = ['new field', 'existing field', 'after another signature', 'certified P=2'] as const;
export type FieldWay = (typeof fields)[number];

/** Each is made from the one before it. */
export const levels = ['b', 't', 'lt', 'lta'] as const;
export type Level = (typeof levels)[number];

/** One result to be judged. */
export interface Cell {
  readonly signer: SignerName;
  readonly structure: Structure;
  readonly field: FieldWay;
  readonly level: Level;
}
