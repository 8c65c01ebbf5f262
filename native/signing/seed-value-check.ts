import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { type FieldLock, lockEverything } from './field-lock.ts';
import { certificateFault } from './seed-certificate.ts';
import type { SeedValue } from './seed-value.ts';
import {
  type CertificationLevel,
  type SignatureTerms,
  type SignatureWishes,
  type SignerIdentity,
  usualTerms,
} from './signature-terms.ts';
import type { DigestAlgorithm } from './signer.ts';

/** PDF 2.0's seed values (table 237, /V). */
const versionKnown = 3;

/** What the seed value meets. */
export interface SeedCircumstances {
  readonly document: PdfDocument;
  readonly field: string;
  readonly signer: SignerIdentity;
  readonly wishes: SignatureWishes;
  /** The field's own /Lock. */
  readonly lock: FieldLock | null;
}

/**
 * The terms on which the field's author lets it be signed (ISO 32000-2, table 237). What binds is obeyed to the letter, what is
 * only wished is followed where the caller didn't ask for something else. Throws `pdf-seed-value` {field, reason, wanted}.
 */
export function obeySeedValue(seed: SeedValue, circumstances: SeedCircumstances): SignatureTerms {
  const { document, field, signer, wishes, lock } = circumstances;
  const refuse: Refuse = (reason, wanted = '') =>
    new AppError('pdf-seed-value', { field, reason: `seed-value-${reason}`, wanted });
  requireKnown(seed, refuse);
  if (seed.required.has('filter') && seed.filter !== null && seed.filter !== 'Adobe.PPKLite')
    throw refuse('filter', seed.filter);
  // PAdES knows one encoding only (EN 319 142-1, 6.3); the older ones are no baseline signature.
  if (seed.required.has('subFilter') && seed.subFilters && !seed.subFilters.includes('ETSI.CAdES.detached'))
    throw refuse('subfilter', seed.subFilters.join(', '));
  // Asks for the status inside the CMS, as adbe.pkcs7.detached has it; in PAdES it stands in the document (table 237).
  if (seed.required.has('addRevInfo') && seed.addRevInfo) throw refuse('revocation');
  if (seed.timeStamp?.isRequired && !wishes.isTimeStamped) throw refuse('time-stamp', seed.timeStamp.url);
  const fault = seed.certificate && certificateFault(document, seed.certificate, signer);
  if (fault) throw refuse(fault.reason, fault.wanted);
  const usual = usualTerms(wishes, signer, lock);
  return {
    ...usual,
    digestAlgorithm: digestOf(seed, usual.digestAlgorithm, wishes, refuse),
    reason: reasonOf(seed, usual.reason, refuse),
    certification: certificationOf(seed, usual.certification, refuse),
    lock: seed.required.has('lockDocument') && seed.lockDocument === 'true' ? lockEverything : lock,
  };
}

/** Makes the failure that names what wasn't met. */
type Refuse = (reason: string, wanted?: string) => AppError;

function requireKnown(seed: SeedValue, refuse: Refuse): void {
  if (seed.hasUnknownConstraint) throw refuse('unknown');
  if (seed.required.has('version') && (seed.version ?? 0) > versionKnown)
    throw refuse('version', String(seed.version));
  // Named appearances are the author's own; there is no register of them.
  if (seed.required.has('appearanceFilter') && seed.appearanceFilter !== null)
    throw refuse('appearance', seed.appearanceFilter);
}

const digests: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];

function digestOf(
  { digestMethods, required }: SeedValue,
  usual: DigestAlgorithm,
  wishes: SignatureWishes,
  refuse: Refuse,
): DigestAlgorithm {
  if (!digestMethods || digestMethods.includes(usual)) return usual;
  const binds = required.has('digestMethod');
  if (wishes.digestAlgorithm && !binds) return usual;
  // In the author's order; SHA-1 and RIPEMD-160 are no choice (TT 15/2025, PL I).
  const offered = digestMethods.flatMap((name) => digests.find((digest) => digest === name) ?? []);
  const [first] = wishes.digestAlgorithm ? [] : offered;
  if (first) return first;
  if (!binds) return usual;
  throw refuse('digest', digestMethods.join(', '));
}

/** A single full stop, or nothing: no reason may be given (table 237, Reasons). */
const noReason = new Set(['.', '']);

function reasonOf({ reasons, required }: SeedValue, usual: string | null, refuse: Refuse): string | null {
  if (!required.has('reasons')) return usual;
  const allowed = (reasons ?? []).filter((reason) => !noReason.has(reason));
  if (usual === null && allowed.length <= 1) return allowed[0] ?? null;
  if (usual === null || !allowed.includes(usual)) throw refuse('reason', allowed.join('; '));
  return usual;
}

function certificationOf(
  { mdp, required }: SeedValue,
  usual: CertificationLevel | null,
  refuse: Refuse,
): CertificationLevel | null {
  const wanted = mdp === 1 || mdp === 2 || mdp === 3 ? mdp : null;
  if (mdp !== null && usual !== null && usual !== wanted) throw refuse('mdp', String(mdp));
  const certification = mdp === null ? usual : wanted;
  // A legal attestation is a person's word on what the document may do; no program can give it.
  if (certification !== null && required.has('legalAttestation')) throw refuse('legal-attestation');
  return certification;
}
