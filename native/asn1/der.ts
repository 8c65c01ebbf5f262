import { type Asn1, tag } from './element.ts';

/** Writing of DER (X.690, 10 and 11), for the little that a verifier has to say itself. */

export function encode(identifier: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(identifier, length), ...contents]);
}

function header(identifier: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(identifier, length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(identifier, 0x80 | octets.length, ...octets);
}

export function encodeOid(dotted: string): Uint8Array {
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
export function toDer(element: Asn1, identifier: number = element.tag): Uint8Array {
  if (!element.constructed) return encode(identifier, element.content);
  const parts = element.children().map((child) => toDer(child));
  if (element.tag === tag.constructedOctetString) {
    return encode(tag.octetString, ...element.children().map((child) => child.content));
  }
  if (identifier === tag.set) parts.sort(Buffer.compare);
  return encode(identifier, ...parts);
}
