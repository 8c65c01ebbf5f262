import { unlessMalformed } from '../../asn1/element.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { allReasons, type DistributionPoint, type PointName } from '../certificate/distribution-point.ts';
import { keyUsageBit } from '../certificate/extensions.ts';
import { appendedKey } from '../certificate/name.ts';
import type { Effort } from '../effort.ts';
import { isSignatureOf, isWeak } from '../signature-algorithm.ts';
import { type RevocationList, readList } from './crl.ts';
import { type Evidence, isOrderly, revocationReason, speaksOf } from './evidence.ts';
import { findEntry, type ListEntry } from './list-entry.ts';

/** A certificate's status by revocation lists (RFC 5280, 6.3.3): complete, delta, indirect, split by point or by reason. */

export interface ListQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly at: Date;
  readonly now: Date;
  readonly signers: ListSigners;
  readonly effort: Effort;
}

/** Who else may have signed a list: an authority's own key for lists, its next key, an issuer of indirect lists. */
export interface ListSigners {
  /** Certificates of that name that are at hand. */
  named(issuerKey: string): readonly Certificate[];
  /** Whether a path to the same anchor holds for one of them at that instant, and none of it is revoked. */
  isTrusted(signer: Certificate, at: Date): Promise<boolean>;
}

export interface ListEvidence extends Evidence {
  /** What it was read from. */
  readonly lists: readonly Uint8Array[];
}

/** A hostile document may carry any number of lists, and each signature that is checked costs time. */
const maxLists = 64;

/** What lists say of a certificate together, or null where they leave something open. Never throws for what they contain. */
export async function statusFromLists(
  bytes: readonly Uint8Array[],
  question: ListQuestion,
): Promise<ListEvidence | null> {
  const lists = readable(bytes, question);
  const used: RevocationList[] = [];
  let covered = 0;
  for (const point of pointsOf(question.certificate)) {
    for (const list of lists) {
      const reasons = list.deltaBase === null ? reasonsFor(list, point, question.certificate) : 0;
      if ((reasons & ~covered) === 0 || !(await isSigned(list, question))) continue;
      const delta = await findDelta(lists, list, question);
      let entry = unlessMalformed(() => entryOf(list, delta, question.certificate), 'unusable');
      if (entry === 'unusable') continue;
      const sources = delta ? [list, delta] : [list];
      if (entry === null) {
        const told = await toldSince(lists, sources, question);
        if (told) sources.push(told.list);
        entry = told?.entry ?? null;
      }
      if (entry) {
        const { revokedAt, reason } = entry;
        return { ...together(sources), status: 'revoked', revokedAt, isOrderly: isOrderly(reason) };
      }
      used.push(...sources);
      covered |= reasons;
    }
  }
  return covered === allReasons
    ? { ...together(used), status: 'good', revokedAt: null, isOrderly: false }
    : null;
}

/**
 * Lists that could say something of the certificate at that instant, the newest first: where several speak of the same, it counts.
 * Those of other authorities, which a document gathers over the years, don't take the room of its own.
 */
function readable(
  bytes: readonly Uint8Array[],
  { certificate, at, now }: ListQuestion,
): readonly RevocationList[] {
  const issuers = new Set(pointsOf(certificate).flatMap((point) => issuersOf(point, certificate)));
  return bytes
    .flatMap((each) => unlessMalformed(() => readList(each), []))
    .filter((list) => issuers.has(list.issuerKey) && !list.hasUnknownCritical && speaksOf(list, at, now))
    .toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())
    .slice(0, maxLists);
}

/** The certificate's own points, then the list that any issuer may have without naming it (6.3.3, last paragraph). */
function pointsOf({ distributionPoints, issuerKey }: Certificate): DistributionPoint[] {
  const name = { keys: [`directory ${issuerKey}`], relativeKey: null };
  return [...distributionPoints, { name, reasons: allReasons, issuerKeys: null, urls: [] }];
}

function issuersOf({ issuerKeys }: DistributionPoint, { issuerKey }: Certificate): readonly string[] {
  return issuerKeys ?? [issuerKey];
}

/** For which reasons a list would name this certificate, were it revoked (6.3.3 b, d): none, where the list isn't about it. */
function reasonsFor(
  { scope, issuerKey }: RevocationList,
  point: DistributionPoint,
  certificate: Certificate,
): number {
  const issuers = issuersOf(point, certificate);
  if (!issuers.includes(issuerKey) || (point.issuerKeys && !scope.indirect)) return 0;
  if (scope.onlyAttributes) return 0;
  if (scope.onlyUsers && certificate.isAuthority) return 0;
  if (scope.onlyAuthorities && !certificate.isAuthority) return 0;
  if (scope.name) {
    const own = fullNames(scope.name, [issuerKey]);
    const wanted = point.name ? fullNames(point.name, issuers) : issuers.map((key) => `directory ${key}`);
    if (!own.some((name) => wanted.includes(name))) return 0;
  }
  return scope.reasons & point.reasons;
}

