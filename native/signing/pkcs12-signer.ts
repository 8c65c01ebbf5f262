import { constants, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import forge from 'node-forge';
import { AppError } from '../../contract/failure.ts';
import { issuersOf } from './issuers.ts';
import { type DigestAlgorithm, digestLength, type SignatureScheme, type Signer } from './signer.ts';

const byteLimit = 1024 * 1024;

/**
 * A software key from a PKCS#12 file, for tests and where an office has no token yet. The password's bytes are cleared.
 * `scheme`: how RSA is padded.
 * Throws `file-missing`, `pin-incorrect` (wrong password), `key-missing`, `certificate-missing`.
 */
export async function openPkcs12(
  path: string,
  password: Uint8Array,
  known: readonly X509Certificate[],
  scheme: SignatureScheme = 'pkcs1',
): Promise<Signer> {
  const file = basename(path);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AppError('file-missing', { file }, { cause: error });
  });
  if (bytes.length > byteLimit) throw new AppError('file-too-large', { file });
  const bags = openBags(bytes, password, file);
  const keyBag = bags.find(({ type }) => isKey(type));
  if (!keyBag) throw new AppError('key-missing', { file });
  const key = createPrivateKey({ key: privateKeyInfo(keyBag), format: 'der', type: 'pkcs8' });
  const certificates = bags.filter(({ type }) => type === forge.pki.oids['certBag']).map(toCertificate);
  const certificate = certificates.find((candidate) => candidate.checkPrivateKey(key));
  if (!certificate) throw new AppError('certificate-missing', { file });
  return {
    certificate,
    chain: issuersOf(certificate, [...certificates, ...known]),
    scheme,
    sign: async (algorithm, data) => signWith(key, scheme, algorithm, data),
  };
}

function signWith(
  key: KeyObject,
  scheme: SignatureScheme,
  algorithm: DigestAlgorithm,
  data: Uint8Array,
): Buffer {
  if (key.asymmetricKeyType === 'ec') return sign(algorithm, data, { key, dsaEncoding: 'der' });
  if (scheme === 'pkcs1') return sign(algorithm, data, { key, padding: constants.RSA_PKCS1_PADDING });
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(algorithm, data, { key, padding, saltLength: digestLength[algorithm] });
}

function isKey(type: string): boolean {
  return type === forge.pki.oids['keyBag'] || type === forge.pki.oids['pkcs8ShroudedKeyBag'];
}

function openBags(bytes: Buffer, password: Uint8Array, file: string): forge.pkcs12.Bag[] {
  try {
    const asn1 = forge.asn1.fromDer(bytes.toString('latin1'));
    // forge takes the password as text; Vietnamese letters in it are encoded as RFC 7292, B.1 asks.
    const store = forge.pkcs12.pkcs12FromAsn1(asn1, false, Buffer.from(password).toString('utf8'));
    return store.safeContents.flatMap(({ safeBags }) => safeBags);
  } catch (error) {
    const isPassword = String((error as Error).message).includes('Invalid password');
    throw new AppError(isPassword ? 'pin-incorrect' : 'file-unreadable', { file }, { cause: error });
  } finally {
    password.fill(0);
  }
}

function der(node: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1');
}

/** PKCS#8: forge decodes RSA keys, and leaves others (elliptic curves) as they stand in the file. */
function privateKeyInfo({ key, asn1 }: forge.pkcs12.Bag): Buffer {
  return der(key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1);
}

function toCertificate({ cert, asn1 }: forge.pkcs12.Bag): X509Certificate {
  return new X509Certificate(der(cert ? forge.pki.certificateToAsn1(cert) : asn1));
}
