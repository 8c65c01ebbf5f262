import { type Asn1, MalformedAsn1, readElement, readWhole, tag } from '../asn1/element.ts';
import { bitStringOctets, boolean, octetString, oid, text, time } from '../asn1/value.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { keyUsageBit } from '../certificate/extensions.ts';
import { nameKey } from '../certificate/name.ts';
import { isSignatureOf, isWeak, signatureAlgorithm } from '../signature-algorithm.ts';
import type { Evidence } from './evidence.ts';

/** Certificate revocation lists (RFC 5280, 5 and 6.3): complete lists of a certificate's own issuer, nothing cleverer. */

const issuingDistributionPoint = '2.5.29.28';

interface RevocationList {
  readonly issuerKey: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly revoked: Asn1 | null;
  readonly extensions: ReadonlyMap<string, { critical: boolean; value: Uint8Array }>;
  readonly toBeSigned: Uint8Array;
  readonly algorithm: Asn1;
  readonly signature: Uint8Array;
}

/**
 * What a list says of `certificate`, or null where it isn't this certificate's to speak of: another issuer, a broken signature,
 * a delta or indirect list, a part of the list that the certificate isn't in. Throws MalformedAsn1.
 */
export function readList(bytes: Uint8Array, certificate: Certificate, issuer: Certificate): Evidence | null {
  const list = parse(bytes);
  if (list.issuerKey !== certificate.issuerKey || list.issuerKey !== issuer.subjectKey) return null;
  if (issuer.keyUsage && !issuer.keyUsage(keyUsageBit.crlSign)) return null;
  if (!isApplicable(list, certificate)) return null;
  const algorithm = signatureAlgorithm(list.algorithm);
  const key = issuer.publicKey;
  if (!algorithm || isWeak(algorithm, key)) return null;
  if (!isSignatureOf(algorithm, key, list.toBeSigned, list.signature)) return null;
  const { thisUpdate, nextUpdate } = list;
  const entry = findEntry(list.revoked, certificate.serial);
  if (!entry) return { status: 'good', thisUpdate, nextUpdate };
  const revokedAt = entry.sequence()[1];
  if (!revokedAt) throw new MalformedAsn1('CRL');
  return { status: 'revoked', revokedAt: time(revokedAt), thisUpdate, nextUpdate };
}

function parse(bytes: Uint8Array): RevocationList {
  const [toBeSigned, algorithm, signature] = readWhole(bytes).sequence();
  if (!toBeSigned || !algorithm || !signature) throw new MalformedAsn1('CRL');
  const fields = toBeSigned.sequence();
  if (fields[0]?.tag === tag.integer) fields.shift();
  const [inner, issuer, thisUpdate, ...optional] = fields;
  if (!inner || !issuer || !thisUpdate) throw new MalformedAsn1('CRL');
  if (Buffer.compare(inner.bytes, algorithm.bytes) !== 0)
    throw new MalformedAsn1('signature algorithms differ');
  const isTime = (part: Asn1) => part.tag === tag.utcTime || part.tag === tag.generalizedTime;
  const nextUpdate = optional.find(isTime);
  return {
    issuerKey: nameKey(issuer),
    thisUpdate: time(thisUpdate),
    nextUpdate: nextUpdate ? time(nextUpdate) : null,
    revoked: optional.find((part) => part.tag === tag.sequence) ?? null,
    extensions: readExtensions(optional.find((part) => part.tag === 0xa0)),
    toBeSigned: toBeSigned.bytes,
    algorithm,
    signature: bitStringOctets(signature),
  };
}

function readExtensions(field: Asn1 | undefined): Map<string, { critical: boolean; value: Uint8Array }> {
  const extensions = new Map<string, { critical: boolean; value: Uint8Array }>();
  for (const extension of field?.children()[0]?.sequence() ?? []) {
    const [type, ...rest] = extension.sequence();
    const value = rest.at(-1);
    if (!type || !value) throw new MalformedAsn1('CRL');
    const critical = rest.length === 2 && rest[0] !== undefined && boolean(rest[0]);
    extensions.set(oid(type), { critical, value: octetString(value) });
  }
  return extensions;
}

/** Whether the list, as far as its critical extensions limit it, would name this certificate if it were revoked. */
function isApplicable({ extensions }: RevocationList, certificate: Certificate): boolean {
  // Delta lists (2.5.29.27) and whatever else must be understood but isn't.
  const unknown = [...extensions].some(
    ([type, { critical }]) => critical && type !== issuingDistributionPoint,
  );
  if (unknown || extensions.has('2.5.29.27')) return false;
  const limits = extensions.get(issuingDistributionPoint);
  if (!limits) return true;
  const isTrue = (part: Asn1) => part.content.length === 1 && part.content[0] !== 0;
  return readWhole(limits.value)
    .sequence()
    .every((part) => {
      if (part.tag === 0xa0) return isOwnPoint(part, certificate);
      if (part.tag === 0x81) return !isTrue(part) || !certificate.isAuthority;
      if (part.tag === 0x82) return !isTrue(part) || certificate.isAuthority;
      // Some reasons only (3), indirect (4), attribute certificates only (5).
      return part.tag !== 0x83 && !isTrue(part);
    });
}

/** A list split by address covers only the certificates that name that address (RFC 5280, 6.3.3 b 2 i). */
function isOwnPoint(point: Asn1, certificate: Certificate): boolean {
  const names = point.children().flatMap((part) => (part.tag === 0xa0 ? part.children() : []));
  return names.some((name) => name.tag === 0x86 && certificate.crlUrls.includes(text(name)));
}

/** Entries are compared as they lie: a list may have hundreds of thousands. */
function findEntry(revoked: Asn1 | null, serial: string): Asn1 | null {
  if (!revoked) return null;
  const wanted = Buffer.from(serial.length % 2 === 0 ? serial : `0${serial}`, 'hex');
  for (const entry of revoked.elements()) {
    const octets = readElement(entry.content).expect(tag.integer).content;
    let start = 0;
    while (start < octets.length - 1 && octets[start] === 0) start++;
    if (Buffer.compare(octets.subarray(start), wanted) === 0) return entry;
  }
  return null;
}
