import { MalformedAsn1 } from '../asn1/element.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { RevocationValues } from '../cms/signed-data.ts';
import { readList } from './crl.ts';
import { type Evidence, speaksOf } from './evidence.ts';
import { type Fetcher, limits } from './fetcher.ts';
import { remembered } from './memory.ts';
import { type OcspAnswer, readAnswer, writeRequest } from './ocsp.ts';

export type RevocationStatus = 'good' | 'revoked' | 'unknown' | 'notChecked';

export interface StatusQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The instant for which the status is asked. */
  readonly at: Date;
  readonly now: Date;
  /** Whether `at` is proven by a time stamp; then what the document embeds for that instant is as good as a fresh answer. */
  readonly proven: boolean;
  readonly embedded: RevocationValues;
  /** Null: offline. */
  readonly fetcher: Fetcher | null;
  /** Is told what was fetched and believed; what is embedded is there already. */
  readonly recorder?: EvidenceRecorder | undefined;
}

/** Takes what showed a status, so that a document can carry it for those who check it later. */
export interface EvidenceRecorder {
  ocsp(response: Uint8Array): void;
  crl(list: Uint8Array): void;
}

/**
 * A certificate's status at an instant: OCSP, then the complete list (TT 15/2025, PL II). 'unknown' where the sources
 * that were asked gave nothing usable, 'notChecked' where none could be asked; neither ever counts as good.
 */
export async function revocationStatus(question: StatusQuestion): Promise<RevocationStatus> {
  const { fetcher } = question;
  const sources = [
    () => fromEmbedded(question),
    ...(fetcher ? [() => fromOcsp(question, fetcher), () => fromLists(question, fetcher)] : []),
  ];
  // Without a proven instant the freshest answer counts: an embedded "good" may be older than a revocation.
  if (!question.proven) sources.push(...sources.splice(0, 1));
  for (const source of sources) {
    const evidence = await source();
    if (evidence)
      return evidence.status === 'revoked' && evidence.revokedAt <= question.at ? 'revoked' : 'good';
  }
  return fetcher ? 'unknown' : 'notChecked';
}

/** Evidence that speaks of the instant, and was made while the certificate could still be listed (RFC 5280, 3.3). */
function usable(evidence: Evidence | null, { certificate, at, now }: StatusQuestion): Evidence | null {
  if (!evidence || !speaksOf(evidence, at, now)) return null;
  return evidence.status === 'revoked' || evidence.thisUpdate <= certificate.notAfter ? evidence : null;
}

function tolerant<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedAsn1) return null;
    throw error;
  }
}

async function fromEmbedded(question: StatusQuestion): Promise<Evidence | null> {
  const { certificate, issuer, embedded } = question;
  const found: Evidence[] = [];
  for (const bytes of embedded.ocsps) {
    const answer = tolerant(() => readAnswer(bytes, certificate, issuer));
    const evidence = answer && (await trustAnswer(answer, question));
    if (evidence) found.push(evidence);
  }
  for (const bytes of embedded.crls) {
    const evidence = usable(
      tolerant(() => readList(bytes, certificate, issuer)),
      question,
    );
    if (evidence) found.push(evidence);
  }
  // A revocation outweighs every "good" beside it.
  return found.find(({ status }) => status === 'revoked') ?? found[0] ?? null;
}

async function fromOcsp(question: StatusQuestion, fetcher: Fetcher): Promise<Evidence | null> {
  const { certificate, issuer } = question;
  for (const url of certificate.ocspUrls) {
    const key = `ocsp ${url} ${certificate.fingerprint} ${issuer.fingerprint}`;
    const fetched = await remembered(fetcher, key, async () => {
      const { bytes, nonce } = writeRequest(certificate, issuer);
      const response = await fetcher.post(url, bytes, 'application/ocsp-request', limits.ocsp);
      const answer = tolerant(() => readAnswer(response, certificate, issuer, nonce));
      return answer && { answer, response };
    });
    const evidence = fetched && (await trustAnswer(fetched.answer, question));
    if (fetched && evidence) {
      question.recorder?.ocsp(fetched.response);
      return evidence;
    }
  }
  return null;
}

async function fromLists(question: StatusQuestion, fetcher: Fetcher): Promise<Evidence | null> {
  const { certificate, issuer } = question;
  for (const url of certificate.crlUrls) {
    const bytes = await remembered(fetcher, `crl ${url}`, () => fetcher.get(url, limits.crl));
    const evidence =
      bytes &&
      usable(
        tolerant(() => readList(bytes, certificate, issuer)),
        question,
      );
    if (bytes && evidence) {
      question.recorder?.crl(bytes);
      return evidence;
    }
  }
  return null;
}

/**
 * A delegated responder may itself be revoked. Where its certificate says "don't check" (id-pkix-ocsp-nocheck) or names no
 * list, the CA vouches for it (RFC 6960, 4.2.2.2.1); where it names one, the list decides.
 */
async function trustAnswer(answer: OcspAnswer, question: StatusQuestion): Promise<Evidence | null> {
  const evidence = usable(answer.evidence, question);
  const { responder } = answer;
  if (!evidence || !responder || responder.ocspNoCheck || responder.crlUrls.length === 0) return evidence;
  const own: StatusQuestion = {
    ...question,
    certificate: responder,
    at: evidence.thisUpdate,
    embedded: { crls: question.embedded.crls, ocsps: [] },
  };
  const status =
    (await fromEmbedded(own)) ?? (question.fetcher ? await fromLists(own, question.fetcher) : null);
  return status?.status === 'good' ? evidence : null;
}
