import { type Asn1, MalformedAsn1, readElement, readWhole, tag } from '../asn1/element.ts';
import { smallInteger, time } from '../asn1/value.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { directoryName, generalNameTag } from '../certificate/general-name.ts';
import { nameKey } from '../certificate/name.ts';
import { type RevocationList, readListExtensions } from './crl.ts';
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
 * the list says nothing of anybody (RFC 5280, 5.3). Serial numbers are compared as they lie. Throws MalformedAsn1.
 */
export function findEntry(list: RevocationList, certificate: Certificate): ListEntry | 'unusable' | null {
  // Whose certificates the entries are, from the last one that said so (5.3.3).
  let issuerKey = list.issuerKey;
  let found: ListEntry | null = null;
  for (const entry of list.revoked?.elements() ?? []) {
    const serial = readElement(entry.content).expect(tag.integer);
    const extensions = extensionsOf(entry, serial);
    if (extensions) {
      for (const [type, { critical }] of extensions) {
        if (critical && !understood.has(type)) return 'unusable';
      }
      const issuer = extensions.get(id.certificateIssuer);
      if (issuer) issuerKey = directoryKey(readWhole(issuer.value));
    }
    if (issuerKey !== certificate.issuerKey || Buffer.compare(serial.content, certificate.serialOctets) !== 0)
      continue;
    found = readEntry(entry, extensions);
  }
  return found;
}

type Extensions = ReturnType<typeof readListExtensions>;

/** Most entries have none: then nothing behind the date is looked at. */
function extensionsOf(entry: Asn1, serial: Asn1): Extensions | null {
  const date = readElement(entry.content, serial.bytes.length);
  const offset = serial.bytes.length + date.bytes.length;
  return offset < entry.content.length ? readListExtensions(readElement(entry.content, offset)) : null;
}

function readEntry(entry: Asn1, extensions: Extensions | null): ListEntry {
  const date = entry.sequence()[1];
  if (!date) throw new MalformedAsn1('CRL');
  const given = extensions?.get(id.reason);
  const invalidity = extensions?.get(id.invalidityDate);
  const reason = given ? smallInteger(readWhole(given.value), tag.enumerated) : null;
  const invalidFrom = invalidity ? time(readWhole(invalidity.value)) : null;
  return { revokedAt: unreliableFrom(time(date), reason, invalidFrom), reason };
}

function directoryKey(names: Asn1): string {
  const name = names.sequence().find(({ tag }) => tag === generalNameTag.directory);
  if (!name) throw new MalformedAsn1('CRL');
  return nameKey(directoryName(name));
}
