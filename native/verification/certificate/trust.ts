import type { X509Certificate } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ReasonCode } from '../../../contract/verdict.ts';
import type { RevocationValues } from '../cms/signed-data.ts';
import { Effort } from '../effort.ts';
import type { Fetcher } from '../revocation/fetcher.ts';
import { HttpFetcher } from '../revocation/http-fetcher.ts';
import type { KeptEvidence } from '../revocation/kept-evidence.ts';
import type { ListSigners } from '../revocation/list-status.ts';
import { type EvidenceRecorder, type RevocationStatus, revocationStatus } from '../revocation/status.ts';
import { type Certificate, readCertificates } from './certificate.ts';
import { type IssuerBundle, issuersFrom, keepIssuers } from './issuer-bundle.ts';
import { findPaths, type Path } from './path.ts';
import type { PolicyInput } from './policies.ts';
import { maySign, type Purpose } from './purpose.ts';

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
  /** Answers about status that were fetched earlier. */
  readonly kept?: KeptEvidence;
  /** What is asked of certificate policies; by default, only what the certificates ask themselves. */
  readonly policies?: PolicyInput;
}

/** The options, read once for all signatures of a file. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly time: Date;
  readonly now: Date;
  readonly fetcher: Fetcher | null;
  readonly kept?: KeptEvidence | undefined;
  readonly policies: PolicyInput;
  readonly effort: Effort;
  /** Is told what trust rested on, so that it can be kept. */
  readonly recorder?: TrustRecorder;
  /** What the recorder is told will be put into the document: it must not rest on what only speaks of the past. */
  readonly isGathering?: boolean;
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
    kept: options.kept,
    policies: options.policies ?? {},
    effort: new Effort(),
  };
}

export interface CertificateQuestion {
  readonly certificate: Certificate;
  readonly purpose: Purpose;
  /** The instant for which to judge, and whether a time stamp proves it. */
  readonly at: Date;
  readonly proven: boolean;
  /** The instant for which the status is asked, where that isn't `at`. */
  readonly statusAt?: Date;
  /**
   * What a time stamp says that is judged: an authority that ends orderly leaves its earlier stamps good (RFC 3161,
   * 4).
   */
  readonly stampedAt?: Date | undefined;
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

/**
 * Judges a certificate: path, purpose, and the status of every certificate below the anchor. Where several paths
 * hold, one whose status is good goes before: an authority that was revoked under one root may still be in order
 * under another.
 */
export async function judgeCertificate(
  question: CertificateQuestion,
  trust: Trust,
): Promise<CertificateJudgement> {
  const { certificate, purpose } = question;
  const { path, status } = await bestPath(question, trust);
  const reasons = new Set<ReasonCode>(path.reasons);
  if (purpose === 'signing' && !maySign(certificate)) reasons.add('key-usage-unsuitable');
  const trusted = reasons.size === 0;
  if (trusted) trust.recorder?.path(path.chain);
  if (status === 'revoked') reasons.add('certificate-revoked');
  if (status === 'unknown' || status === 'notChecked') reasons.add('revocation-unknown');
  return { trusted, revocation: status, reasons: [...reasons], chain: path.chain };
}

/** Each path that holds may cost as many questions as it is long. */
const maxPaths = 4;

async function bestPath(
  question: CertificateQuestion,
  trust: Trust,
): Promise<{ path: Path; status: RevocationStatus }> {
  const pool = onceEach([...question.certificates, ...trust.intermediates]);
  const bundles: IssuerBundle[] = [];
  const { at, purpose } = question;
  const settings = { ...trust, at, purpose, ...issuersFrom(pool, trust, bundles) };
  let best: { path: Path; status: RevocationStatus } | null = null;
  let tried = 0;
  for await (const path of findPaths(question.certificate, settings)) {
    keepIssuers(path, bundles, trust.kept);
    const status = await chainStatus(path, { ...question, pool }, trust);
    if (!best || severity[status] < severity[best.status]) best = { path, status };
    if (status === 'good' || ++tried >= maxPaths) break;
  }
  return (
    best ?? { path: { chain: [question.certificate], reasons: ['chain-untrusted'] }, status: 'notChecked' }
  );
}

function onceEach(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint, each])).values()];
}

