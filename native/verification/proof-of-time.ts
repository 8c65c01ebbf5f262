import { MalformedAsn1 } from '../asn1/element.ts';
import type { Certificate } from './certificate/certificate.ts';
import { type CertificateJudgement, judgeCertificate, type Trust } from './certificate/trust.ts';
import { clockSkewMs } from './clock-skew.ts';
import { type RevocationValues, readSignedData, type SignedData } from './cms/signed-data.ts';
import { checkTimeStamp, type TimeStampCheck } from './cms/time-stamp.ts';
import type { Examined } from './examined.ts';
import type { SecurityStore } from './security-store.ts';
import { contentDigest } from './sha1/content-digest.ts';
import type { HashName } from './signature-algorithm.ts';

const signatureTimeStamp = '1.2.840.113549.1.9.16.2.14';

/** A trusted statement that the first `end` bytes of the file existed at `time`. */
export interface ProofOfTime {
  readonly end: number;
  readonly time: Date;
  /** A document time stamp, which raises the level of what it covers, or a later signature's own stamp. */
  readonly by: 'document' | 'signature';
}

/** The earliest instant at which bytes up to `end` are proven to have existed by what was added behind them. */
export function provenTime(proofs: readonly ProofOfTime[], end: number): Date | null {
  const times = proofs.filter((proof) => proof.end > end).map(({ time }) => time.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/**
 * The proofs that time stamps give, the newest judged first: each one keeps the ones before it provable after their own
 * authority's certificate has run out (ISO 32000-2, 12.8.5).
 *
 * A signature's own stamp proves that the signature was there, and a valid signature could only be made over bytes
 * that were there before it: an agency's stamped seal proves the time of the approval that it covers. That needs a
 * signer who was trusted then: to another key, made later for the purpose, the same value could belong.
 */
export async function proofsOf(
  examined: readonly Examined[],
  store: SecurityStore,
  trust: Trust,
): Promise<ProofOfTime[]> {
  const proofs: ProofOfTime[] = [];
  const newestFirst = examined.toSorted((a, b) => (b.range?.end ?? 0) - (a.range?.end ?? 0));
  for (const { checked, range, signed, integrityReasons } of newestFirst) {
    if (!range || !signed || integrityReasons.length > 0) continue;
    const outer = provenTime(proofs, range.end);
    if (checked.kind === 'timeStamp') {
      const time = await trustedTime(checked.check, outer, store, trust);
      if (time) proofs.push({ end: range.end, time, by: 'document' });
    } else if (checked.kind === 'signature' && checked.check.certificate) {
      const stamp = await signatureStamp(checked.signedData, store);
      const time = stamp && stamp !== 'broken' ? await trustedTime(stamp, outer, store, trust) : null;
      const signer = time && (await judgeSigner(checked.check.certificate, checked, time, store, trust));
      if (time && signer?.reasons.length === 0) proofs.push({ end: range.end, time, by: 'signature' });
    }
  }
  return proofs;
}

/**
 * Judges a signature's certificate for the instant that a stamp proves, or, where none does, for the time of
 * verification.
 */
export function judgeSigner(
  certificate: Certificate,
  { signedData }: { readonly signedData: Pick<SignedData, 'certificates' | 'revocation'> },
  proven: Date | null,
  store: SecurityStore,
  trust: Trust,
): Promise<CertificateJudgement> {
  return judgeCertificate(
    {
      certificate,
      purpose: 'signing',
      at: proven ?? trust.time,
      proven: proven !== null,
      certificates: [...signedData.certificates, ...store.certificates],
      revocation: together(signedData.revocation, store.revocation),
    },
    trust,
  );
}

/**
 * Several authorities may have stamped one signature (EN 319 122-1, 5.3); a hostile message must not cost any number
 * of checks.
 */
const maxStamps = 4;

/**
 * The token that a signature carries (RFC 3161, appendix A), checked against the signature's value: the first that
 * fits. `broken` where none does, null where it carries none.
 */
export async function signatureStamp(
  { signer, certificates }: SignedData,
  store: SecurityStore,
): Promise<TimeStampCheck | 'broken' | null> {
  const tokens = signer.unsignedAttributes.get(signatureTimeStamp) ?? [];
  if (tokens.length === 0) return null;
  const candidates = [...certificates, ...store.certificates];
  const digestOf = (hash: HashName) => contentDigest(hash, signer.signature);
  for (const token of tokens.slice(0, maxStamps)) {
    try {
      const check = await checkTimeStamp(readSignedData(token), digestOf, candidates);
      if (check.intact) return check;
    } catch (error) {
      if (!(error instanceof MalformedAsn1)) throw error;
    }
  }
  return 'broken';
}

/**
 * A time stamp's time where its authority is trusted and not revoked at `at` (proven) or at the time of verification.
 */
export async function trustedTime(
  check: TimeStampCheck,
  at: Date | null,
  store: SecurityStore,
  trust: Trust,
): Promise<Date | null> {
  if (!check.intact || check.reasons.length > 0) return null;
  const judgement = await judgeAuthority(check, at, store, trust);
  return judgement?.reasons.length === 0 && isDatedSoundly(check, trust) ? check.time : null;
}

/**
 * Judges a stamp's authority: for the instant `at` that a stamp around it proves, else for the time of verification.
 *
 * The newest stamp has none around it. Where nobody can be asked about its authority today (no network, or responders
 * that have gone), what the file carries decides as of the stamp's own time, as EU DSS and Adobe's readers have it:
 * else no file could be checked from its own data. An answer of today always goes before; and the authority's
 * certificate must still be in its time, since it is all that vouches for the stamp. Null where the authority isn't
 * known.
 */
export async function judgeAuthority(
  { authority, certificates, revocation, time }: TimeStampCheck,
  at: Date | null,
  store: SecurityStore,
  trust: Trust,
): Promise<CertificateJudgement | null> {
  if (!authority) return null;
  const question = {
    certificate: authority,
    purpose: 'timeStamping',
    at: at ?? trust.time,
    proven: at !== null,
    stampedAt: time,
    certificates: [...certificates, ...store.certificates],
    revocation: together(revocation, store.revocation),
  } as const;
  const judgement = await judgeCertificate(question, trust);
  const isStatusAlone = judgement.reasons.every((reason) => reason === 'revocation-unknown');
  // Data that is being gathered must not rest on such data.
  if (at !== null || judgement.reasons.length === 0 || !isStatusAlone || trust.isGathering) return judgement;
  return judgeCertificate({ ...question, statusAt: time, proven: true }, { ...trust, fetcher: null });
}

/**
 * Whether a token's time can be true: one dated outside of its authority's certificate was not made by that authority
 * in its time, and one dated ahead of every clock at hand says nothing of when its bytes were there.
 */
export function isDatedSoundly(
  { time, authority }: TimeStampCheck,
  { now, time: judgedFor }: Trust,
): boolean {
  if (authority === null || time < authority.notBefore || time > authority.notAfter) return false;
  return time.getTime() <= Math.max(now.getTime(), judgedFor.getTime()) + clockSkewMs;
}

function together(a: RevocationValues, b: RevocationValues): RevocationValues {
  return { crls: [...a.crls, ...b.crls], ocsps: [...a.ocsps, ...b.ocsps] };
}
