import { X509Certificate } from 'node:crypto';
import type { Handle } from 'pkcs11js';
import type { CertificateInfo } from '../../contract/token.ts';
import { describeCertificate } from './certificate-info.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { findObjects, readAttribute } from './object-search.ts';

const mostCertificates = 64;
const largestCertificate = 65_536;

/** An X.509 certificate as it lies on a token; `id` is its CKA_ID in hexadecimal. */
interface StoredCertificate {
  readonly id: string;
  readonly der: Buffer;
}

function storedCertificates(module: DriverModule, session: Handle): StoredCertificate[] {
  const objects = findObjects(module, session, [
    { type: cryptoki.CKA_CLASS, value: cryptoki.CKO_CERTIFICATE },
    { type: cryptoki.CKA_CERTIFICATE_TYPE, value: cryptoki.CKC_X_509 },
  ]);
  const stored: StoredCertificate[] = [];
  for (const object of objects.slice(0, mostCertificates)) {
    const der = readAttribute(module, session, object, cryptoki.CKA_VALUE);
    if (!der || der.length === 0 || der.length > largestCertificate) continue;
    const id = readAttribute(module, session, object, cryptoki.CKA_ID) ?? Buffer.alloc(0);
    if (id.length <= 256) stored.push({ id: id.toString('hex'), der });
  }
  return stored;
}

function keyIds(module: DriverModule, session: Handle, keyClass: number): Set<string> {
  const objects = findObjects(module, session, [{ type: cryptoki.CKA_CLASS, value: keyClass }]);
  const ids = objects.map((object) => readAttribute(module, session, object, cryptoki.CKA_ID));
  return new Set(ids.flatMap((id) => (id && id.length > 0 ? [id.toString('hex')] : [])));
}

/**
 * Which certificates have their private key on the token, paired by CKA_ID. Before login a token hides its private keys,
 * so their public halves speak for them. A token that keeps none says nothing at all; then every certificate but an
 * authority's counts as having one, since hiding it would leave the person with "no certificate found" although login would show it.
 */
export function readCertificates(
  module: DriverModule,
  session: Handle,
  loggedIn: boolean,
): CertificateInfo[] {
  const stored = storedCertificates(module, session);
  if (stored.length === 0) return [];
  const privateIds = keyIds(module, session, cryptoki.CKO_PRIVATE_KEY);
  const publicIds = loggedIn ? new Set<string>() : keyIds(module, session, cryptoki.CKO_PUBLIC_KEY);
  const silent = !loggedIn && privateIds.size === 0 && publicIds.size === 0;
  return stored.flatMap(({ id, der }) => {
    const paired = privateIds.has(id) || publicIds.has(id) || (silent && !isAuthority(der));
    const described = describeCertificate(id, der, paired);
    return described ? [described] : [];
  });
}

/** The DER of the certificate with this CKA_ID, the end entity's where an authority's shares it; null if there is none. */
export function readCertificate(module: DriverModule, session: Handle, id: string): Buffer | null {
  const matching = storedCertificates(module, session).filter((stored) => stored.id === id);
  return (matching.find(({ der }) => !isAuthority(der)) ?? matching[0])?.der ?? null;
}

function isAuthority(der: Buffer): boolean {
  try {
    return new X509Certificate(der).ca;
  } catch {
    // Not readable as a certificate: certainly no authority's.
    return false;
  }
}
