import {
  constants,
  createHash,
  createPublicKey,
  createVerify,
  type KeyObject,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto';
import * as der from '../asn1/der.ts';
import { type Asn1, readWhole, tag } from '../asn1/element.ts';
import { oid, smallInteger } from '../asn1/value.ts';
import { holdsBareDigestInfo } from './pkcs1-block.ts';

/** Which algorithms of CMS, X.509, OCSP and time stamps are understood, and which of them no longer prove anything. */

export type HashName =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512-224'
  | 'sha512-256'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512';

const hashes: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.5': 'sha512-224',
  '2.16.840.1.101.3.4.2.6': 'sha512-256',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
};

const rsaWithHash: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.3.14.3.2.29': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.15': 'sha512-224',
  '1.2.840.113549.1.1.16': 'sha512-256',
  '2.16.840.1.101.3.4.3.14': 'sha3-256',
  '2.16.840.1.101.3.4.3.15': 'sha3-384',
  '2.16.840.1.101.3.4.3.16': 'sha3-512',
};

const ecdsaWithHash: Readonly<Record<string, HashName>> = {
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '2.16.840.1.101.3.4.3.10': 'sha3-256',
  '2.16.840.1.101.3.4.3.11': 'sha3-384',
  '2.16.840.1.101.3.4.3.12': 'sha3-512',
};

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const ecPublicKey = '1.2.840.10045.2.1';
const ed25519 = '1.3.101.112';
const maskGeneration1 = '1.2.840.113549.1.1.8';

export interface SignatureAlgorithm {
  readonly scheme: 'RSA-PKCS1v15' | 'RSA-PSS' | 'ECDSA' | 'Ed25519';
  /**
   * Of what is signed. Ed25519 signs the data itself; its hash is the one that messages use beside it (RFC 8419,
   * 2.3).
   */
  readonly hash: HashName;
  /** RSA-PSS only; the mask generation's hash may be another one (RFC 4055, 3.1). */
  readonly mask: PssMask | null;
}

export interface PssMask {
  readonly hash: HashName;
  /** Octets. */
  readonly saltLength: number;
}

/** A hash's object identifier. */
function hashIdentifier(name: HashName): string {
  return Object.keys(hashes).find((each) => hashes[each] === name) ?? '';
}

/** The hash of an AlgorithmIdentifier, or null where it isn't understood. */
export function hashAlgorithm(identifier: Asn1): HashName | null {
  const [type] = identifier.sequence();
  return (type && hashes[oid(type)]) ?? null;
}

/**
 * A signature's algorithm, or null where it isn't understood. `digest` is the hash that a SignerInfo names apart; a
 * signature algorithm that names another one is refused (RFC 5754, 3; RFC 4056, 3).
 */
export function signatureAlgorithm(identifier: Asn1, digest?: HashName): SignatureAlgorithm | null {
  const [type, parameters] = identifier.sequence();
  if (!type) return null;
  const name = oid(type);
  const found = ((): SignatureAlgorithm | null => {
    if (name === rsaPss) return pss(parameters);
    // RFC 8410, 3: no parameters, not even NULL.
    if (name === ed25519) return parameters ? null : { scheme: 'Ed25519', hash: 'sha512', mask: null };
    const rsa = rsaWithHash[name] ?? (name === rsaEncryption ? digest : undefined);
    if (rsa) return { scheme: 'RSA-PKCS1v15', hash: rsa, mask: null };
    const ecdsa = ecdsaWithHash[name] ?? (name === ecPublicKey ? digest : undefined);
    return ecdsa ? { scheme: 'ECDSA', hash: ecdsa, mask: null } : null;
  })();
  return found && (digest === undefined || found.hash === digest) ? found : null;
}

/** More than a key of 4,096 bits has room for. */
const maxSaltLength = 512;

/** RSASSA-PSS-params (RFC 4055, 3.1). */
function pss(parameters: Asn1 | undefined): SignatureAlgorithm | null {
  let hash: HashName | null = 'sha1';
  let maskHash: HashName | null = 'sha1';
  let saltLength = 20;
  for (const field of parameters?.tag === tag.sequence ? parameters.children() : []) {
    const value = field.children()[0];
    if (!value) return null;
    if (field.tag === 0xa0) hash = hashAlgorithm(value);
    else if (field.tag === 0xa1) maskHash = maskAlgorithm(value);
    else if (field.tag === 0xa2) saltLength = smallInteger(value);
    else if (field.tag !== 0xa3 || smallInteger(value) !== 1) return null;
  }
  if (!hash || !maskHash || saltLength > maxSaltLength) return null;
  return { scheme: 'RSA-PSS', hash, mask: { hash: maskHash, saltLength } };
}

function maskAlgorithm(identifier: Asn1): HashName | null {
  const [type, parameters] = identifier.sequence();
  return type && parameters && oid(type) === maskGeneration1 ? hashAlgorithm(parameters) : null;
}

/** As reports name it: "RSA-PKCS1v15 SHA-256". */
export function algorithmText({ scheme, hash }: SignatureAlgorithm): string {
  return `${scheme} ${hash.toUpperCase().replace(/^SHA(\d)/, (_, digit: string) => (digit === '3' && hash.startsWith('sha3-') ? 'SHA3' : `SHA-${digit}`))}`;
}

/** Hashes that no longer bind (TT 15/2025, PL I allows SHA-2 from 256 and SHA-3 only). */
export function isWeakHash(hash: HashName): boolean {
  return hash === 'md5' || hash === 'sha1' || hash === 'sha224';
}

