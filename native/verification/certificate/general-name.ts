import { type Asn1, MalformedAsn1 } from '../../asn1/element.ts';
import { text } from '../../asn1/value.ts';
import { nameKey } from './name.ts';

/** GeneralName's choices that are understood (RFC 5280, 4.2.1.6), by tag; IP addresses and the other kinds keep their octets. */
export const generalNameTag = {
  ...{ other: 0xa0, mail: 0x81, host: 0x82 },
  ...{ directory: 0xa4, uri: 0x86, address: 0x87 },
} as const;

/** The tags that the choices have in DER. Under others a name would slip past the constraints on its kind. */
const choices: ReadonlySet<number> = new Set([0xa0, 0x81, 0x82, 0xa3, 0xa4, 0xa5, 0x86, 0x87, 0x88]);

/** Throws MalformedAsn1. */
export function requireGeneralName({ tag }: Asn1): void {
  if (!choices.has(tag)) throw new MalformedAsn1('general name');
}

/** A directoryName is tagged explicitly, since Name is a CHOICE. */
export function directoryName(name: Asn1): Asn1 {
  const inner = name.children()[0];
  if (!inner) throw new MalformedAsn1('name');
  return inner;
}

/** A key that is equal for names that count as equal: what a list and a certificate call one and the same point. */
export function generalNameKey(name: Asn1): string {
  if (name.tag === generalNameTag.directory) return `directory ${nameKey(directoryName(name))}`;
  if (name.tag === generalNameTag.uri) return `uri ${text(name)}`;
  return Buffer.from(name.bytes).toString('hex');
}