function fullNames({ keys, relativeKey }: PointName, issuers: readonly string[]): readonly string[] {
  if (relativeKey === null) return keys;
  return issuers.map((issuer) => `directory ${appendedKey(issuer, relativeKey)}`);
}

async function isSigned(list: RevocationList, question: ListQuestion): Promise<boolean> {
  const { issuer, signers, effort } = question;
  const others = signers
    .named(list.issuerKey)
    .filter(({ fingerprint }) => fingerprint !== issuer.fingerprint);
  for (const signer of [issuer, ...others]) {
    if (!hasSigned(list, signer, effort)) continue;
    if (signer === issuer || (await signers.isTrusted(signer, list.thisUpdate))) return true;
  }
  return false;
}

function hasSigned(list: RevocationList, signer: Certificate, effort: Effort): boolean {
  if (signer.subjectKey !== list.issuerKey) return false;
  if (signer.keyUsage && !signer.keyUsage(keyUsageBit.crlSign)) return false;
  if (list.authorityKeyId && signer.subjectKeyId && list.authorityKeyId !== signer.subjectKeyId) return false;
  const { algorithm } = list;
  if (!algorithm || isWeak(algorithm, signer.publicKey)) return false;
  return effort.holds(list, signer, () =>
    isSignatureOf(algorithm, signer.publicKey, list.toBeSigned, list.signature),
  );
}

/** The newest delta that builds on this list or an older one, of the same issuer, key and scope (6.3.3 c). */
async function findDelta(
  lists: readonly RevocationList[],
  base: RevocationList,
  question: ListQuestion,
): Promise<RevocationList | null> {
  const { number } = base;
  if (number === null) return null;
  for (const delta of lists) {
    const fits =
      delta.deltaBase !== null &&
      delta.deltaBase <= number &&
      (delta.number ?? 0n) > number &&
      delta.issuerKey === base.issuerKey &&
      delta.authorityKeyId === base.authorityKeyId &&
      delta.scope.key === base.scope.key;
    if (fits && (await isSigned(delta, question))) return delta;
  }
  return null;
}

/**
 * A revocation in a newer delta of the same issuer that fits none of the complete lists at hand: what it builds on hasn't come yet,
 * but what it names is revoked.
 */
async function toldSince(
  lists: readonly RevocationList[],
  used: readonly RevocationList[],
  question: ListQuestion,
): Promise<{ entry: ListEntry; list: RevocationList } | null> {
  const [base] = used;
  const since = Math.max(...used.map(({ thisUpdate }) => thisUpdate.getTime()));
  for (const list of lists) {
    const isNewer = list.deltaBase !== null && list.thisUpdate.getTime() > since;
    if (!isNewer || list.issuerKey !== base?.issuerKey) continue;
    // First, since a signature is looked at once and a list's entries each time: anybody can name the issuer in a list of his own.
    if (!(await isSigned(list, question))) continue;
    const entry = unlessMalformed(() => findEntry(list, question.certificate), 'unusable');
    if (entry === null || entry === 'unusable' || entry.reason === revocationReason.removeFromList) continue;
    return { entry, list };
  }
  return null;
}

/** A delta goes before its base: it may take a hold back (6.3.3 i to l), and nothing else (5.3.1). */
function entryOf(
  base: RevocationList,
  delta: RevocationList | null,
  certificate: Certificate,
): ListEntry | 'unusable' | null {
  const older = findEntry(base, certificate);
  const newer = delta ? findEntry(delta, certificate) : null;
  if (older === 'unusable' || newer === 'unusable') return 'unusable';
  if (newer?.reason === revocationReason.removeFromList && older && older.reason !== revocationReason.hold)
    return older;
  const found = newer ?? older;
  return found?.reason === revocationReason.removeFromList ? null : found;
}

/** What several lists say is true from the newest's date until the first has run out. */
function together(
  lists: readonly RevocationList[],
): Pick<ListEvidence, 'thisUpdate' | 'nextUpdate' | 'keepsSince' | 'lists'> {
  const time = (dates: readonly (Date | null)[]) => dates.flatMap((date) => date?.getTime() ?? []);
  const nextUpdates = time(lists.map(({ nextUpdate }) => nextUpdate));
  const keeps = time(lists.map(({ keepsSince }) => keepsSince));
  return {
    thisUpdate: new Date(Math.min(...time(lists.map(({ thisUpdate }) => thisUpdate)))),
    nextUpdate: nextUpdates.length === lists.length ? new Date(Math.min(...nextUpdates)) : null,
    keepsSince: keeps.length === lists.length ? new Date(Math.max(...keeps)) : null,
    lists: lists.map(({ bytes }) => bytes),
  };
}