/**
 * What an algorithm can no longer prove: `algorithm-weak` where signatures can be made for others' keys or contents,
 * `hash-obsolete` for SHA-1, whose contents made to collide are found out (`sha1/`): whatever isn't found so was meant
 * as it is, though TT 15/2025, PL I no longer allows it. Null where nothing is held against it.
 */
export function weaknessOf(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
): 'algorithm-weak' | 'hash-obsolete' | null {
  if (!isWeak(algorithm, key)) return null;
  return algorithm.hash === 'sha1' && !isWeakKey(key) ? 'hash-obsolete' : 'algorithm-weak';
}

/** Keys below what TT 15/2025, PL I asks: RSA 2048 bits, elliptic curves 256 bits. */
export function isWeakKey(key: KeyObject): boolean {
  const { modulusLength, publicExponent, namedCurve } = key.asymmetricKeyDetails ?? {};
  // With the exponent 1 the signature is the padded digest itself, and anybody can write it down.
  if (modulusLength !== undefined) return modulusLength < 2048 || publicExponent === 1n;
  // A curve without a name is whatever the key says it is, its generator included (RFC 5480, 2.1.1 forbids them).
  if (key.asymmetricKeyType === 'ec' && namedCurve === undefined) return true;
  return namedCurve !== undefined && Number(/\d{3}/.exec(namedCurve)?.[0] ?? 0) < 256;
}

/**
 * By the hash of what was signed, and the key. The mask's hash doesn't matter: it is used as a generator, whose
 * collisions nobody gains from (RFC 8017, 8.1), so that MGF1 with SHA-1 under SHA-256, as Java's signers write it, is
 * as good as any.
 */
export function isWeak(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  return isWeakHash(algorithm.hash) || isWeakKey(key);
}

function keyInput({ scheme, hash, mask }: SignatureAlgorithm, key: KeyObject): VerifyKeyObjectInput | null {
  if (scheme === 'ECDSA') return key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'der' } : null;
  if (scheme === 'Ed25519') return key.asymmetricKeyType === 'ed25519' ? { key } : null;
  if (mask) {
    const own = maskedKey(key, hash, mask);
    const { saltLength } = mask;
    return own && { key: own, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  }
  return key.asymmetricKeyType === 'rsa' ? { key, padding: constants.RSA_PKCS1_PADDING } : null;
}

/**
 * The key with which node:crypto generates the mask by that hash. It takes the message's unless the key itself names
 * another, and has no option for it, so that the same modulus is given to it as a key of id-RSASSA-PSS whose
 * parameters say which (RFC 4055, 1.2). Null where the key can't be used so, or is limited to another mask.
 */
function maskedKey(key: KeyObject, hash: HashName, mask: PssMask): KeyObject | null {
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return null;
  const limit = key.asymmetricKeyDetails?.mgf1HashAlgorithm;
  if (limit !== undefined) return limit === mask.hash ? key : null;
  if (mask.hash === hash) return key;
  const [, octets] = readWhole(key.export({ type: 'spki', format: 'der' })).sequence();
  const algorithm = der.sequence(der.objectIdentifier(rsaPss), pssParameters(hash, mask));
  const info = der.sequence(algorithm, octets?.bytes ?? new Uint8Array());
  return createPublicKey({ key: Buffer.from(info), type: 'spki', format: 'der' });
}

function pssParameters(hash: HashName, mask: PssMask): der.Der {
  const identifier = (name: HashName) =>
    der.sequence(der.objectIdentifier(hashIdentifier(name)), der.nullValue());
  const generation = der.sequence(der.objectIdentifier(maskGeneration1), identifier(mask.hash));
  return der.sequence(
    der.tagged(0, identifier(hash)),
    der.tagged(1, generation),
    der.tagged(2, der.integer(mask.saltLength)),
  );
}

/** Whether `signature` over `data` was made with the private half of `key`; false, never an error, for nonsense. */
export function isSignatureOf(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const input = keyInput(algorithm, key);
    const hash = algorithm.scheme === 'Ed25519' ? null : algorithm.hash;
    if (input === null) return false;
    if (verify(hash, data, input, signature)) return true;
    if (algorithm.scheme !== 'RSA-PKCS1v15') return false;
    const digest = createHash(algorithm.hash).update(data).digest();
    return holdsBareDigestInfo(key, hashIdentifier(algorithm.hash), digest, signature);
  } catch {
    // OpenSSL throws for keys and paddings that can't go together; nothing was proven.
    return false;
  }
}

/**
 * Whether a signature can be checked over data that comes in pieces: Ed25519 reads all of it twice (RFC 8032, 5.1.7).
 */
export function canStream({ scheme }: SignatureAlgorithm): boolean {
  return scheme !== 'Ed25519';
}

/** The same over data that comes in pieces, by an algorithm that can do that. */
export async function isSignatureOfStream(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  pieces: AsyncIterable<Uint8Array>,
  signature: Uint8Array,
): Promise<boolean> {
  const verifier = createVerify(algorithm.hash);
  const digest = createHash(algorithm.hash);
  const mayBeBare = algorithm.scheme === 'RSA-PKCS1v15';
  for await (const piece of pieces) {
    verifier.update(piece);
    if (mayBeBare) digest.update(piece);
  }
  try {
    const input = keyInput(algorithm, key);
    if (input === null) return false;
    if (verifier.verify(input, signature)) return true;
    return mayBeBare && holdsBareDigestInfo(key, hashIdentifier(algorithm.hash), digest.digest(), signature);
  } catch {
    return false;
  }
}
