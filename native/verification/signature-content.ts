import type { ReasonCode } from '../../contract/verdict.ts';
import { MalformedAsn1, readPadded, tag, unlessMalformed } from '../asn1/element.ts';
import type { Certificate } from './certificate/certificate.ts';
import { checkSignature, type SignatureCheck, type SignedContent } from './cms/signature.ts';
import { contentType, readSignedData, type SignedData } from './cms/signed-data.ts';
import { checkTimeStamp, type TimeStampCheck } from './cms/time-stamp.ts';
import { contentDigest } from './sha1/content-digest.ts';
import type { HashName } from './signature-algorithm.ts';

/** What stands in a PDF signature's /Contents, checked by its /SubFilter (ISO 32000-2, table 260). */
export type ContentsCheck =
  | { readonly kind: 'signature'; readonly signedData: SignedData; readonly check: SignatureCheck }
  | { readonly kind: 'timeStamp'; readonly check: TimeStampCheck }
  | { readonly kind: 'failed'; readonly reasons: readonly ReasonCode[] };

/** Never throws for what the bytes are: what can't be read is a reason. */
export async function checkContents(
  subFilter: string,
  contents: Uint8Array,
  content: SignedContent,
  candidates: readonly Certificate[],
): Promise<ContentsCheck> {
  // A bare PKCS#1 value over SHA-1; deprecated since PDF 2.0 and never made in this trade.
  if (subFilter === 'adbe.x509.rsa_sha1') {
    return isOctetString(contents)
      ? failed('algorithm-weak', 'algorithm-unsupported')
      : failed('cms-malformed');
  }
  if (!known.has(subFilter)) return checkUnknown(contents, content, candidates);
  try {
    const signedData = readSignedData(readPadded(contents));
    if (subFilter === 'ETSI.RFC3161') {
      const check = await checkTimeStamp(signedData, (hash) => content.digest(hash), candidates);
      return { kind: 'timeStamp', check };
    }
    // EN 319 142-1, 6.3: a PDF's signer signs data. What says that it is about anything else was made for another
    // reader.
    if (signedData.contentType !== contentType.data) return failed('cms-malformed');
    if (subFilter === 'adbe.pkcs7.sha1') return await checkSha1(signedData, content, candidates);
    // Detached: with content of its own, the message would vouch for that instead of the file.
    if (signedData.content !== null) return failed('cms-malformed');
    // EN 319 122-1 has no form without signed attributes.
    if (subFilter === 'ETSI.CAdES.detached' && !signedData.signer.signedAttributes)
      return failed('cms-malformed');
    return { kind: 'signature', signedData, check: await checkSignature(signedData, content, candidates) };
  } catch (error) {
    if (error instanceof MalformedAsn1) return failed('cms-malformed');
    throw error;
  }
}

/** What a bare PKCS#1 value is wrapped in (ISO 32000-2, 12.8.3.2). */
function isOctetString(contents: Uint8Array): boolean {
  return unlessMalformed(() => readPadded(contents).tag === tag.octetString, false);
}

const known = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached', 'adbe.pkcs7.sha1', 'ETSI.RFC3161']);

/**
 * A form that nobody has defined. Never valid; but where the bytes are a detached message as usual and it doesn't fit
 * the file, then that is known, too.
 */
async function checkUnknown(
  contents: Uint8Array,
  content: SignedContent,
  candidates: readonly Certificate[],
): Promise<ContentsCheck> {
  const detached = await checkContents('adbe.pkcs7.detached', contents, content, candidates);
  if (detached.kind !== 'signature') return failed('algorithm-unsupported');
  const reasons: ReasonCode[] = [...detached.check.reasons, 'algorithm-unsupported'];
  return { ...detached, check: { ...detached.check, reasons } };
}

function failed(...reasons: ReasonCode[]): ContentsCheck {
  return { kind: 'failed', reasons };
}

/** The file's SHA-1 is the message's content. Checked, and then named for what it is. */
async function checkSha1(
  signedData: SignedData,
  content: SignedContent,
  candidates: readonly Certificate[],
): Promise<ContentsCheck> {
  const { content: digest } = signedData;
  if (!digest) return failed('cms-malformed');
  const inner = {
    digest: (hash: HashName) => contentDigest(hash, digest),
    async *pieces() {
      yield digest;
    },
  };
  const check = await checkSignature(signedData, inner, candidates);
  const file = await content.digest('sha1');
  const isSame = Buffer.compare(digest, file.bytes) === 0;
  const reasons: ReasonCode[] = [
    ...check.reasons,
    'hash-obsolete',
    ...(file.collides ? (['hash-collision'] as const) : []),
    ...(isSame ? [] : (['digest-mismatch'] as const)),
  ];
  return { kind: 'signature', signedData, check: { ...check, intact: check.intact && isSame, reasons } };
}
