import { unlessMalformed } from '../../asn1/element.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { RevocationValues } from '../cms/signed-data.ts';
import type { Effort } from '../effort.ts';
import { readList } from './crl.ts';
import { type Evidence, speaksOf } from './evidence.ts';
import { type Fetcher, limits } from './fetcher.ts';
import type { KeptEvidence } from './kept-evidence.ts';
import { type ListEvidence, type ListSigners, statusFromLists } from './list-status.ts';
import { remembered } from './memory.ts';
import { type OcspAnswer, readAnswer, writeRequest } from './ocsp.ts';

export type RevocationStatus = 'good' | 'revoked' | 'unknown' | 'notChecked';

export interface StatusQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The instant for which the status is asked. */
  readonly at: Date;
  readonly now: Date;
  /** When a time stamp says it was made, where it is its authority's own status that is asked. */
  readonly signedAt?: Date | undefined;
  /** Whether `at` is proven by a time stamp; then what the document embeds and was made behind it is as good as a fresh answer. */
  readonly proven: boolean;
  readonly embedded: RevocationValues;
  readonly signers: ListSigners;
  readonly effort: Effort;
  /** Null: offline. */
  readonly fetcher: Fetcher | null;
  /** What was fetched earlier and hasn't run out; asked where nobody else answers. */
  readonly kept?: KeptEvidence | undefined;
  /** Is told what was fetched, now or earlier, and believed; what is embedded is there already. */
  readonly recorder?: EvidenceRecorder | undefined;
}

/** Takes what showed a status, so that a document can carry it for those who check it later. */
export interface EvidenceRecorder {
  ocsp(response: Uint8Array): void;
  crl(list: Uint8Array): void;
}

/** Addresses of lists that one certificate may have asked for; each may cost its full time limit. */
const maxLists = 4;
const maxDeltas = 2;

/**
 * A certificate's status at an instant: OCSP, then the lists (TT 15/2025, PL II). 'unknown' where the sources
 * that were asked gave nothing usable, 'notChecked' where none could be asked; neither ever counts as good. What was revoked
 * after the instant was good at it.
 */
export async function revocationStatus(question: StatusQuestion): Promise<RevocationStatus> {
  const { fetcher, proven } = question;
  const asked = fetcher ? [() => fromOcsp(question, fetcher), () => fromLists(question, fetcher)] : [];
  const kept = () => fromKept(question);
  // Without a proven instant the freshest answer counts: an embedded "good" may be older than a revocation.
  let sources = [...asked, kept, () => fromEmbedded(question)];
  if (proven) {
    const embedded = await fromEmbedded(question);
    const carried = async () => embedded;
    // With one, too, a "good" from before it may be, however long it promised to hold: whoever signs with a stolen key embeds
    // what suits. It settles nothing while somebody can be asked.
    sources = isSettled(embedded, question) ? [carried] : [...asked, carried, kept];
  }
  for (const source of sources) {
    const evidence = await source();
    if (evidence) {
      return isRevoked(evidence, question) ? 'revoked' : 'good';
    }
  }
  return fetcher ? 'unknown' : 'notChecked';
}

/** Revoked at the instant; where it ended orderly, what it had signed by then stands for good. */
function isRevoked(
  { revokedAt, isOrderly }: Evidence,
  { at, now, proven, signedAt }: StatusQuestion,
): boolean {
  if (revokedAt === null) return false;
  // What is called revoked today is: a later date than ours comes from a clock that is ahead of this one.
  const isAskedToday = !proven && at >= now;
  if (revokedAt > at && !isAskedToday) return false;
  return !(isOrderly && signedAt !== undefined && signedAt < revokedAt);
}

/** Whether nobody needs to be asked: it is revoked, or was good after the instant. */
function isSettled(evidence: Evidence | null, { at }: StatusQuestion): boolean {
  return evidence !== null && (evidence.status === 'revoked' || evidence.thisUpdate >= at);
}

/** Evidence that speaks of the instant, and was made while the certificate would still be named (RFC 5280, 3.3). */
function usable<T extends Evidence>(evidence: T | null, { certificate, at, now }: StatusQuestion): T | null {
  if (!evidence || !speaksOf(evidence, at, now)) return null;
  const { status, thisUpdate, keepsSince } = evidence;
  const isNamed = thisUpdate <= certificate.notAfter || (keepsSince && keepsSince <= certificate.notAfter);
  return status === 'revoked' || isNamed ? evidence : null;
}

async function listed(lists: readonly Uint8Array[], question: StatusQuestion): Promise<ListEvidence | null> {
  return usable(await statusFromLists(lists, question), question);
}

async function fromEmbedded(question: StatusQuestion): Promise<Evidence | null> {
  const { embedded } = question;
  const found: Evidence[] = [];
  for (const bytes of embedded.ocsps) {
    const answer = unlessMalformed(() => readAnswer(bytes, question), null);
    const evidence = answer && (await trustAnswer(answer, question));
    if (evidence) found.push(evidence);
  }
  const fromLists = await listed(embedded.crls, question);
  if (fromLists) found.push(fromLists);
  const newest = found.toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0] ?? null;
  // A revocation outweighs every "good" beside it.
  return found.find(({ status }) => status === 'revoked') ?? newest;
}

