import { AppError } from '../../../contract/failure.ts';
import { encode, objectIdentifier, sequence, setOf } from '../../asn1/der.ts';
import { type Asn1, MalformedAsn1, readPadded } from '../../asn1/element.ts';
import { octetString, oid } from '../../asn1/value.ts';
import { contentType } from '../../verification/cms/signed-data.ts';

const signatureTimeStamp = '1.2.840.113549.1.9.16.2.14';

interface Parts {
  readonly type: Asn1;
  readonly before: readonly Asn1[];
  readonly signer: readonly Asn1[];
  readonly unsigned: readonly Asn1[];
  readonly signature: Uint8Array;
}

/** A CMS with exactly one signer, taken apart as far as a stamp needs it. Throws MalformedAsn1. */
function takeApart(contents: Uint8Array): Parts {
  const [type, wrapper] = readPadded(contents).sequence();
  const fields = wrapper?.children()[0]?.sequence() ?? [];
  const [signer, another] = fields.at(-1)?.children() ?? [];
  if (!type || oid(type) !== contentType.signedData || !signer || another) throw new MalformedAsn1('CMS');
  const parts = signer.sequence();
  const last = parts.at(-1);
  const unsigned = last?.tag === 0xa1 ? last.children() : [];
  const own = last?.tag === 0xa1 ? parts.slice(0, -1) : parts;
  const signature = own.at(-1);
  if (!signature) throw new MalformedAsn1('CMS');
  return { type, before: fields.slice(0, -1), signer: own, unsigned, signature: octetString(signature) };
}

/** The signature value that a signature's time stamp stands over (RFC 3161, appendix A). Throws `signature-unsound`. */
export function signatureValue(contents: Uint8Array): Uint8Array {
  return understood(() => takeApart(contents).signature);
}

/** Whether a CMS carries a time stamp of its signature already; whether it is any good isn't asked. */
export function carriesStamp(contents: Uint8Array): boolean {
  return understood(() => takeApart(contents).unsigned.some(isStamp));
}

function isStamp(attribute: Asn1): boolean {
  const [type] = attribute.sequence();
  return type !== undefined && oid(type) === signatureTimeStamp;
}

/**
 * The CMS with a time stamp among its unsigned attributes (EN 319 122-1, 5.3). What is signed stays byte for byte as it
 * was; only the lengths around it change. Throws `signature-unsound` for what isn't a CMS.
 */
export function withTimeStamp(contents: Uint8Array, token: Uint8Array): Uint8Array {
  return understood(() => {
    const { type, before, signer, unsigned } = takeApart(contents);
    const stamp = sequence(objectIdentifier(signatureTimeStamp), setOf(token));
    const attributes = [...unsigned.map(({ bytes }) => bytes), stamp].toSorted(Buffer.compare);
    const info = sequence(...signer.map(({ bytes }) => bytes), encode(0xa1, ...attributes));
    const signedData = sequence(...before.map(({ bytes }) => bytes), encode(0x31, info));
    return sequence(type.bytes, encode(0xa0, signedData));
  });
}

function understood<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof MalformedAsn1)
      throw new AppError('signature-unsound', { reason: 'cms-malformed' }, { cause: error });
    throw error;
  }
}
