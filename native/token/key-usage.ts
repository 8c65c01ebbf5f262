import { BitString, Constructed, fromBER, ObjectIdentifier, OctetString, Sequence } from 'asn1js';

const keyUsageId = '2.5.29.15';

/** RFC 5280, 4.2.1.3: digitalSignature (0) or nonRepudiation (1), the two highest bits of the first octet. */
const signingBits = 0b1100_0000;

/** The extensions of a certificate's DER: [3] EXPLICIT in its TBSCertificate. */
function extensions(der: Uint8Array): readonly unknown[] {
  const { result } = fromBER(der);
  const [toBeSigned] = result instanceof Sequence ? result.valueBlock.value : [];
  if (!(toBeSigned instanceof Sequence)) return [];
  const tagged = toBeSigned.valueBlock.value.find(
    (part) => part.idBlock.tagClass === 3 && part.idBlock.tagNumber === 3,
  );
  const [list] = tagged instanceof Constructed ? tagged.valueBlock.value : [];
  return list instanceof Sequence ? list.valueBlock.value : [];
}

/**
 * Whether a certificate's key usage lets it sign documents. Without the extension everything is allowed. Node's X509Certificate
 * shows only the extended key usage.
 */
export function permitsSigning(der: Uint8Array): boolean {
  for (const extension of extensions(der)) {
    if (!(extension instanceof Sequence)) continue;
    const [id, ...rest] = extension.valueBlock.value;
    if (!(id instanceof ObjectIdentifier) || id.valueBlock.toString() !== keyUsageId) continue;
    const value = rest.at(-1);
    if (!(value instanceof OctetString)) return false;
    const bits = fromBER(value.valueBlock.valueHexView).result;
    const [first = 0] = bits instanceof BitString ? bits.valueBlock.valueHexView : [];
    return (first & signingBits) !== 0;
  }
  return true;
}
