import { holderOf } from '../../contract/holder.ts';
import type { ReasonCode, SignatureReport, SignerInfo } from '../../contract/verdict.ts';
import type { Certificate } from './certificate/certificate.ts';
import { describe } from './certificate/description.ts';
import { nameParts, subjectName } from './certificate/name.ts';
import type { CertificateJudgement, Trust } from './certificate/trust.ts';
import { type Examined, entryText, subFilterOf } from './examined.ts';
import { meantByLocalClock, readPdfDate } from './pdf-date.ts';
import {
  isDatedSoundly,
  judgeAuthority,
  judgeSigner,
  type ProofOfTime,
  provenTime,
  signatureStamp,
  trustedTime,
} from './proof-of-time.ts';
import type { SecurityStore } from './security-store.ts';
import { shown } from './shown.ts';
import { notesOf, type OwnStamp } from './signature-notes.ts';
import { verdictOf } from './verdict.ts';

/** What the reports of one file's signatures share. */
export interface ReportContext {
  readonly trust: Trust;
  readonly store: SecurityStore;
  readonly proofs: readonly ProofOfTime[];
  /** Where the document time stamps end that cover validation data: what lies before is archived. */
  readonly archiveEnds: readonly number[];
  /** The program that the file names as its writer; may be empty. */
  readonly producer: string;
}

/** The times that bear on one signature. */
interface Times {
  /** What the signer claims. */
  readonly claimed: Date | null;
  /** The message marks a local clock's time as UTC. */
  readonly isLocalAsUtc: boolean;
  /** What a trusted time stamp proves; the signature is judged for this instant then. */
  readonly proven: Date | null;
  readonly ownStamp: OwnStamp;
  /** It has a stamp of its own, or a document time stamp stands around it. */
  readonly hasStamp: boolean;
}

/** Judges whom a signature is by, and puts everything together. */
export async function report(examined: Examined, context: ReportContext): Promise<SignatureReport> {
  const { checked, claim, changes } = examined;
  const reasons = new Set<ReasonCode>(examined.integrityReasons);
  const isIntact = checked.kind !== 'failed' && checked.check.intact;
  const signer = signerOf(examined);
  const times = await timesOf(examined, context);
  if (times.ownStamp === 'broken') reasons.add('signing-time-unproven');
  if (checked.kind === 'timeStamp' && !isDatedSoundly(checked.check, context.trust)) {
    reasons.add('time-implausible');
  }
  const judgement = signer ? await judge(signer, examined, times, context) : null;
  // A forged value makes the certificate's own faults beside the point, but they are named all the same.
  for (const reason of judgement?.reasons ?? []) reasons.add(reason);
  const { now } = context.trust;
  if (signer) for (const reason of datedReasons(signer, times, { reasons, now })) reasons.add(reason);
  const certificates = checked.kind === 'signature' ? checked.signedData.certificates : null;
  const { claimed, isLocalAsUtc, ownStamp: stamp, proven } = times;
  const noLaterThan = proven ?? now;
  const notes = certificates
    ? notesOf({ certificates, judgement, claimed, isLocalAsUtc, stamp, noLaterThan })
    : [];
  const isTimeStamp = checked.kind === 'timeStamp' || subFilterOf(claim) === 'ETSI.RFC3161';
  const fields = changedFields(changes);
  const stampedAt = checked.kind === 'timeStamp' ? checked.check.time : times.proven;
  return {
    field: shown(claim.field),
    type: isTimeStamp ? 'timestamp' : 'signature',
    verdict: verdictOf(reasons),
    reasons: [...reasons],
    ...(notes.length > 0 && { notes }),
    intact: isIntact,
    trusted: isIntact && (judgement?.trusted ?? false),
    revocation: judgement?.revocation ?? 'notChecked',
    coverage: examined.coverage,
    changesAfter: changes.level,
    changes: changes.findings.map(({ text }) => shown(text)),
    ...(fields.length > 0 && { changedFields: fields }),
    signer: signer ? signerInfo(signer) : null,
    signedAt: times.claimed?.toISOString() ?? null,
    timestampAt: isIntact ? (stampedAt?.toISOString() ?? null) : null,
    algorithm: checked.kind === 'failed' ? '' : checked.check.algorithm,
    ...(reasons.has('file-rewritten') && context.producer !== '' && { rewrittenBy: context.producer }),
    level: isTimeStamp || !isIntact ? 'none' : levelOf(examined, signer, times, context),
  };
}

/** A name that isn't plain text could be cleaned into another's: then it is nobody's. */
function changedFields({ findings }: Examined['changes']): string[] {
  const names = findings
    .filter(({ level }) => level !== 'none' && level !== 'validationData')
    .map(({ field = '' }) => (shown(field) === field ? field : ''));
  return [...new Set(names)];
}

function signerOf({ checked }: Examined): Certificate | null {
  if (checked.kind === 'failed') return null;
  return checked.kind === 'timeStamp' ? checked.check.authority : checked.check.certificate;
}

