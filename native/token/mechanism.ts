import { createHash } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import { type DigestAlgorithm, digestLength, type SignatureScheme } from '../signing/signer.ts';
import { digestInfo, signatureToDer } from './signature-encoding.ts';

/** CK_KEY_TYPE, CK_MECHANISM_TYPE and CK_RSA_PKCS_MGF_TYPE numbers (PKCS#11 v2.40); here, so that this file needs no driver. */
const CKK_RSA = 0x00;
const CKK_EC = 0x03;
const hashMechanisms = { sha256: 0x250, sha384: 0x260, sha512: 0x270 } as const;
const maskGenerators = { sha256: 2, sha384: 3, sha512: 4 } as const;
/** pkcs11js' own number for CK_RSA_PKCS_PSS_PARAMS. */
const pssParameters = 5;

/** Every mechanism that could make one of our signatures, by its name. */
export const signingMechanisms = {
  CKM_RSA_PKCS: 0x0001,
  CKM_SHA256_RSA_PKCS: 0x0040,
  CKM_SHA384_RSA_PKCS: 0x0041,
  CKM_SHA512_RSA_PKCS: 0x0042,
  CKM_RSA_PKCS_PSS: 0x000d,
  CKM_SHA256_RSA_PKCS_PSS: 0x0043,
  CKM_SHA384_RSA_PKCS_PSS: 0x0044,
  CKM_SHA512_RSA_PKCS_PSS: 0x0045,
  CKM_ECDSA: 0x1041,
  CKM_ECDSA_SHA256: 0x1044,
  CKM_ECDSA_SHA384: 0x1045,
  CKM_ECDSA_SHA512: 0x1046,
} as const;
type MechanismName = keyof typeof signingMechanisms;

/** Names of the signing mechanisms among those that a token lists. */
export function namesOf(offered: readonly number[]): string[] {
  const all = Object.entries(signingMechanisms);
  return all.flatMap(([name, type]) => (offered.includes(type) ? [name] : []));
}

/** A private key as far as it decides how it signs: CKA_KEY_TYPE and, for an elliptic curve, CKA_EC_PARAMS. */
export interface KeyKind {
  readonly type: number;
  readonly parameters: Buffer | null;
}

/** One way to have data signed: what C_SignInit and C_Sign are given, and how the answer is read. */
export interface SigningMechanism {
  readonly name: string;
  /** As pkcs11js takes it. */
  readonly mechanism: {
    readonly mechanism: number;
    readonly parameter?: {
      readonly type: number;
      readonly hashAlg: number;
      readonly mgf: number;
      readonly saltLen: number;
    };
  };
  input(data: Uint8Array): Buffer;
  /** The token's answer in the form that CMS carries. */
  output(signature: Buffer): Buffer;
}

interface Way {
  readonly names: { readonly byDigest: MechanismName; readonly byData: MechanismName };
  readonly parameter?: SigningMechanism['mechanism']['parameter'];
  /** What the mechanism by digest is handed. */
  prepare(digest: Buffer): Buffer;
  output(signature: Buffer): Buffer;
}

/** Bytes of a curve's order, by CKA_EC_PARAMS (DER of the curve's OID) in hexadecimal: P-256, P-384, P-521. */
const orderBytes: Readonly<Record<string, number>> = {
  '06082a8648ce3d030107': 32,
  '06052b81040022': 48,
  '06052b81040023': 66,
};

function wayOf(key: KeyKind, algorithm: DigestAlgorithm, scheme: SignatureScheme): Way {
  const hash = algorithm.toUpperCase() as Uppercase<DigestAlgorithm>;
  const same = (signature: Buffer) => signature;
  if (key.type === CKK_EC) {
    // ECDSA uses a digest's leftmost bits only, as many as the order has (FIPS 186-5, 6.4.1); some tokens refuse to be
    // given more.
    const most = orderBytes[key.parameters?.toString('hex') ?? ''];
    return {
      names: { byDigest: 'CKM_ECDSA', byData: `CKM_ECDSA_${hash}` },
      prepare: (digest) => digest.subarray(0, most),
      output: signatureToDer,
    };
  }
  if (key.type !== CKK_RSA) {
    throw new AppError('mechanism-unsupported', { mechanism: `CKK 0x${key.type.toString(16)}` });
  }
  if (scheme === 'pss') {
    return {
      names: { byDigest: 'CKM_RSA_PKCS_PSS', byData: `CKM_${hash}_RSA_PKCS_PSS` },
      // A salt as long as the digest (RFC 4055, 3.1; EN 319 142 has no other).
      parameter: {
        type: pssParameters,
        hashAlg: hashMechanisms[algorithm],
        mgf: maskGenerators[algorithm],
        saltLen: digestLength[algorithm],
      },
      prepare: (digest) => digest,
      output: same,
    };
  }
  return {
    names: { byDigest: 'CKM_RSA_PKCS', byData: `CKM_${hash}_RSA_PKCS` },
    prepare: (digest) => digestInfo(algorithm, digest),
    output: same,
  };
}

/**
 * How a key signs: by digest, so that little goes over the cable, or else with the token's own hash mechanism.
 * @param offered C_GetMechanismList; null where the token doesn't say, and the usual mechanism is tried
 * @throws AppError `mechanism-unsupported` {mechanism, offered}
 */
export function mechanismFor(
  key: KeyKind,
  algorithm: DigestAlgorithm,
  scheme: SignatureScheme,
  offered: readonly number[] | null,
): SigningMechanism {
  const { names, parameter, prepare, output } = wayOf(key, algorithm, scheme);
  const has = (name: MechanismName) => offered === null || offered.includes(signingMechanisms[name]);
  const made = (name: MechanismName, input: SigningMechanism['input']): SigningMechanism => {
    const mechanism = { mechanism: signingMechanisms[name], ...(parameter && { parameter }) };
    return { name, mechanism, input, output };
  };
  if (has(names.byDigest)) {
    return made(names.byDigest, (data) => prepare(createHash(algorithm).update(data).digest()));
  }
  if (has(names.byData)) return made(names.byData, (data) => Buffer.from(data));
  const mechanism = `${names.byDigest}, ${names.byData}`;
  throw new AppError('mechanism-unsupported', { mechanism, offered: namesOf(offered ?? []).join(', ') });
}
