import * as asn1 from 'asn1js';

/** What stands in a CMS, read by asn1js, whose reader has nothing in common with ours. */

const timeStampContent = '1.2.840.113549.1.9.16.1.4';
const signatureTimeStampToken = '1.2.840.113549.1.9.16.2.14';

function children(node: asn1.AsnType | undefined): asn1.AsnType[] {
  if (!(node instanceof asn1.Constructed)) throw new Error('not a constructed element');
  return node.valueBlock.value;
}

function oidOf(node: asn1.AsnType | undefined): string {
  return node instanceof asn1.ObjectIdentifier ? node.valueBlock.toString() : '';
}

/** Version, digest algorithms, content, certificates, signers (RFC 5652, 5.1). */
function signedData(cms: Uint8Array): asn1.AsnType[] {
  const { result, offset } = asn1.fromBER(cms);
  if (offset === -1) throw new Error(`not ASN.1: ${result.error}`);
  return children(children(children(result)[1])[0]);
}

/** True for an RFC 3161 token, as a document time stamp has it in /Contents. */
export function isTimeStampToken(cms: Uint8Array): boolean {
  return oidOf(children(signedData(cms)[2])[0]) === timeStampContent;
}

/** The time stamp among the unsigned attributes, and the signature value that it is over; null where there is none. */
export function signatureStamp(cms: Uint8Array): { token: Uint8Array; signature: Uint8Array } | null {
  const [info] = children(signedData(cms).at(-1));
  const parts = children(info);
  const value = parts.find((part) => part instanceof asn1.OctetString);
  const unsigned = parts.find((part) => part.idBlock.tagClass === 3 && part.idBlock.tagNumber === 1);
  if (!unsigned || !(value instanceof asn1.OctetString)) return null;
  const stamp = children(unsigned).find((item) => oidOf(children(item)[0]) === signatureTimeStampToken);
  const [token] = stamp ? children(children(stamp)[1]) : [];
  if (!token) return null;
  // The very bytes, not encoded anew: they are what the authority signed.
  return { token: token.valueBeforeDecodeView, signature: value.valueBlock.valueHexView };
}
