import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const place = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A time at which everything in the kept files holds: certificates, lists, answers, time stamps. */
export const foreignSigningTime = new Date('2026-11-22T08:17:00Z');

/** Whom their signers' certificates come from; the keys are gone. */
export function foreignAuthorities(): X509Certificate[] {
  return certificates('authorities.pem');
}

/** What a reader has at hand besides: PoDoFo's message brings its signer's certificate alone. */
export function foreignIntermediates(): X509Certificate[] {
  return certificates('issuing.pem');
}

function certificates(name: string): X509Certificate[] {
  return readFileSync(place(name), 'latin1')
    .split(/(?=-----BEGIN)/)
    .filter((part) => part.startsWith('-----BEGIN'))
    .map((part) => new X509Certificate(part));
}

/** The names of all files. */
export function foreignSignatureNames(): string[] {
  return readdirSync(place('kept'))
    .map((name) => basename(name, '.pdf'))
    .toSorted();
}

/** The path of one. */
export function foreignSignature(name: string): string {
  return place(`kept/${name}.pdf`);
}