interface ChainQuestion extends CertificateQuestion {
  readonly pool: readonly Certificate[];
  /** Signers of lists whose own status is being asked: none of them can vouch for itself by way of others. */
  readonly asking?: ReadonlySet<string>;
}

/**
 * The worst status along the chain. An anchor has none: the office itself vouches for it. An authority that names no
 * source of status has none to ask, and its issuer, which the office trusts, wanted it so; the signer's own
 * certificate must name one.
 */
async function chainStatus(
  { chain, reasons }: Path,
  question: ChainQuestion,
  trust: Trust,
): Promise<RevocationStatus> {
  // An unfinished path has no trusted issuer whose word on revocation would count.
  if (reasons.includes('chain-untrusted') || reasons.includes('chain-invalid')) return 'notChecked';
  let worst: RevocationStatus = 'good';
  for (const [index, certificate] of chain.slice(0, -1).entries()) {
    const issuer = chain[index + 1];
    const hasSource = certificate.ocspUrls.length + certificate.distributionPoints.length > 0;
    if (!issuer) continue;
    const { proven, revocation: embedded } = question;
    const status = await revocationStatus({
      ...{ certificate, issuer, proven, embedded },
      at: question.statusAt ?? question.at,
      ...{ now: trust.now, fetcher: trust.fetcher, kept: trust.kept, recorder: trust.recorder },
      effort: trust.effort,
      signedAt: index === 0 ? question.stampedAt : undefined,
      signers: listSigners(chain.slice(index + 1), question, trust),
    });
    if (index > 0 && !hasSource && status !== 'revoked') continue;
    if (severity[status] > severity[worst]) worst = status;
  }
  return worst;
}

/**
 * Lists by another key than the issuer's: its path must end at the same anchor (RFC 5280, 6.3.3 f). Whoever bears the
 * issuer's own name must stand under the same authorities, too: else any other authority of the anchor could name
 * somebody after the issuer, and take a revocation back.
 *
 * @param issuers from the issuer to the anchor
 */
function listSigners(issuers: readonly Certificate[], question: ChainQuestion, trust: Trust): ListSigners {
  const anchor = issuers.at(-1);
  const anchors = anchor ? [anchor] : [];
  const { pool, asking = new Set() } = question;
  return {
    named: (key) => onceEach([...issuers, ...pool]).filter(({ subjectKey }) => subjectKey === key),
    async isTrusted(signer, at) {
      if (signer.fingerprint === anchor?.fingerprint) return true;
      if (asking.has(signer.fingerprint) || asking.size >= maxSigners) return false;
      if (!trust.effort.mayTry()) return false;
      const own = {
        ...{ ...question, certificate: signer, at, stampedAt: undefined },
        asking: new Set([...asking, signer.fingerprint]),
      };
      const settings = {
        ...trust,
        anchors,
        at,
        ...issuersFrom(pool, { ...trust, anchors, fetcher: null, kept: undefined }, []),
      };
      for await (const path of findPaths(signer, settings)) {
        if (path.reasons.length > 0) continue;
        if (signer.subjectKey === issuers[0]?.subjectKey && !isSameHierarchy(path.chain, issuers)) continue;
        if ((await chainStatus(path, own, trust)) !== 'good') continue;
        trust.recorder?.path(path.chain);
        return true;
      }
      return false;
    },
  };
}

/** Whether both lead over the same names, an authority's own changes of its key aside. */
function isSameHierarchy(one: readonly Certificate[], other: readonly Certificate[]): boolean {
  const names = (chain: readonly Certificate[]) =>
    chain.map(({ subjectKey }) => subjectKey).filter((name, index, all) => name !== all[index - 1]);
  return isDeepStrictEqual(names(one), names(other));
}

/** How many signers of lists may be vouched for by one another. */
const maxSigners = 3;

const severity: Record<RevocationStatus, number> = { good: 0, notChecked: 1, unknown: 2, revoked: 3 };
