import { type Asn1, MalformedAsn1, readElement, readWhole, tag } from '../../asn1/element.ts';
import { smallInteger, time } from '../../asn1/value.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { hasUnknownCritical, readExtensionList } from '../certificate/extension-list.ts';
import { directoryName, generalNameTag } from '../certificate/general-name.ts';
import { nameKey } from '../certificate/name.ts';
import type { RevocationList } from './crl.ts';
import { unreliableFrom } from './evidence.ts';

/** What a list says of one certificate. */
export interface ListEntry {
  readonly revokedAt: Date;
  /** CRLReason; null where none is given. */
  readonly reason: number | null;
}

const id = { reason: '2.5.29.21', invalidityDate: '2.5.29.24', certificateIssuer: '2.5.29.29' } as const;
/** The hold's instruction is for people (RFC 3280, 5.3.2). */
const understood: ReadonlySet<string> = new Set([...Object.values(id), '2.5.29.23']);

/**
 * The entry of `certificate`, or null where it has none. `unusable`: an entry, whichever, must be understood and isn't, so that
 * the list says nothing of anybody (RFC 5280, 5.3). A list may have hundreds of thousands of entries, so that they are passed
 * over where they lie: no object is made of one that is of no interest. Throws MalformedAsn1, also for lengths that aren't DER.
 */
export function findEntry(list: RevocationList, certificate: Certificate): ListEntry | 'unusable' | null {
  const { serialOctets } = certificate;
  const bytes = list.revoked?.content ?? new Uint8Array();
  // Whose certificates the entries are, from the last one that said so (5.3.3).
  let issuerKeys: readonly string[] = [list.issuerKey];
  let found: ListEntry | null = null;
  for (let at = 0, next = 0; at < bytes.length; at = next) {
    next = endOf(bytes, at, tag.sequence, bytes.length);
    const serialAt = contentOf(bytes, at);
    const dateAt = endOf(bytes, serialAt, tag.integer, next);
    const extensionsAt = endOf(bytes, dateAt, null, next);
    const isOfInterest = list.scope.indirect || mayBeCritical(bytes, extensionsAt, next);
    if (extensionsAt < next && isOfInterest) {
      const extensions = readExtensionList(readElement(bytes, extensionsAt));
      if (hasUnknownCritical(extensions, understood)) return 'unusable';
      const issuer = extensions.get(id.certificateIssuer);
      if (issuer) issuerKeys = directoryKeys(readWhole(issuer.value));
    }
    if (!issuerKeys.includes(certificate.issuerKey)) continue;
    if (isSame(bytes, contentOf(bytes, serialAt), dateAt, serialOctets))
      found = readEntry(readElement(bytes, at));
  }
  return found;
}

/** Where an element's content begins; entries of lists are never longer than two octets of length tell. */
function contentOf(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0x80;
  if (first < 0x80) return at + 2;
  if (first !== 0x81 && first !== 0x82) throw new MalformedAsn1('CRL');
  return at + 1 + first - 0x7f;
}

/** Where an element ends; `wanted`: its tag, null for any. */
function endOf(bytes: Uint8Array, at: number, wanted: number | null, limit: number): number {
  const content = contentOf(bytes, at);
  const octets = content - at - 2;
  const length =
    octets === 0
      ? (bytes[at + 1] ?? 0)
      : octets === 1
        ? (bytes[at + 2] ?? 0)
        : (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  const isWanted = wanted === null || bytes[at] === wanted;
  if (!isWanted || content + length > limit) throw new MalformedAsn1('CRL');
  return content + length;
}

/** Whether a BOOLEAN that is true may stand there. Where none does, no extension is critical; where one seems to, it is read. */
function mayBeCritical(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i + 2 < to; i++) {
    if (bytes[i] === tag.boolean && bytes[i + 1] === 1 && bytes[i + 2] !== 0) return true;
  }
  return false;
}

/** Whether the number that stands there is the wanted one, whose octets are DER's (OpenSSL reads no other certificate). */
function isSame(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  let start = from;
  // A list that pads its numbers must not lose a revocation by it.
  while (isPadding(bytes[start], to - start > 1 ? bytes[start + 1] : undefined)) start++;
  if (to - start !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}

/** Whether an octet in front of the next says nothing but its sign (X.690, 8.3.2). */
function isPadding(octet: number | undefined, next: number | undefined): boolean {
  if (next === undefined) return false;
  return (octet === 0 && next < 0x80) || (octet === 0xff && next >= 0x80);
}

function readEntry(entry: Asn1): ListEntry {
  const [, date, list] = entry.sequence();
  if (!date) throw new MalformedAsn1('CRL');
  const extensions = readExtensionList(list);
  const given = extensions.get(id.reason);
  const invalidity = extensions.get(id.invalidityDate);
  const reason = given ? smallInteger(readWhole(given.value), tag.enumerated) : null;
  const invalidFrom = invalidity ? time(readWhole(invalidity.value)) : null;
  return { revokedAt: unreliableFrom(time(date), reason, invalidFrom), reason };
}

/** An issuer may be named in several ways there (5.3.3). */
function directoryKeys(names: Asn1): string[] {
  const keys = names.sequence().filter(({ tag }) => tag === generalNameTag.directory);
  if (keys.length === 0) throw new MalformedAsn1('CRL');
  return keys.map((name) => nameKey(directoryName(name)));
}
