import { type Asn1, MalformedAsn1 } from '../../asn1/element.ts';
import { boolean, octetString, oid } from '../../asn1/value.ts';

/** One extension: its value is what the OCTET STRING holds, not read yet. */
export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/**
 * Extensions by type (RFC 5280, 4.1), as certificates, lists, their entries, responders' answers and time stamps have them. Empty where
 * there is no field. Throws MalformedAsn1, also where a type comes twice (4.2): two readers would see two meanings.
 */
export function readExtensionList(extensions: Asn1 | undefined): ReadonlyMap<string, Extension> {
  const read = new Map<string, Extension>();
  for (const extension of extensions?.sequence() ?? []) {
    const [type, ...rest] = extension.sequence();
    const value = rest.pop();
    const [critical, surplus] = rest;
    // A surplus part could hide the mark of what must be understood.
    if (!type || !value || surplus) throw new MalformedAsn1('extension');
    const name = oid(type);
    if (read.has(name)) throw new MalformedAsn1('extension given twice');
    read.set(name, { critical: critical !== undefined && boolean(critical), value: octetString(value) });
  }
  return read;
}

/** Whether one must be understood that isn't among those (4.2, 5.2; RFC 6960, 4.4). */
export function hasUnknownCritical(
  extensions: ReadonlyMap<string, Extension>,
  understood: ReadonlySet<string>,
): boolean {
  return [...extensions].some(([type, { critical }]) => critical && !understood.has(type));
}