async function timesOf(examined: Examined, { store, proofs, trust }: ReportContext): Promise<Times> {
  const { checked, claim, range } = examined;
  const outer = range ? provenTime(proofs, range.end) : null;
  if (checked.kind === 'timeStamp') {
    return {
      claimed: checked.check.time,
      isLocalAsUtc: false,
      proven: outer,
      ownStamp: 'none',
      hasStamp: true,
    };
  }
  const entry = entryText(claim, 'M');
  const written = readPdfDate(entry);
  if (checked.kind === 'failed') {
    return { claimed: written, isLocalAsUtc: false, proven: null, ownStamp: 'none', hasStamp: false };
  }
  const stated = checked.check.statements?.signingTime ?? null;
  const meant = stated && meantByLocalClock(stated, entry);
  const claimed = meant ?? stated ?? written;
  const stamp = await signatureStamp(checked.signedData, store);
  const fits = stamp !== null && stamp !== 'broken';
  const own = fits ? await trustedTime(stamp, outer, store, trust) : null;
  const proven = own && outer ? new Date(Math.min(own.getTime(), outer.getTime())) : (own ?? outer);
  const ownStamp = stamp === 'broken' ? 'broken' : fits ? (own ? 'trusted' : 'untrusted') : 'none';
  // EN 319 142-1, 6.3: T has a stamp of its own or a document time stamp around it, not merely somebody else's.
  const around = provenTime(
    proofs.filter(({ by }) => by === 'document'),
    range?.end ?? 0,
  );
  return { claimed, isLocalAsUtc: meant !== null, proven, ownStamp, hasStamp: fits || around !== null };
}

async function judge(
  signer: Certificate,
  { checked }: Examined,
  { proven }: Times,
  { trust, store }: ReportContext,
): Promise<CertificateJudgement | null> {
  switch (checked.kind) {
    case 'timeStamp':
      return judgeAuthority(checked.check, proven, store, trust);
    case 'signature':
      return judgeSigner(signer, checked, proven, store, trust);
    default:
      return null;
  }
}

/**
 * Outside of the certificate's time without a proof of when it was signed: unknown, unless even the signer's own
 * claim lies behind the end. Within it, too, a claim that can't be true leaves that open (TT 15/2025, PL II: signed
 * within validFrom and validTo): from before the beginning, as a computer with a dead clock battery writes it, from
 * behind the end, or in the future.
 */
function datedReasons(
  { notBefore, notAfter }: Certificate,
  { claimed, proven }: Times,
  { reasons, now }: { readonly reasons: ReadonlySet<ReasonCode>; readonly now: Date },
): ReasonCode[] {
  if (proven) return [];
  const isBehind = (instant: Date) => claimed !== null && claimed.getTime() > instant.getTime() + zoneSlackMs;
  if (reasons.has('certificate-expired')) return isBehind(notAfter) ? [] : ['signing-time-unproven'];
  if (reasons.has('certificate-not-yet-valid')) return ['signing-time-unproven'];
  const isEarly = claimed !== null && claimed.getTime() < notBefore.getTime() - zoneSlackMs;
  return isEarly || isBehind(notAfter) || isBehind(now) ? ['time-implausible'] : [];
}

/** Some signers write local time and mark it UTC: seven hours in Viet Nam, fourteen at most anywhere. */
const zoneSlackMs = 14 * 3_600_000;

/** ETSI EN 319 142-1's levels, by what is there. Whether it convinces is the verdict's matter. */
function levelOf(
  { claim, checked, range }: Examined,
  signer: Certificate | null,
  times: Times,
  { store, archiveEnds }: ReportContext,
): SignatureReport['level'] {
  const statements = checked.kind === 'signature' ? checked.check.statements : null;
  const isBaseline =
    subFilterOf(claim) === 'ETSI.CAdES.detached' && signer && statements?.namesCertificate(signer);
  if (!isBaseline) return 'none';
  if (!times.hasStamp) return 'b';
  const { crls, ocsps } = store.revocation;
  if (crls.length + ocsps.length === 0) return 't';
  return archiveEnds.some((end) => end > (range?.end ?? 0)) ? 'lta' : 'lt';
}

/** Names in a certificate that are kept to be compared; honest ones have three or four. */
const mostNames = 20;

function signerInfo(certificate: Certificate): SignerInfo {
  const parts = (...kinds: readonly string[]) =>
    kinds.flatMap((kind) => nameParts(certificate.subject, kind).map(shown)).slice(0, mostNames);
  const [organisations, places] = [parts('O', 'OU'), parts('L', 'ST')];
  return {
    ...describe(certificate),
    ...(organisations.length > 0 && { organisations }),
    ...(places.length > 0 && { places }),
    holder: holderOf(subjectName(certificate.subject)),
    certificateDigest: certificate.fingerprint,
  };
}
