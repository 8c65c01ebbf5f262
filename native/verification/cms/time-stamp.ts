import type { ReasonCode } from '../../../contract/verdict.ts';
import { encode } from '../../asn1/der.ts';
import { MalformedAsn1, readWhole, tag } from '../../asn1/element.ts';
import { integerHex, octetString, oid, time } from '../../asn1/value.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { hasUnknownCritical, readExtensionList } from '../certificate/extension-list.ts';
import { mayStamp } from '../certificate/purpose.ts';
import { type ContentDigest, contentDigest } from '../sha1/content-digest.ts';
import { type HashName, hashAlgorithm, isWeakHash } from '../signature-algorithm.ts';
import { checkSignature } from './signature.ts';
import { contentType, type RevocationValues, type SignedData } from './signed-data.ts';

/** What a time stamp (RFC 3161) says and whether its own signature holds; trust in its authority is judged apart. */
export interface TimeStampCheck {
  /** Proven only once the authority's certificate is trusted, too. */
  readonly time: Date;
  readonly intact: boolean;
  readonly reasons: readonly ReasonCode[];
  readonly authority: Certificate | null;
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationValues;
  /** What it stands over is known to it by SHA-1. */
  readonly imprintIsObsolete: boolean;
  readonly algorithm: string;
  /** What a request asked to have repeated, in upper-case hexadecimal; null where there is none. */
  readonly nonce: string | null;
  /** Whether the signed attributes name the authority's certificate (RFC 5816). */
  readonly namesAuthority: boolean;
}

interface TimeStampInfo {
  readonly nonce: string | null;
  readonly imprintHash: HashName | null;
  readonly imprint: Uint8Array;
  readonly time: Date;
  readonly hasUnknownCritical: boolean;
}

/** Checks a token over data whose digest `digestOf` gives. Throws MalformedAsn1. */
export async function checkTimeStamp(
  token: SignedData,
  digestOf: (hash: HashName) => ContentDigest | Promise<ContentDigest>,
  candidates: readonly Certificate[] = [],
): Promise<TimeStampCheck> {
  if (token.contentType !== contentType.timeStampInfo || !token.content)
    throw new MalformedAsn1('time stamp');
  // RFC 3161, 2.4.2 demands signed attributes; without them the token could be anything that was ever signed.
  if (!token.signer.signedAttributes) throw new MalformedAsn1('time stamp without signed attributes');
  const encapsulated = token.content;
  const info = readInfo(encapsulated);
  const own = await checkSignature(token, contentOf(encapsulated), candidates);
  const reasons: ReasonCode[] = [...own.reasons];
  if (!info.imprintHash) reasons.push('algorithm-unsupported');
  else {
    // SHA-1's collisions are found out below; a token that is strongly signed itself tells the time over it all the
    // same.
    if (isWeakHash(info.imprintHash) && info.imprintHash !== 'sha1') reasons.push('algorithm-weak');
    const digest = await digestOf(info.imprintHash);
    if (digest.collides) reasons.push('hash-collision');
    if (Buffer.compare(digest.bytes, info.imprint) !== 0) reasons.push('digest-mismatch');
  }
  // What must be understood and isn't may say anything, that this stamp is a test included (RFC 5280, 4.2; RFC 3161,
  // 2.4.2).
  if (info.hasUnknownCritical) reasons.push('algorithm-unsupported');
  if (own.certificate && !mayStamp(own.certificate)) reasons.push('key-usage-unsuitable');
  return {
    time: info.time,
    intact: own.intact && !reasons.includes('digest-mismatch') && info.imprintHash !== null,
    reasons,
    authority: own.certificate,
    certificates: token.certificates,
    revocation: token.revocation,
    imprintIsObsolete: info.imprintHash === 'sha1',
    algorithm: own.algorithm,
    nonce: info.nonce,
    namesAuthority: own.certificate !== null && own.statements?.namesCertificate(own.certificate) === true,
  };
}

/** Statements on qualified stamps (EN 319 422, 9.1). */
const understood: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.1.3']);

function contentOf(bytes: Uint8Array) {
  return {
    digest: (hash: HashName) => contentDigest(hash, bytes),
    async *pieces() {
      yield bytes;
    },
  };
}

function readInfo(bytes: Uint8Array): TimeStampInfo {
  const [version, policy, imprint, serial, when, ...optional] = readWhole(bytes).sequence();
  const [algorithm, digest] = imprint?.sequence() ?? [];
  if (
    version?.tag !== tag.integer ||
    !policy ||
    serial?.tag !== tag.integer ||
    !when ||
    !algorithm ||
    !digest
  ) {
    throw new MalformedAsn1('time stamp');
  }
  oid(policy);
  // Behind accuracy (a SEQUENCE) and ordering (a BOOLEAN), before the tagged name and extensions.
  const nonce = optional.find((part) => part.tag === tag.integer);
  const field = optional.find((part) => part.tag === 0xa1);
  const extensions = readExtensionList(field && readWhole(encode(tag.sequence, field.content)));
  return {
    hasUnknownCritical: hasUnknownCritical(extensions, understood),
    imprintHash: hashAlgorithm(algorithm),
    imprint: octetString(digest),
    time: time(when),
    nonce: nonce ? integerHex(nonce) : null,
  };
}
