import { hash, type KeyObject, X509Certificate } from 'node:crypto';
import { type Asn1, MalformedAsn1, readWhole, tag, unlessMalformed } from '../../asn1/element.ts';
import { bitStringOctets, integerHex, time } from '../../asn1/value.ts';
import { type SignatureAlgorithm, signatureAlgorithm } from '../signature-algorithm.ts';
import { type Extensions, readExtensions } from './extensions.ts';
import { nameKey } from './name.ts';

/** A certificate's facts as RFC 5280 checking needs them; the key and the raw bytes stay in node:crypto's object. */
export interface Certificate extends Extensions {
  readonly x509: X509Certificate;
  /** `fingerprintOf` it: its identity in sets, caches and reports. */
  readonly fingerprint: string;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  /** The serial number's octets as they lie: to lists and responders, −1 and 255 are two numbers. */
  readonly serialOctets: Uint8Array;
  readonly subject: Asn1;
  readonly issuer: Asn1;
  /** Equal for names that count as equal. */
  readonly subjectKey: string;
  readonly issuerKey: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  /** The octets of subjectPublicKey, which key identifiers and OCSP requests hash. */
  readonly publicKeyOctets: Uint8Array;
  readonly toBeSigned: Uint8Array;
  /** What its issuer signed it with; null where that isn't understood. */
  readonly signatureAlgorithm: SignatureAlgorithm | null;
  readonly signature: Uint8Array;
}

/** SHA-256 of a certificate's DER, lower-case hexadecimal. */
export function fingerprintOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '').toLowerCase();
}

const maxCertificateBytes = 64 * 1024;

/**
 * What was read of a certificate, by the SHA-256 of the very bytes that it was read from: the same few certificates come in
 * thousands of files, and nobody can put another in their place without finding a collision.
 */
const known = new Map<string, Certificate>();
/** Of 64 KiB at most each, whatever a hostile file brings along. */
const certificatesKept = 200;

/** Reads a certificate; throws MalformedAsn1 where it isn't one that can be understood. */
export function readCertificate(source: X509Certificate | Uint8Array): Certificate {
  const bytes = source instanceof X509Certificate ? source.raw : source;
  if (bytes.length > maxCertificateBytes) throw new MalformedAsn1('certificate too large');
  const digest = hash('sha256', bytes, 'base64');
  const found = known.get(digest);
  if (found) return found;
  const certificate = facts(source instanceof X509Certificate ? source : parse(bytes));
  const oldest = known.keys().next();
  if (known.size >= certificatesKept && !oldest.done) known.delete(oldest.value);
  known.set(digest, certificate);
  return certificate;
}

/** Certificates out of a hostile bag: what can't be read is left out, since a path needs only the readable ones. */
export function readCertificates(sources: Iterable<X509Certificate | Uint8Array>): Certificate[] {
  return Array.from(sources).flatMap((source) => unlessMalformed(() => readCertificate(source), []));
}

function parse(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new MalformedAsn1('certificate');
  }
}

function facts(x509: X509Certificate): Certificate {
  const [toBeSigned, algorithm, signature] = readWhole(x509.raw).sequence();
  if (!toBeSigned || !algorithm || !signature) throw new MalformedAsn1('certificate');
  const fields = toBeSigned.sequence();
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [serial, innerAlgorithm, issuer, validity, subject, publicKey, ...optional] = fields;
  if (!serial || !innerAlgorithm || !issuer || !validity || !subject || !publicKey) {
    throw new MalformedAsn1('certificate');
  }
  // RFC 5280, 4.1.1.2: both must say the same, or the unsigned one could be exchanged for a weaker one.
  if (Buffer.compare(innerAlgorithm.bytes, algorithm.bytes) !== 0) {
    throw new MalformedAsn1('signature algorithms differ');
  }
  const [notBefore, notAfter] = validity.sequence();
  const keyBits = publicKey.sequence()[1];
  if (!notBefore || !notAfter || !keyBits) throw new MalformedAsn1('certificate');
  return {
    x509,
    fingerprint: fingerprintOf(x509),
    serial: integerHex(serial.expect(tag.integer)),
    serialOctets: serial.content,
    subject,
    issuer,
    subjectKey: nameKey(subject),
    issuerKey: nameKey(issuer),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    publicKey: keyOf(x509),
    publicKeyOctets: bitStringOctets(keyBits),
    toBeSigned: toBeSigned.bytes,
    // Here, where what can't be read is left out: later, broken parameters would take the whole verdict with them.
    signatureAlgorithm: signatureAlgorithm(algorithm),
    signature: bitStringOctets(signature),
    ...readExtensions(optional.find((field) => field.tag === 0xa3)),
  };
}

/** Keys that OpenSSL can't use (an unknown curve, a broken encoding) make their certificate unreadable. */
function keyOf(x509: X509Certificate): KeyObject {
  try {
    return x509.publicKey;
  } catch {
    throw new MalformedAsn1('public key');
  }
}

/** By the names alone (RFC 5280, 6.1): an authority's certificate for its next key is self-issued, too. */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subjectKey === certificate.issuerKey;
}
