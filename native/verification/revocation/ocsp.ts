import { createHash, randomBytes } from 'node:crypto';
import * as der from '../../asn1/der.ts';
import { type Asn1, MalformedAsn1, readWhole, tag } from '../../asn1/element.ts';
import { bitStringOctets, octetString, oid, smallInteger, time } from '../../asn1/value.ts';
import { type Certificate, readCertificates } from '../certificate/certificate.ts';
import { hasUnknownCritical, readExtensionList } from '../certificate/extension-list.ts';
import { extendedUsage, keyUsageBit } from '../certificate/extensions.ts';
import { nameKey } from '../certificate/name.ts';
import { clockSkewMs } from '../clock-skew.ts';
import type { Effort } from '../effort.ts';
import { hashAlgorithm, isSignatureOf, isWeak, signatureAlgorithm } from '../signature-algorithm.ts';
import { type Evidence, isOrderly, unreliableFrom } from './evidence.ts';
import { limits } from './fetcher.ts';

/** Online certificate status (RFC 6960): asking, and judging an answer, fresh or embedded in a document. */

const id = {
  sha1: '1.3.14.3.2.26',
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  invalidityDate: '2.5.29.24',
} as const;

/** Of an answer, or of one certificate's part of it (RFC 6960, 4.4): what else is critical makes the answer unusable. */
const understood: ReadonlySet<string> = new Set([id.nonce, id.archiveCutoff, id.invalidityDate]);

export interface OcspRequest {
  readonly bytes: Uint8Array;
  readonly nonce: Uint8Array;
}

/** A request for one certificate. SHA-1 in CertID is an address, not a proof: it is what every responder knows (RFC 5019). */
export function writeRequest(certificate: Certificate, issuer: Certificate): OcspRequest {
  // RFC 9654, 2.1: 32 octets at least; older responders bear no more (RFC 8954).
  const nonce = randomBytes(32);
  const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
  const certId = der.sequence(
    der.sequence(der.objectIdentifier(id.sha1), der.nullValue()),
    der.octetString(sha1(issuer.subject.bytes)),
    der.octetString(sha1(issuer.publicKeyOctets)),
    der.encode(tag.integer, certificate.serialOctets),
  );
  const nonceValue = der.octetString(der.octetString(nonce));
  const extension = der.sequence(der.objectIdentifier(id.nonce), nonceValue);
  const extensions = der.tagged(2, der.sequence(extension));
  const list = der.sequence(der.sequence(certId));
  return { bytes: der.sequence(der.sequence(list, extensions)), nonce };
}

export interface OcspQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly effort: Effort;
}

/** Who signed an answer, where it wasn't the issuer: its own status is the caller's to judge. */
export interface OcspAnswer {
  readonly evidence: Evidence;
  readonly responder: Certificate | null;
}

/**
 * What an answer says of `certificate`, or null where it says nothing usable: another certificate, status unknown, a foreign or
 * broken signature, a weak algorithm, a wrong nonce, more bytes than are fetched of any. Throws MalformedAsn1.
 */
export function readAnswer(
  bytes: Uint8Array,
  { certificate, issuer, effort }: OcspQuestion,
  nonce?: Uint8Array,
): OcspAnswer | null {
  if (bytes.length > limits.ocsp.maxBytes) return null;
  const basic = unwrap(readWhole(bytes));
  if (!basic) return null;
  const [data, algorithm, signature, bag] = basic.sequence();
  if (!data || !algorithm || !signature) throw new MalformedAsn1('OCSP');
  const fields = data.sequence();
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [responderId, producedAt, responses, extensions] = fields;
  if (!responderId || !producedAt || !responses) throw new MalformedAsn1('OCSP');
  const general = extensionsUnder(extensions?.tag === 0xa1 ? extensions : undefined);
  if (hasUnknownCritical(general, understood) || (nonce && !nonceFits(general, nonce))) return null;
  const producedOn = time(producedAt);
  const signed = signatureAlgorithm(algorithm);
  if (!signed) return null;
  const octets = bitStringOctets(signature);
  const isSigner = (each: Certificate) =>
    !isWeak(signed, each.publicKey) &&
    (each.publicKey.equals(issuer.publicKey) || isDelegate(each, issuer, producedOn)) &&
    isSignatureOf(signed, each.publicKey, data.bytes, octets);
  // A responder's old and new certificate bear one name: the key decides which it was.
  const signer = effort.find(
    bytes,
    issuer,
    () => [issuer, ...readEmbedded(bag)].filter((each) => isResponder(responderId, each)),
    isSigner,
  );
  if (!signer) return null;
  // Only now, since a signature is looked at once and this each time: anybody can write an answer of ten thousand parts.
  const evidence = newest(responses.sequence().filter((one) => isAbout(one, certificate, issuer)));
  if (!evidence) return null;
  // Nobody knows more than there was when it was signed: otherwise a key whose certificate has long run out could speak of today.
  if (evidence.thisUpdate.getTime() > producedOn.getTime() + clockSkewMs) return null;
  if (signer.publicKey.equals(issuer.publicKey)) return { evidence, responder: null };
  return { evidence: untilEndOf(signer, evidence), responder: signer };
}

/** The certificates that an answer brings along: its delegate's and, with some, their issuers'. */
function readEmbedded(bag: Asn1 | undefined): Certificate[] {
  const list = bag?.children()[0]?.sequence() ?? [];
  return readCertificates(list.slice(0, 8).map(({ bytes }) => bytes));
}

