import { type Asn1, tag } from './element.ts';

/** Writing of DER (X.690, 10 and 11): what a signature, a request and a verifier have to say themselves. */

export type Der = Uint8Array;

/** One element: identifier octet, definite length, content. */
export function encode(identifier: number, ...contents: readonly Uint8Array[]): Der {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(identifier, length), ...contents]);
}

function header(identifier: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(identifier, length);
  const octets = bigEndian(length);
  return Uint8Array.of(identifier, 0x80 | octets.length, ...octets);
}

/** The octets of a non-negative number, the highest first and not zero; none for zero. */
function bigEndian(value: number): number[] {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return octets;
}

export const sequence = (...items: readonly Der[]): Der => encode(tag.sequence, ...items);
export const octetString = (bytes: Uint8Array): Der => encode(tag.octetString, bytes);
export const nullValue = (): Der => encode(tag.null);
/** [n] EXPLICIT, or a constructed IMPLICIT one. */
export const tagged = (number: number, ...contents: readonly Uint8Array[]): Der =>
  encode(0xa0 | number, ...contents);

/** SET OF: its elements in ascending order of their encodings (X.690, 11.6). */
export function setOf(...items: readonly Der[]): Der {
  return encode(tag.set, ...items.toSorted(Buffer.compare));
}

/** A non-negative INTEGER. */
export function integer(value: number): Der {
  const octets = bigEndian(value);
  // In front of a number whose highest bit is set, and for zero itself: without it, it would be negative, or nothing.
  if (((octets[0] ?? 0x80) & 0x80) !== 0) octets.unshift(0);
  return encode(tag.integer, Uint8Array.from(octets));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Der {
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  const octets = [root * 40 + second, ...arcs].flatMap((arc) => {
    const groups = [arc % 128];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      groups.unshift((rest % 128) | 0x80);
    }
    return groups;
  });
  return encode(tag.oid, Uint8Array.from(octets));
}

/** The same value in DER: definite lengths, a SET OF in ascending order. What producers of BER signed. */
export function toDer(source: Asn1, identifier: number = source.tag): Der {
  if (!source.constructed) return encode(identifier, source.content);
  if (source.tag === tag.constructedOctetString) {
    return octetString(Buffer.concat(source.children().map((child) => child.content)));
  }
  const parts = source.children().map((child) => toDer(child));
  return identifier === tag.set ? setOf(...parts) : encode(identifier, ...parts);
}
