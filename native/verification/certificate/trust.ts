import type { X509Certificate } from 'node:crypto';
import type { ReasonCode } from '../../../contract/verdict.ts';
import type { RevocationValues } from '../cms/signed-data.ts';
import { type Fetcher, limits } from '../revocation/fetcher.ts';
import { HttpFetcher } from '../revocation/http-fetcher.ts';
import { remembered } from '../revocation/memory.ts';
import { type EvidenceRecorder, type RevocationStatus, revocationStatus } from '../revocation/status.ts';
import { readBundle } from './bundle.ts';
import { type Certificate, readCertificates } from './certificate.ts';
import { extendedUsage, keyUsageBit } from './extensions.ts';
import { findPath } from './path.ts';

/** Whom a verification trusts, and whom it may ask. */
export interface TrustOptions {
  /** The roots (and authorities) that the office has decided to trust. Nothing else is ever trusted. */
  readonly anchors: readonly X509Certificate[];
  /** Issuing authorities that signatures often leave out. */
  readonly intermediates?: readonly X509Certificate[];
  /** The instant to judge for; now, where none is given. */
  readonly time?: Date;
  /** Asks nobody: status comes from what the document embeds, or stays "notChecked". */
  readonly offline?: boolean;
  readonly fetcher?: Fetcher;
}

/** The options, read once for all signatures of a file. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly time: Date;
  readonly now: Date;
  readonly fetcher: Fetcher | null;
  /** Is told what trust rested on, so that it can be kept. */
  readonly recorder?: TrustRecorder;
}

/** Takes the paths that were trusted and the evidence of status that was fetched for them. */
export interface TrustRecorder extends EvidenceRecorder {
  path(chain: readonly Certificate[]): void;
}

const defaultFetcher = new HttpFetcher();

export function readTrust(options: TrustOptions): Trust {
  const now = new Date();
  return {
    anchors: readCertificates(options.anchors),
    intermediates: readCertificates(options.intermediates ?? []),
    time: options.time ?? now,
    now,
    fetcher: options.offline ? null : (options.fetcher ?? defaultFetcher),
  };
}

export interface CertificateQuestion {
  readonly certificate: Certificate;
  readonly purpose: 'signing' | 'timeStamping';
  /** The instant for which to judge, and whether a time stamp proves it. */
  readonly at: Date;
  readonly proven: boolean;
  /** The instant for which the status is asked, where that isn't `at`. */
  readonly statusAt?: Date;
  /** What travels with the signature and its document. */
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationValues;
}

export interface CertificateJudgement {
  /** A path to an anchor holds at that instant, and the key may be used so. */
  readonly trusted: boolean;
  readonly revocation: RevocationStatus;
  readonly reasons: readonly ReasonCode[];
  readonly chain: readonly Certificate[];
}

/** Judges a certificate: path, purpose, and the status of every certificate below the anchor. */
export async function judgeCertificate(
  question: CertificateQuestion,
  trust: Trust,
): Promise<CertificateJudgement> {
  const { certificate, at } = question;
  const pool = [...question.certificates, ...trust.intermediates];
  const path = await findPath(certificate, {
    anchors: trust.anchors,
    at,
    issuersOf: async (child) => {
      const known = pool.filter((candidate) => candidate.subjectKey === child.issuerKey);
      return known.length > 0 ? known : await fetchIssuers(child, trust.fetcher);
    },
  });
  const reasons = new Set<ReasonCode>(path.reasons);
  if (question.purpose === 'signing' && !maySign(certificate)) reasons.add('key-usage-unsuitable');
  const trusted = reasons.size === 0;
  const revocation = await chainStatus(path.chain, question, trust, path.reasons);
  if (trusted) trust.recorder?.path(path.chain);
  if (revocation === 'revoked') reasons.add('certificate-revoked');
  if (revocation === 'unknown' || revocation === 'notChecked') reasons.add('revocation-unknown');
  return { trusted, revocation, reasons: [...reasons], chain: path.chain };
}

async function fetchIssuers(certificate: Certificate, fetcher: Fetcher | null): Promise<Certificate[]> {
  if (!fetcher) return [];
  for (const url of certificate.issuerUrls) {
    const bytes = await remembered(fetcher, `issuer ${url}`, () => fetcher.get(url, limits.certificates));
    const found = bytes ? readBundle(bytes) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The worst status along the chain. An anchor has none: the office itself vouches for it. An authority that names no source of
 * status has none to ask, and its issuer, which the office trusts, wanted it so; the signer's own certificate must name one.
 */
async function chainStatus(
  chain: readonly Certificate[],
  question: CertificateQuestion,
  trust: Trust,
  pathReasons: readonly ReasonCode[],
): Promise<RevocationStatus> {
  // An unfinished path has no trusted issuer whose word on revocation would count.
  if (pathReasons.includes('chain-untrusted') || pathReasons.includes('chain-invalid')) return 'notChecked';
  let worst: RevocationStatus = 'good';
  for (const [index, certificate] of chain.slice(0, -1).entries()) {
    const issuer = chain[index + 1];
    const hasSource = certificate.ocspUrls.length + certificate.crlUrls.length > 0;
    if (!issuer) continue;
    const { proven, revocation: embedded } = question;
    const status = await revocationStatus({
      certificate,
      issuer,
      at: question.statusAt ?? question.at,
      now: trust.now,
      proven,
      embedded,
      fetcher: trust.fetcher,
      recorder: trust.recorder,
    });
    if (index > 0 && !hasSource && status !== 'revoked') continue;
    if (severity[status] > severity[worst]) worst = status;
  }
  return worst;
}

const severity: Record<RevocationStatus, number> = { good: 0, notChecked: 1, unknown: 2, revoked: 3 };

/** Purposes that are never a document's signature; a certificate limited to them is used outside its scope. */
const foreignPurposes: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.3',
  extendedUsage.timeStamping,
  extendedUsage.ocspSigning,
]);

/** RFC 5280, 4.2.1.3; TT 15/2025, PL II ("used within the permitted scope"). */
function maySign({ keyUsage, extendedKeyUsage }: Certificate): boolean {
  const bits =
    keyUsage === null || keyUsage(keyUsageBit.digitalSignature) || keyUsage(keyUsageBit.nonRepudiation);
  return bits && (extendedKeyUsage === null || extendedKeyUsage.some((usage) => !foreignPurposes.has(usage)));
}