/** A delegate's word ends with its certificate (RFC 6960, 3.2: currently authorized), however long it promised to be good. */
function untilEndOf({ notAfter }: Certificate, evidence: Evidence): Evidence {
  const { nextUpdate } = evidence;
  return nextUpdate && nextUpdate > notAfter ? { ...evidence, nextUpdate: notAfter } : evidence;
}

function unwrap(response: Asn1): Asn1 | null {
  const [status, wrapper] = response.sequence();
  // A BasicOCSPResponse on its own, as some writers embed it.
  if (status?.tag === tag.sequence) return response;
  if (!status || smallInteger(status, tag.enumerated) !== 0) return null;
  const [type, value] = wrapper?.children()[0]?.sequence() ?? [];
  return type && value && oid(type) === id.basic ? readWhole(octetString(value)) : null;
}

/** Extensions of an answer, or of one certificate's part of it. */
function extensionsUnder(field: Asn1 | undefined) {
  return readExtensionList(field?.children()[0]);
}

/** Many responders leave the nonce out (RFC 6960, 4.4.1); one that sends a different one replays an old answer. */
function nonceFits(extensions: ReturnType<typeof extensionsUnder>, nonce: Uint8Array): boolean {
  const found = extensions.get(id.nonce);
  return !found || Buffer.compare(readWhole(found.value).content, nonce) === 0;
}

/** Where an answer speaks of the certificate more than once, the newest part counts; a revocation as new outweighs "good". */
function newest(singles: readonly Asn1[]): Evidence | null {
  let best: Evidence | null = null;
  for (const evidence of singles.map(readSingle)) {
    // "Unknown" beside anything else leaves the whole answer open.
    if (!evidence) return null;
    const [own, other] = [evidence.thisUpdate.getTime(), best?.thisUpdate.getTime() ?? 0];
    if (own > other || (own === other && evidence.status === 'revoked')) best = evidence;
  }
  return best;
}

function isAbout(single: Asn1, certificate: Certificate, issuer: Certificate): boolean {
  const [algorithm, nameHash, keyHash, serial] = single.sequence()[0]?.sequence() ?? [];
  if (!algorithm || !nameHash || !keyHash || !serial) throw new MalformedAsn1('OCSP');
  const hash = hashAlgorithm(algorithm);
  if (!hash || Buffer.compare(serial.expect(tag.integer).content, certificate.serialOctets) !== 0)
    return false;
  const is = (value: Asn1, bytes: Uint8Array) =>
    createHash(hash).update(bytes).digest().equals(octetString(value));
  // The issuer's name may be encoded otherwise in its own certificate than in the ones it issues.
  const isName = is(nameHash, issuer.subject.bytes) || is(nameHash, certificate.issuer.bytes);
  return isName && is(keyHash, issuer.publicKeyOctets);
}

function readSingle(single: Asn1): Evidence | null {
  const [, status, thisUpdate, ...optional] = single.sequence();
  if (!status || !thisUpdate) throw new MalformedAsn1('OCSP');
  const next = optional.find((part) => part.tag === 0xa0)?.children()[0];
  const extensions = extensionsUnder(optional.find((part) => part.tag === 0xa1));
  if (hasUnknownCritical(extensions, understood)) return null;
  const when = (type: string) => {
    const found = extensions.get(type);
    return found ? time(readWhole(found.value)) : null;
  };
  const known = {
    thisUpdate: time(thisUpdate),
    nextUpdate: next ? time(next) : null,
    keepsSince: when(id.archiveCutoff),
  };
  if (status.tag === 0x80) return { ...known, status: 'good', revokedAt: null, isOrderly: false };
  if (status.tag !== 0xa1) return null;
  const [revokedAt, reason] = status.children();
  if (!revokedAt) throw new MalformedAsn1('OCSP');
  const given = reason?.children()[0];
  const code = given ? smallInteger(given, tag.enumerated) : null;
  const from = unreliableFrom(time(revokedAt), code, when(id.invalidityDate));
  return { ...known, status: 'revoked', revokedAt: from, isOrderly: isOrderly(code) };
}

function isResponder(responderId: Asn1, candidate: Certificate): boolean {
  const value = responderId.children()[0];
  if (!value) return false;
  if (responderId.tag === 0xa1) return nameKey(value) === candidate.subjectKey;
  const keyHash = createHash('sha1').update(candidate.publicKeyOctets).digest();
  return responderId.tag === 0xa2 && keyHash.equals(octetString(value));
}

/** RFC 6960, 4.2.2.2: issued directly by the certificate's own issuer, for this purpose, and valid when it answered. */
function isDelegate(responder: Certificate, issuer: Certificate, producedAt: Date): boolean {
  const { signatureAlgorithm: algorithm } = responder;
  return (
    responder.issuerKey === issuer.subjectKey &&
    (responder.extendedKeyUsage?.includes(extendedUsage.ocspSigning) ?? false) &&
    !responder.hasUnknownCritical &&
    (responder.keyUsage?.(keyUsageBit.digitalSignature) ?? true) &&
    producedAt.getTime() + clockSkewMs >= responder.notBefore.getTime() &&
    producedAt <= responder.notAfter &&
    algorithm !== null &&
    !isWeak(algorithm, issuer.publicKey) &&
    isSignatureOf(algorithm, issuer.publicKey, responder.toBeSigned, responder.signature)
  );
}
