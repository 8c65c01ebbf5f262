import type { FieldLock } from './field-lock.ts';
import { defaultDigest } from './mechanism.ts';
import type { DigestAlgorithm, Signer } from './signer.ts';

/**
 * What may be changed after a certification signature (ISO 32000-2, 12.8.2.2; DocMDP's /P): 1 nothing but validation data and
 * document time stamps, 2 filling forms and signing, 3 annotations, too.
 */
export type CertificationLevel = 1 | 2 | 3;

/** What the caller would like a signature to be and say, as far as the field's seed value leaves it open. */
export interface SignatureWishes {
  /** What suits the key where it is left out. */
  readonly digestAlgorithm?: DigestAlgorithm;
  readonly reason?: string;
  readonly location?: string;
  /** Makes it a certification signature, which only a document's first one can be. */
  readonly certification?: CertificationLevel;
  /** A time stamp goes into the signature before anybody gets the file. */
  readonly isTimeStamped?: boolean;
}

/** What is known of a signer before it signs; enough to lay a signature out. */
export type SignerIdentity = Omit<Signer, 'sign'>;

/** What the signature will be and say. */
export interface SignatureTerms {
  readonly digestAlgorithm: DigestAlgorithm;
  readonly reason: string | null;
  readonly location: string | null;
  /** Null for an approval signature. */
  readonly certification: CertificationLevel | null;
  /** The fields that nobody may fill after it; null where it locks none. */
  readonly lock: FieldLock | null;
}

/** The terms as they are where no seed value says otherwise. */
export function usualTerms(
  wishes: SignatureWishes,
  signer: SignerIdentity,
  lock: FieldLock | null,
): SignatureTerms {
  return {
    digestAlgorithm: wishes.digestAlgorithm ?? defaultDigest(signer.certificate),
    reason: wishes.reason ?? null,
    location: wishes.location ?? null,
    certification: wishes.certification ?? null,
    lock,
  };
}
