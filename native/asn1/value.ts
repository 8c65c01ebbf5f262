import { isUtf8 } from 'node:buffer';
import { type Asn1, MalformedAsn1, tag } from './element.ts';

/** Values of ASN.1's simple types. All throw MalformedAsn1 where the element isn't of the type asked for. */

/** In dotted decimal, arcs of any size: those under 2.25 are UUIDs (X.667), which authorities do give to their policies. */
export function oid(element: Asn1): string {
  const octets = element.expect(tag.oid).content;
  if (octets.length === 0 || octets.length > 64) throw new MalformedAsn1('object identifier');
  const arcs: (number | bigint)[] = [];
  let start = 0;
  for (const [index, octet] of octets.entries()) {
    // X.690, 8.19.2: no zeros in front, or one identifier could be written in many ways.
    if (index === start && octet === 0x80) throw new MalformedAsn1('object identifier');
    if ((octet & 0x80) !== 0) continue;
    const arc = readArc(octets.subarray(start, index + 1));
    if (arcs.length > 0) arcs.push(arc);
    else if (arc < 80) arcs.push(Math.floor(Number(arc) / 40), Number(arc) % 40);
    else arcs.push(2, typeof arc === 'bigint' ? arc - 80n : arc - 80);
    start = index + 1;
  }
  if (start !== octets.length) throw new MalformedAsn1('object identifier');
  return arcs.join('.');
}

function readArc(septets: Uint8Array): number | bigint {
  // Seven times seven bits are still exact in a number.
  return septets.length <= 7
    ? septets.reduce((arc, septet) => arc * 128 + (septet & 0x7f), 0)
    : septets.reduce((arc, septet) => arc * 128n + BigInt(septet & 0x7f), 0n);
}

/**
 * An INTEGER as upper-case hexadecimal, two digits an octet and no octets of zeros in front: how serial numbers are
 * compared and shown, here and by Node and OpenSSL alike.
 */
export function integerHex(element: Asn1): string {
  const octets = element.expect(tag.integer).content;
  if (octets.length === 0) throw new MalformedAsn1('empty integer');
  const hex = Buffer.from(octets)
    .toString('hex')
    .toUpperCase()
    .replace(/^(?:00)+/, '');
  return hex === '' ? '0' : hex;
}

/** A small non-negative INTEGER or ENUMERATED: a version, a path length, a reason, a salt length. */
export function smallInteger(element: Asn1, kind: number = tag.integer): number {
  const octets = element.expect(kind).content;
  if (octets.length === 0 || octets.length > 4 || (octets[0] ?? 0) >= 0x80) {
    throw new MalformedAsn1('integer out of range');
  }
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

export function boolean(element: Asn1): boolean {
  const octets = element.expect(tag.boolean).content;
  if (octets.length !== 1) throw new MalformedAsn1('boolean');
  return octets[0] !== 0;
}

/** The octets of an OCTET STRING, whether in one piece or, as BER streams write them, in chunks. */
export function octetString(element: Asn1): Uint8Array {
  if (element.tag === tag.octetString) return element.content;
  return chunks(element.expect(tag.constructedOctetString));
}

/** The octets of an OCTET STRING under an IMPLICIT context tag, whose own tag tells only whether it is chunked. */
export function implicitOctetString(element: Asn1): Uint8Array {
  return element.constructed ? chunks(element) : element.content;
}

function chunks(element: Asn1): Uint8Array {
  return Buffer.concat(element.children().map(octetString));
}

/** A BIT STRING that holds whole octets: a signature, a key. */
export function bitStringOctets(element: Asn1): Uint8Array {
  const octets = element.expect(tag.bitString).content;
  if (octets[0] !== 0) throw new MalformedAsn1('bit string of broken octets');
  return octets.subarray(1);
}

/** A BIT STRING of named bits, the first of them at index 0. */
export function namedBits(element: Asn1): (bit: number) => boolean {
  const octets = element.expect(tag.bitString).content;
  return (bit) => ((octets[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}

/** UTCTime or GeneralizedTime. The years of UTCTime run from 1950 to 2049 (RFC 5280, 4.1.2.5.1). */
export function time(element: Asn1): Date {
  if (element.tag !== tag.utcTime && element.tag !== tag.generalizedTime) throw new MalformedAsn1('time');
  return parseTime(Buffer.from(element.content).toString('latin1'), element.tag === tag.utcTime);
}

const timePattern = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{4})$/;

function parseTime(text: string, shortYear: boolean): Date {
  const match = timePattern.exec(text);
  const [, year = '', month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = match ?? [];
  if (!match || (year.length === 2) !== shortYear) throw new MalformedAsn1('time');
  const century = shortYear ? (Number(year) >= 50 ? '19' : '20') : '';
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const local = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}`;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const date = new Date(local + offset);
  // The engine takes the 30th of February for the 2nd of March; other programs refuse it.
  const isDay = !Number.isNaN(date.getTime()) && new Date(`${local}Z`).toISOString() === `${local}Z`;
  if (!isDay) throw new MalformedAsn1('time');
  return date;
}

/**
 * Text of any of ASN.1's string types that names and addresses use. What isn't of the type that it claims is read as Latin-1, which
 * keeps every octet apart: two names that differ must not become one.
 */
export function text(element: Asn1): string {
  const octets = Buffer.from(element.content);
  const kind = element.tag & 0x1f;
  if (kind === 0x0c && isUtf8(octets)) return octets.toString('utf8');
  // BMPString and UniversalString, big-endian.
  if (kind === 0x1e && octets.length % 2 === 0) return octets.swap16().toString('utf16le');
  if (kind === 0x1c && octets.length % 4 === 0) return utf32(octets);
  // PrintableString, IA5String, T61String, ...
  return octets.toString('latin1');
}

function utf32(octets: Buffer): string {
  let result = '';
  for (let i = 0; i < octets.length; i += 4) {
    const point = octets.readUInt32BE(i);
    result += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return result;
}
