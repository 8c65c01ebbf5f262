import type { ReasonCode } from '../../../contract/verdict.ts';
import { MalformedAsn1 } from '../../asn1/element.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { type ContentDigest, contentDigest } from '../sha1/content-digest.ts';
import {
  algorithmText,
  canStream,
  type HashName,
  hashAlgorithm,
  isSignatureOf,
  isSignatureOfStream,
  type SignatureAlgorithm,
  signatureAlgorithm,
  weaknessOf,
} from '../signature-algorithm.ts';
import { namesTheseAlgorithms } from './algorithm-protection.ts';
import { readStatements, type SignedStatements, signedForms } from './signed-attributes.ts';
import { contentType, findSigners, type SignedData, type SignerInfo } from './signed-data.ts';

/** The content that a signature stands over, hashed or streamed on demand so that its size costs no memory. */
export interface SignedContent {
  digest(hash: HashName): ContentDigest | Promise<ContentDigest>;
  /** In order; a piece's memory may be used again for the next one. */
  pieces(): AsyncIterable<Uint8Array>;
}

/** What the mathematics of one signature show; says nothing about trust. */
export interface SignatureCheck {
  /** The content is what was signed, by the key of `certificate`. */
  readonly intact: boolean;
  readonly reasons: readonly ReasonCode[];
  readonly certificate: Certificate | null;
  readonly statements: SignedStatements | null;
  readonly algorithm: string;
}

/**
 * Checks a SignedData's one signer against its content (RFC 5652, 5.6; EN 319 122-1 for the signing certificate).
 * `candidates`: certificates that may be the signer's besides those in the message. Throws MalformedAsn1.
 */
export async function checkSignature(
  signedData: SignedData,
  content: SignedContent,
  candidates: readonly Certificate[] = [],
): Promise<SignatureCheck> {
  const { signer } = signedData;
  const statements = signer.signedAttributes ? readStatements(signer.signedAttributes) : null;
  const possible = findSigners(signer.identifier, [...signedData.certificates, ...candidates]);
  // A renewed certificate has the old one's key identifier: which of them it was stands under the signature.
  const named = possible.find((each) => statements?.namesCertificate(each) === true);
  const certificate = named ?? possible[0] ?? null;
  const hash = hashAlgorithm(signer.digestAlgorithm);
  const algorithm = hash && signatureAlgorithm(signer.signatureAlgorithm, hash);
  const reasons: ReasonCode[] = [];
  const done = (intact: boolean) => ({
    intact,
    reasons,
    certificate,
    statements,
    algorithm: algorithm ? algorithmText(algorithm) : '',
  });
  // RFC 5652, 5.3: only plain data may be signed without attributes; all else would be read as what it isn't.
  if (!statements && signedData.contentType !== contentType.data) throw new MalformedAsn1('no attributes');
  if (statements && statements.contentType !== signedData.contentType) {
    throw new MalformedAsn1('content types differ');
  }
  if (!hash || !algorithm || (!statements && !canStream(algorithm))) {
    reasons.push('algorithm-unsupported');
    return done(false);
  }
  if (signer.signedAttributes && !namesTheseAlgorithms(signer.signedAttributes, hash, algorithm)) {
    reasons.push('signature-mismatch');
    return done(false);
  }
  const digest = statements || hash === 'sha1' ? await content.digest(hash) : null;
  if (digest?.collides || collides(signer, hash)) reasons.push('hash-collision');
  if (statements && digest && !equal(digest.bytes, statements.messageDigest)) {
    reasons.push('digest-mismatch');
    return done(false);
  }
  if (!certificate) {
    // Nobody's key is known, so nothing can be checked: not enough information, and certainly not valid.
    reasons.push('chain-untrusted');
    return done(false);
  }
  if (statements?.namesCertificate(certificate) === false) reasons.push('signing-certificate-mismatch');
  const weakness = weaknessOf(algorithm, certificate.publicKey);
  if (weakness) reasons.push(weakness);
  if (!(await isSigned(signer, algorithm, certificate, content))) {
    reasons.push(statements ? 'signature-mismatch' : 'digest-mismatch');
    return done(false);
  }
  return done(true);
}

/** What is signed in the content's stead could be made to collide, too. */
function collides({ signedAttributes }: SignerInfo, hash: HashName): boolean {
  const forms = signedAttributes === null ? [] : signedForms(signedAttributes);
  return hash === 'sha1' && forms.some((form) => contentDigest(hash, form).collides);
}

async function isSigned(
  signer: SignerInfo,
  algorithm: SignatureAlgorithm,
  certificate: Certificate,
  content: SignedContent,
): Promise<boolean> {
  const key = certificate.publicKey;
  if (!signer.signedAttributes) {
    return isSignatureOfStream(algorithm, key, content.pieces(), signer.signature);
  }
  return signedForms(signer.signedAttributes).some((form) =>
    isSignatureOf(algorithm, key, form, signer.signature),
  );
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
