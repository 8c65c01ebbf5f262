import { AppError } from '../../contract/failure.ts';

/** Distinguished encoding of what a signature needs of ASN.1 (X.690), and a reader for walking certificates. */

export type Der = Uint8Array;

/** One element: identifier octet, definite length, content. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Der {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(content.length)]), content]);
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

export const sequence = (...items: readonly Der[]): Der => element(0x30, ...items);
export const octetString = (bytes: Uint8Array): Der => element(0x04, bytes);
export const nullValue = (): Der => element(0x05);
/** [n] EXPLICIT, or a constructed IMPLICIT one. */
export const tagged = (number: number, ...contents: readonly Uint8Array[]): Der =>
  element(0xa0 | number, ...contents);

/** SET OF in DER: its elements in ascending order of their encodings (X.690, 11.6). */
export function setOf(...items: readonly Der[]): Der {
  return element(0x31, ...items.toSorted((a, b) => Buffer.compare(a, b)));
}

/** A non-negative INTEGER. */
export function integer(value: number): Der {
  const octets: number[] = [];
  for (let rest = value; rest > 0 || octets.length === 0; rest = Math.floor(rest / 256))
    octets.unshift(rest % 256);
  if ((octets[0] ?? 0) & 0x80) octets.unshift(0);
  return element(0x02, Uint8Array.from(octets));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(0x80 | (left & 0x7f));
    return groups;
  });
  return element(0x06, Uint8Array.from(octets));
}

/** An element as it lies in other bytes. */
export interface DerNode {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element whole, identifier and length included. */
  readonly whole: Uint8Array;
}

/** The element at the start of `bytes`. Throws `input-invalid` where there is none. */
export function readElement(bytes: Uint8Array): DerNode {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw malformed();
  let length = first;
  let header = 2;
  if (first & 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw malformed();
    length = bytes.subarray(2, 2 + count).reduce((sum, octet) => sum * 256 + octet, 0);
    header += count;
  }
  if (header + length > bytes.length) throw malformed();
  return { tag, content: bytes.subarray(header, header + length), whole: bytes.subarray(0, header + length) };
}

/** The elements that make up a constructed element's content. */
export function children(node: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  for (let rest = node.content; rest.length > 0; ) {
    const child = readElement(rest);
    nodes.push(child);
    rest = rest.subarray(child.whole.length);
  }
  return nodes;
}

function malformed(): AppError {
  return new AppError('input-invalid', { field: 'asn1' });
}
