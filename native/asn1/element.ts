/**
 * Reading of ASN.1 in BER (ITU-T X.690), lazily and within bounds: an element knows its bytes, and looks inside only when
 * asked. Exact bytes matter here (they are what was signed), and so does not building a tree of a ten-megabyte
 * revocation list before the first serial number is compared.
 */

/** The bytes aren't the structure they claim to be. Caught where a verdict is made of it; never crosses a seam. */
export class MalformedAsn1 extends Error {
  override readonly name = 'MalformedAsn1';
}

/** What `read` makes of bytes that anybody may have written, or `otherwise` where they aren't what they claim to be. */
export function unlessMalformed<T, F>(read: () => T, otherwise: F): T | F {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedAsn1) return otherwise;
    throw error;
  }
}

/** Identifier octets as they stand in DER; the constructed bit is part of the number. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  constructedOctetString: 0x24,
} as const;

/** Nested indefinite lengths are walked recursively, so a hostile file must not decide how deep. */
const maxDepth = 32;
const maxChildren = 10_000;

export class Asn1 {
  /** The whole element, header included. */
  readonly bytes: Uint8Array;
  /** First identifier octet: class, constructed bit and number. */
  readonly tag: number;
  /** What stands between the header and the end (without the end-of-contents octets of an indefinite length). */
  readonly content: Uint8Array;
  readonly indefinite: boolean;
  readonly #depth: number;

  constructor(bytes: Uint8Array, content: Uint8Array, indefinite: boolean, depth: number) {
    this.bytes = bytes;
    this.tag = bytes[0] ?? 0;
    this.content = content;
    this.indefinite = indefinite;
    this.#depth = depth;
  }

  get constructed(): boolean {
    return (this.tag & 0x20) !== 0;
  }

  /** The elements inside, one after another; throws MalformedAsn1 at the first that doesn't parse. */
  *elements(): Generator<Asn1, void, undefined> {
    if (!this.constructed) throw new MalformedAsn1('a primitive element has no parts');
    let offset = 0;
    while (offset < this.content.length) {
      const element = readElement(this.content, offset, this.#depth + 1);
      yield element;
      offset += element.bytes.length;
    }
  }

  children(): Asn1[] {
    const children: Asn1[] = [];
    for (const element of this.elements()) {
      if (children.length >= maxChildren) throw new MalformedAsn1('too many parts');
      children.push(element);
    }
    return children;
  }

  /** The same element, refused unless its tag is `expected`. */
  expect(expected: number): this {
    if (this.tag !== expected)
      throw new MalformedAsn1(`tag ${this.tag.toString(16)}, not ${expected.toString(16)}`);
    return this;
  }

  /** The parts of a SEQUENCE. */
  sequence(): Asn1[] {
    return this.expect(tag.sequence).children();
  }
}

/**
 * One element of `bytes` at `offset`. Definite lengths are trusted only as far as the bytes reach; an indefinite length
 * (X.690 8.1.3.6) is followed to its end-of-contents octets.
 */
export function readElement(bytes: Uint8Array, offset = 0, depth = 0): Asn1 {
  if (depth > maxDepth) throw new MalformedAsn1('nested too deeply');
  const identifier = bytes[offset];
  const first = bytes[offset + 1];
  if (identifier === undefined || first === undefined) throw new MalformedAsn1('ends within a header');
  // No structure that is read here has tag numbers above 30.
  if ((identifier & 0x1f) === 0x1f) throw new MalformedAsn1('tag number too high');
  if (first === 0x80) return readIndefinite(bytes, offset, depth);
  let start = offset + 2;
  let length = first;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4) throw new MalformedAsn1('length too long');
    length = 0;
    for (let i = 0; i < count; i++) {
      const octet = bytes[start + i];
      if (octet === undefined) throw new MalformedAsn1('ends within a length');
      length = length * 256 + octet;
    }
    start += count;
  }
  const end = start + length;
  if (end > bytes.length) throw new MalformedAsn1('ends before its length says');
  return new Asn1(bytes.subarray(offset, end), bytes.subarray(start, end), false, depth);
}

function readIndefinite(bytes: Uint8Array, offset: number, depth: number): Asn1 {
  if (((bytes[offset] ?? 0) & 0x20) === 0) throw new MalformedAsn1('primitive of indefinite length');
  let position = offset + 2;
  while (bytes[position] !== 0 || bytes[position + 1] !== 0) {
    position += readElement(bytes, position, depth + 1).bytes.length;
  }
  return new Asn1(bytes.subarray(offset, position + 2), bytes.subarray(offset + 2, position), true, depth);
}

/** The one element that fills `bytes`; anything behind it is refused. */
export function readWhole(bytes: Uint8Array): Asn1 {
  const element = readElement(bytes);
  if (element.bytes.length !== bytes.length) throw new MalformedAsn1('bytes behind the end');
  return element;
}

/**
 * The one element at the start of room that is padded with zeros, as /Contents is (ISO 32000-2, 12.8.3.3.1). Other bytes
 * behind the end are refused: nothing vouches for them, and attacks hide in them.
 */
export function readPadded(bytes: Uint8Array): Asn1 {
  const element = readElement(bytes);
  for (let i = element.bytes.length; i < bytes.length; i++) {
    if (bytes[i] !== 0) throw new MalformedAsn1('bytes behind the end');
  }
  return element;
}
