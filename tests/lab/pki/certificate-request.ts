import type { KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import { encodeSubject, type Subject } from './subject.ts';

/** Signs bytes with SHA-256: RSA PKCS#1 v1.5, or ECDSA as DER, whichever the key is. */
export type RequestSigner = (bytes: Buffer) => Promise<Buffer>;

const signatureOids = { rsa: '1.2.840.113549.1.1.11', ec: '1.2.840.10045.4.3.2' } as const;

function signatureAlgorithm(type: 'rsa' | 'ec'): asn1js.Sequence {
  const oid = new asn1js.ObjectIdentifier({ value: signatureOids[type] });
  // RFC 4055 wants an explicit NULL for RSA, RFC 5758 no parameters at all for ECDSA.
  return new asn1js.Sequence({ value: type === 'rsa' ? [oid, new asn1js.Null()] : [oid] });
}

/**
 * A PKCS#10 request (RFC 2986) whose proof of possession is made by whatever holds the key, so that a token's key never
 * has to leave its token.
 */
export async function certificateRequest(
  subject: Subject,
  publicKey: KeyObject,
  sign: RequestSigner,
): Promise<Buffer> {
  const type = publicKey.asymmetricKeyType === 'ec' ? 'ec' : 'rsa';
  const keyInfo = asn1js.fromBER(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
  const information = new asn1js.Sequence({
    value: [
      new asn1js.Integer({ value: 0 }),
      encodeSubject(subject),
      keyInfo.result,
      new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [] }),
    ],
  });
  const signature = await sign(Buffer.from(information.toBER()));
  const request = new asn1js.Sequence({
    value: [
      information,
      signatureAlgorithm(type),
      new asn1js.BitString({ valueHex: new Uint8Array(signature).buffer }),
    ],
  });
  return Buffer.from(request.toBER());
}
