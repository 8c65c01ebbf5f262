import type { X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { PdfDict, type PdfObject, PdfString } from '../pdf/object.ts';
import {
  hasPolicy,
  hasSubjectAttribute,
  isIssuedBy,
  keyUsageOf,
  readCertificate,
} from './certificate-facts.ts';
import type { Signer } from './signer.ts';

export type SigningCertificate = Pick<Signer, 'certificate' | 'chain'>;

/** A constraint that isn't met, and what the form says of it. */
export interface SeedFault {
  readonly reason: string;
  readonly wanted: string;
}

/** /Ff of a certificate seed value (ISO 32000-2, table 238). Its URL and the bit for it only help to find a certificate. */
const bits = {
  subject: 1,
  issuer: 2,
  policy: 4,
  subjectName: 8,
  reserved: 16,
  keyUsage: 32,
  url: 64,
} as const;
const knownBits = Object.values(bits).reduce((all, bit) => all | bit, 0);

/** Certificates and names that a form may ask for; each may cost a signature to check. */
const longestList = 1000;

/**
 * Why this certificate isn't one that the field's author lets sign (ISO 32000-2, table 238): one of the named ones, from one of
 * the named authorities, under one of the policies, with such a name, with such a key usage. Only what binds is
 * asked for; null where all of that is met. Throws `pdf-too-complex`.
 */
export function certificateFault(
  document: PdfDocument,
  seed: PdfDict,
  { certificate, chain }: SigningCertificate,
): SeedFault | null {
  const flags = document.number(seed.get('Ff')) ?? 0;
  if ((flags & (bits.reserved | ~knownBits)) !== 0) return { reason: 'unknown', wanted: '' };
  // Signing under a policy of the author's (table 238, SignaturePolicyOID) is another profile than ours.
  const policy = bytesOf(document.resolve(seed.get('SignaturePolicyOID')));
  if (policy) return { reason: 'signature-policy', wanted: policy.toString('latin1') };
  const wanted = bytesOf(document.resolve(seed.get('URL')))?.toString('latin1') ?? '';
  const list = (key: string) => {
    const items = document.array(seed.get(key)) ?? [];
    if (items.length > longestList) throw new AppError('pdf-too-complex', {});
    return items.map((item) => document.resolve(item));
  };
  const usage = keyUsageOf(certificate);
  const checks: readonly [bit: number, key: string, reason: string, fits: (item: PdfObject) => boolean][] = [
    [bits.subject, 'Subject', 'certificate', (item) => bytesOf(item)?.equals(certificate.raw) ?? false],
    [bits.issuer, 'Issuer', 'issuer', (item) => isAbove(bytesOf(item), [certificate, ...chain])],
    [bits.policy, 'OID', 'certificate-policy', (item) => hasPolicy(certificate, asciiOf(item))],
    [bits.subjectName, 'SubjectDN', 'subject', (item) => hasSubject(document, certificate, item)],
    [bits.keyUsage, 'KeyUsage', 'key-usage', (item) => fitsUsage(usage, asciiOf(item))],
  ];
  for (const [bit, key, reason, fits] of checks) {
    if ((flags & bit) !== 0 && seed.has(key) && !list(key).some(fits)) return { reason, wanted };
  }
  return null;
}

function bytesOf(value: PdfObject): Buffer | null {
  return value instanceof PdfString ? Buffer.from(value.bytes) : null;
}

function asciiOf(value: PdfObject): string {
  return bytesOf(value)?.toString('latin1') ?? '';
}

/** Whether that authority stands above one of the path's certificates, be it in the path itself or not. */
function isAbove(der: Buffer | null, path: readonly X509Certificate[]): boolean {
  const issuer = der && readCertificate(der);
  return issuer !== null && path.some((certificate) => isIssuedBy(certificate, issuer));
}

/** Every attribute of one of the author's names must be the subject's; what the author doesn't mention is free. */
function hasSubject(document: PdfDocument, certificate: X509Certificate, item: PdfObject): boolean {
  if (!(item instanceof PdfDict)) return false;
  return [...item.entries].every(([name, entry]) => {
    const value = document.resolve(entry);
    return value instanceof PdfString && hasSubjectAttribute(certificate, name, value.toText());
  });
}

/** By position: `1` must be set, `0` must not, any other letter leaves it open; positions left out are open, too. */
function fitsUsage(usage: string | null, wanted: string): boolean {
  if (usage === null) return false;
  return [...wanted].every((letter, index) => !/[01]/.test(letter) || usage[index] === letter);
}