async function fromOcsp(question: StatusQuestion, fetcher: Fetcher): Promise<Evidence | null> {
  const { certificate, issuer } = question;
  for (const url of certificate.ocspUrls) {
    const key = ocspKey(url, question);
    const fetched = await remembered(fetcher, key, async () => {
      const { bytes, nonce } = writeRequest(certificate, issuer);
      const response = await fetcher.post(reachable(url), bytes, 'application/ocsp-request', limits.ocsp);
      const answer = unlessMalformed(() => readAnswer(response, question, nonce), null);
      return answer && { answer, response };
    });
    const evidence = fetched && (await trustAnswer(fetched.answer, question));
    if (fetched && evidence) {
      question.recorder?.ocsp(fetched.response);
      keep(question, key, fetched.response, evidence.nextUpdate);
      return evidence;
    }
  }
  return null;
}

/**
 * Some certificates of the state's authority name its responder as its own network knows it; outside the same one answers under
 * its public name. What it says is signed either way.
 */
function reachable(url: string): string {
  return url.replace(/^http:\/\/ocsp\.ca\.ptc(?=[:/]|$)/i, 'http://ocsp.ca.gov.vn');
}

function ocspKey(url: string, { certificate, issuer }: StatusQuestion): string {
  return `ocsp ${url} ${certificate.fingerprint} ${issuer.fingerprint}`;
}

/** The certificate's own lists, each with the deltas that it or the certificate names; those before it count with it. */
async function fromLists(question: StatusQuestion, fetcher: Fetcher): Promise<Evidence | null> {
  const lists: Uint8Array[] = [];
  const addresses = new Map<Uint8Array, string>();
  for (const url of listUrls(question.certificate)) {
    const base = await fetchList(url, fetcher);
    if (!base) continue;
    lists.push(base);
    addresses.set(base, url);
    for (const deltaUrl of deltaUrls(question.certificate, base)) {
      const delta = await fetchList(deltaUrl, fetcher);
      if (delta) lists.push(delta);
      if (delta) addresses.set(delta, deltaUrl);
    }
    const evidence = await listed(lists, question);
    if (!evidence) continue;
    // Only what was believed is kept: a list that isn't could name another's address, and stand in its place for years.
    for (const list of evidence.lists) {
      question.recorder?.crl(list);
      const address = addresses.get(list);
      if (address) keep(question, listKey(address), list, listEnd(list));
    }
    return evidence;
  }
  return null;
}

function listUrls({ distributionPoints }: Certificate): string[] {
  return [...new Set(distributionPoints.flatMap(({ urls }) => urls))].slice(0, maxLists);
}

function deltaUrls({ freshestUrls }: Certificate, base: Uint8Array): string[] {
  const own = unlessMalformed(() => readList(base), null)?.freshestUrls ?? [];
  return [...new Set([...freshestUrls, ...own])].slice(0, maxDeltas);
}

function listKey(url: string): string {
  return `crl ${url}`;
}

function listEnd(bytes: Uint8Array): Date | null {
  return unlessMalformed(() => readList(bytes), null)?.nextUpdate ?? null;
}

function fetchList(url: string, fetcher: Fetcher): Promise<Uint8Array | null> {
  return remembered(fetcher, listKey(url), () => fetcher.get(url, limits.crl));
}

/** What says no end to itself is only good while it is fresh. */
function keep({ kept, now }: StatusQuestion, key: string, bytes: Uint8Array, until: Date | null): void {
  if (until && until > now) kept?.put(key, bytes, until);
}

/** What was fetched when there was a line, judged like anything else that claims to be a status. */
async function fromKept(question: StatusQuestion): Promise<Evidence | null> {
  const { kept, certificate, recorder } = question;
  if (!kept) return null;
  for (const url of certificate.ocspUrls) {
    const bytes = kept.find(ocspKey(url, question));
    const answer = bytes && unlessMalformed(() => readAnswer(bytes, question), null);
    const evidence = answer && (await trustAnswer(answer, question));
    if (!bytes || !evidence) continue;
    recorder?.ocsp(bytes);
    return evidence;
  }
  const lists = listUrls(certificate).flatMap((url) => {
    const base = kept.find(listKey(url));
    if (!base) return [];
    const deltas = deltaUrls(certificate, base).map((each) => kept.find(listKey(each)));
    return [base, ...deltas.filter((delta) => delta !== null)];
  });
  const evidence = await listed(lists, question);
  for (const list of evidence?.lists ?? []) recorder?.crl(list);
  return evidence;
}

/**
 * A delegated responder may itself be revoked. Where its certificate says "don't check" (id-pkix-ocsp-nocheck) or names no
 * list, the CA vouches for it (RFC 6960, 4.2.2.2.1); where it names one, the list decides.
 */
async function trustAnswer(answer: OcspAnswer, question: StatusQuestion): Promise<Evidence | null> {
  const evidence = usable(answer.evidence, question);
  const { responder } = answer;
  if (!evidence || !responder || responder.ocspNoCheck || responder.distributionPoints.length === 0) {
    return evidence;
  }
  const own: StatusQuestion = {
    ...question,
    certificate: responder,
    at: evidence.thisUpdate,
    embedded: { crls: question.embedded.crls, ocsps: [] },
  };
  const status =
    (await listed(own.embedded.crls, own)) ??
    (question.fetcher ? await fromLists(own, question.fetcher) : await fromKept(own));
  return status?.status === 'good' ? evidence : null;
}
