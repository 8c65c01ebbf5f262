import { type Asn1, readWhole, tag, unlessMalformed } from '../../asn1/element.ts';
import { oid } from '../../asn1/value.ts';
import { contentType } from '../cms/signed-data.ts';
import { type Certificate, readCertificates } from './certificate.ts';

const maxCertificates = 32;

/** Certificates as caIssuers addresses serve them: DER, PEM, or a "certs-only" PKCS#7 (RFC 5280, 4.2.2.1). Empty for nonsense. */
export function readBundle(bytes: Uint8Array): Certificate[] {
  return unlessMalformed(() => readCertificates(parts(bytes).slice(0, maxCertificates)), []);
}

const pem = /-----BEGIN (?:CERTIFICATE|PKCS7)-----([A-Za-z0-9+/=\s]+)-----END/g;

function parts(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('-----BEGIN ')) {
    return [...text.matchAll(pem)].flatMap(([, body = '']) => derParts(Buffer.from(body, 'base64')));
  }
  return derParts(bytes);
}

function derParts(bytes: Uint8Array): Uint8Array[] {
  const whole = readWhole(bytes);
  const [type, wrapper] = whole.sequence();
  if (type?.tag !== tag.oid) return [bytes];
  if (oid(type) !== contentType.signedData) return [];
  const fields = wrapper?.children()[0]?.sequence() ?? [];
  const bag = fields.find((field: Asn1) => field.tag === 0xa0);
  return bag?.children().map((certificate) => certificate.bytes) ?? [];
}
