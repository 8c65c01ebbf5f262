import { createHash, X509Certificate } from 'node:crypto';
import type { Handle } from 'pkcs11js';
import type { CertificateInfo } from '../../contract/token.ts';
import { describeCertificate } from './certificate-info.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { type KeyNumbers, numbersOf } from './key-numbers.ts';
import { type KeyObject, keyOf, readKeys } from './key-objects.ts';
import { findObjects, readAttribute } from './object-search.ts';

const mostCertificates = 64;
const largestCertificate = 65_536;

/** An X.509 certificate as it lies on a token; `id` is its CKA_ID in hexadecimal, empty where it has none. */
export interface StoredCertificate {
  readonly id: string;
  readonly der: Buffer;
  readonly parsed: X509Certificate | null;
  readonly numbers: KeyNumbers | null;
}

function parse(der: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    // Not readable as a certificate: nothing that a person could choose.
    return null;
  }
}

function readStored(module: DriverModule, session: Handle): StoredCertificate[] {
  const objects = findObjects(module, session, [
    { type: cryptoki.CKA_CLASS, value: cryptoki.CKO_CERTIFICATE },
    { type: cryptoki.CKA_CERTIFICATE_TYPE, value: cryptoki.CKC_X_509 },
  ]);
  const stored: StoredCertificate[] = [];
  for (const object of objects.slice(0, mostCertificates)) {
    const der = readAttribute(module, session, object, cryptoki.CKA_VALUE);
    if (!der || der.length === 0 || der.length > largestCertificate) continue;
    const id = readAttribute(module, session, object, cryptoki.CKA_ID) ?? Buffer.alloc(0);
    if (id.length > 256) continue;
    const parsed = parse(der);
    stored.push({ id: id.toString('hex'), der, parsed, numbers: parsed && numbersOf(parsed) });
  }
  return stored;
}

/** What a certificate is called: its CKA_ID, or without one its fingerprint, so that two such don't answer to one name. */
function nameOf({ id, der }: StoredCertificate): string {
  return id === '' ? createHash('sha256').update(der).digest('hex') : id;
}

function wantsPinEachTime(module: DriverModule, session: Handle, key: KeyObject | undefined): boolean {
  if (!key) return false;
  const always = readAttribute(module, session, key.handle, cryptoki.CKA_ALWAYS_AUTHENTICATE);
  return always !== null && always[0] !== 0;
}

/**
 * The certificates, each with whether its private key is on the token. Before login a token hides its private keys,
 * so their public halves speak for them. A token that keeps none says nothing at all; then every certificate but an
 * authority's counts as having one, since hiding it would leave the person with "no certificate found" although login would show it.
 */
export function readCertificates(
  module: DriverModule,
  session: Handle,
  loggedIn: boolean,
): CertificateInfo[] {
  const stored = readStored(module, session);
  if (stored.length === 0) return [];
  const privateKeys = readKeys(module, session, 'private');
  const publicKeys = loggedIn ? [] : readKeys(module, session, 'public');
  const silent = !loggedIn && privateKeys.length === 0 && publicKeys.length === 0;
  return stored.flatMap((certificate) => {
    const privateKey = keyOf(certificate, privateKeys);
    const paired = privateKey !== undefined || keyOf(certificate, publicKeys) !== undefined;
    const hasKey = paired || (silent && certificate.parsed?.ca === false);
    const described = describeCertificate(nameOf(certificate), certificate.der, hasKey);
    if (!described) return [];
    return wantsPinEachTime(module, session, privateKey)
      ? [{ ...described, pinEachSignature: true }]
      : [described];
  });
}

/**
 * The certificate of this name; null if there is none. Where several share a CKA_ID, as a renewed one does with the one that it
 * replaced, it is an end entity's, in date at `now`, and the newest.
 */
export function readCertificate(
  module: DriverModule,
  session: Handle,
  name: string,
  now: Date,
): StoredCertificate | null {
  const matching = readStored(module, session).filter((stored) => nameOf(stored) === name);
  const rank = ({ parsed }: StoredCertificate): number => {
    if (!parsed || parsed.ca) return 0;
    return parsed.validFromDate <= now && now <= parsed.validToDate ? 2 : 1;
  };
  const newest = ({ parsed }: StoredCertificate) => parsed?.validFromDate.getTime() ?? 0;
  matching.sort((one, other) => rank(other) - rank(one) || newest(other) - newest(one));
  return matching[0] ?? null;
}
