import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { encode, objectIdentifier } from '../../../native/asn1/der.ts';

/** Certificates and lists in DER, whatever they say: half of the cases need what no authority's program would make. */

export const seq = (...parts: Uint8Array[]) => encode(0x30, ...parts);
const octets = (value: Uint8Array) => encode(0x04, value);
const bits = (value: Uint8Array, unused = 0) => encode(0x03, Uint8Array.of(unused), value);
const truth = Buffer.from('0101ff', 'hex');
const ascii = (tag: number, text: string) => encode(tag, Buffer.from(text, 'latin1'));
export const integer = (value: number) => {
  const hex = value.toString(16);
  const padded = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return encode(0x02, (padded[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), padded]) : padded);
};

export interface Key {
  readonly privateKey: KeyObject;
  readonly info: Uint8Array;
  readonly id: Uint8Array;
}

const keys = new Map<string, Key>();

/** The key of that label, made when it is first asked for. */
export function keyOf(label: string): Key {
  const known = keys.get(label);
  if (known) return known;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const info = publicKey.export({ type: 'spki', format: 'der' });
  const key = { privateKey, info, id: createHash('sha1').update(info.subarray(-65)).digest() };
  keys.set(label, key);
  return key;
}

const attributeOids = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  DC: '0.9.2342.19200300.100.1.25',
  E: '1.2.840.113549.1.9.1',
  serialNumber: '2.5.4.5',
  title: '2.5.4.12',
  dnQualifier: '2.5.4.46',
  pseudonym: '2.5.4.65',
} as const;
const stringTags = { utf8: 0x0c, printable: 0x13, ia5: 0x16 } as const;

export type NamePart = readonly [
  type: keyof typeof attributeOids,
  value: string,
  kind?: keyof typeof stringTags,
];
export type Name = readonly NamePart[];

export function nameDer(name: Name): Uint8Array {
  return seq(...name.map((part) => encode(0x31, attribute(part))));
}

function attribute([type, value, kind]: NamePart): Uint8Array {
  const usual = type === 'C' ? 'printable' : type === 'E' || type === 'DC' ? 'ia5' : 'utf8';
  return seq(
    objectIdentifier(attributeOids[type]),
    encode(stringTags[kind ?? usual], Buffer.from(value, 'utf8')),
  );
}

/** ISO 8601 to the form that RFC 5280 asks for: UTCTime until 2049. `general` forces GeneralizedTime. */
export function timeDer(iso: string, general = false): Uint8Array {
  const digits = `${iso.replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  const year = Number(iso.slice(0, 4));
  const isShort = !general && year >= 1950 && year < 2050;
  return isShort ? ascii(0x17, digits.slice(2)) : ascii(0x18, digits);
}

export type GeneralName =
  | { readonly directory: Name }
  | { readonly mail: string }
  | { readonly host: string }
  | { readonly uri: string }
  | { readonly address: readonly number[] };

export function generalName(name: GeneralName): Uint8Array {
  if ('directory' in name) return encode(0xa4, nameDer(name.directory));
  if ('mail' in name) return ascii(0x81, name.mail);
  if ('host' in name) return ascii(0x82, name.host);
  if ('uri' in name) return ascii(0x86, name.uri);
  return encode(0x87, Uint8Array.from(name.address));
}

export interface Extension {
  readonly oid: string;
  readonly critical?: boolean;
  readonly value: Uint8Array;
}

export function extensionDer({ oid, critical, value }: Extension): Uint8Array {
  return seq(objectIdentifier(oid), ...(critical ? [truth] : []), octets(value));
}

const implicitInteger = (tag: number, value: number) => encode(tag, Uint8Array.of(value));

/** Named bits without trailing zeros (X.690, 11.2.2). */
function namedBits(set: readonly number[], tag = 0x03): Uint8Array {
  const highest = Math.max(...set);
  const value = Buffer.alloc((highest >> 3) + 1);
  for (const bit of set) value[bit >> 3] = (value[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return encode(tag, Uint8Array.of(7 - (highest & 7)), value);
}

export interface Point {
  readonly name?: GeneralName;
  readonly relative?: NamePart;
  readonly reasons?: readonly number[];
  readonly issuer?: Name;
}

function pointName({ name, relative }: Point): Uint8Array[] {
  if (relative) return [encode(0xa0, encode(0xa1, attribute(relative)))];
  return name ? [encode(0xa0, encode(0xa0, generalName(name)))] : [];
}

function pointsDer(points: readonly Point[]): Uint8Array {
  return seq(
    ...points.map((point) =>
      seq(
        ...pointName(point),
        ...(point.reasons ? [namedBits(point.reasons, 0x81)] : []),
        ...(point.issuer ? [encode(0xa2, generalName({ directory: point.issuer }))] : []),
      ),
    ),
  );
}

export const keyUsage = (usages: readonly number[], critical = true): Extension => ({
  oid: '2.5.29.15',
  critical,
  value: namedBits(usages),
});
export const basicConstraints = (ca: boolean, pathLength?: number, critical = true): Extension => ({
  oid: '2.5.29.19',
  critical,
  value: seq(...(ca ? [truth] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
});
export const certificatePolicies = (policies: readonly string[], critical = false): Extension => ({
  oid: '2.5.29.32',
  critical,
  value: seq(...policies.map((policy) => seq(objectIdentifier(policy)))),
});
export const policyMappings = (pairs: readonly (readonly [string, string])[]): Extension => ({
  oid: '2.5.29.33',
  critical: true,
  value: seq(...pairs.map(([issuer, subject]) => seq(objectIdentifier(issuer), objectIdentifier(subject)))),
});
export const policyConstraints = (require: number | null, inhibit: number | null = null): Extension => ({
  oid: '2.5.29.36',
  critical: true,
  value: seq(
    ...(require === null ? [] : [implicitInteger(0x80, require)]),
    ...(inhibit === null ? [] : [implicitInteger(0x81, inhibit)]),
  ),
});
export const inhibitAny = (after: number): Extension => ({
  oid: '2.5.29.54',
  critical: true,
  value: integer(after),
});
export const alternativeNames = (...names: GeneralName[]): Extension => ({
  oid: '2.5.29.17',
  value: seq(...names.map(generalName)),
});
export function nameConstraints(trees: {
  readonly permitted?: readonly GeneralName[];
  readonly excluded?: readonly GeneralName[];
}): Extension {
  const subtrees = (tag: number, names: readonly GeneralName[] | undefined) =>
    names ? [encode(tag, ...names.map((name) => seq(generalName(name))))] : [];
  return {
    oid: '2.5.29.30',
    critical: true,
    value: seq(...subtrees(0xa0, trees.permitted), ...subtrees(0xa1, trees.excluded)),
  };
}
export const distributionPoints = (...points: Point[]): Extension => ({
  oid: '2.5.29.31',
  value: pointsDer(points),
});
export const freshestList = (...points: Point[]): Extension => ({
  oid: '2.5.29.46',
  value: pointsDer(points),
});
/** AuthorityInfoAccess with addresses of responders. */
export const responders = (...urls: string[]): Extension => ({
  oid: '1.3.6.1.5.5.7.1.1',
  value: seq(...urls.map((uri) => seq(objectIdentifier('1.3.6.1.5.5.7.48.1'), generalName({ uri })))),
});
export const unknownExtension = (critical: boolean): Extension => ({
  oid: '2.16.840.1.101.2.1.12.2',
  critical,
  value: seq(integer(7)),
});
const subjectKeyId = ({ id }: Key): Extension => ({ oid: '2.5.29.14', value: octets(id) });
const authorityKeyId = ({ id }: Key): Extension => ({ oid: '2.5.29.35', value: seq(encode(0x80, id)) });

export interface Party {
  readonly name: Name;
  readonly key: Key;
}

export interface CertificateFacts {
  readonly subject: Party;
  readonly issuer: Party;
  /** The serial number's octets, hexadecimal. */
  readonly serial: string;
  readonly notBefore: Uint8Array;
  readonly notAfter: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly hasUniqueIds?: boolean;
  readonly brokenSignature?: boolean;
  readonly version1?: boolean;
  readonly hash?: SigningHash;
}

type SigningHash = 'sha1' | 'sha256';
const ecdsa: Record<SigningHash, Uint8Array> = {
  sha1: seq(objectIdentifier('1.2.840.10045.4.1')),
  sha256: seq(objectIdentifier('1.2.840.10045.4.3.2')),
};

function signed(
  toBeSigned: Uint8Array,
  { privateKey }: Key,
  isBroken = false,
  hash: SigningHash = 'sha256',
): Uint8Array {
  const signature = sign(hash, isBroken ? Buffer.from('something else') : toBeSigned, privateKey);
  return seq(toBeSigned, ecdsa[hash], bits(signature));
}

export function mintCertificate(facts: CertificateFacts): Uint8Array {
  const { subject, issuer, version1, hash = 'sha256' } = facts;
  const extensions = [...facts.extensions, subjectKeyId(subject.key), authorityKeyId(issuer.key)];
  const toBeSigned = seq(
    ...(version1 ? [] : [encode(0xa0, integer(2))]),
    encode(0x02, Buffer.from(facts.serial, 'hex')),
    ecdsa[hash],
    nameDer(issuer.name),
    seq(facts.notBefore, facts.notAfter),
    nameDer(subject.name),
    subject.key.info,
    ...(facts.hasUniqueIds ? [encode(0x81, Uint8Array.of(0, 7)), encode(0x82, Uint8Array.of(0, 9))] : []),
    ...(version1 ? [] : [encode(0xa3, seq(...extensions.map(extensionDer)))]),
  );
  return signed(toBeSigned, issuer.key, facts.brokenSignature, hash);
}

export interface ListEntry {
  /** The serial number's octets, hexadecimal. */
  readonly serial: string;
  readonly at?: string;
  readonly reason?: number;
  readonly invalidFrom?: string;
  readonly issuer?: Name;
  readonly extensions?: readonly Extension[];
}

export interface ListFacts {
  readonly issuer: Party;
  readonly thisUpdate: Uint8Array;
  readonly nextUpdate: Uint8Array;
  readonly entries: readonly ListEntry[];
  readonly number: number;
  /** Makes it a delta on the list of that number. */
  readonly deltaOf?: number;
  readonly scope?: ListScope;
  readonly extensions?: readonly Extension[];
  readonly brokenSignature?: boolean;
}

export interface ListScope extends Point {
  readonly onlyUsers?: boolean;
  readonly onlyAuthorities?: boolean;
  readonly onlyAttributes?: boolean;
  readonly indirect?: boolean;
}

function scopeExtension(scope: ListScope): Extension {
  const flag = (tag: number, value: boolean | undefined) => (value ? [encode(tag, Uint8Array.of(0xff))] : []);
  const value = seq(
    ...pointName(scope),
    ...flag(0x81, scope.onlyUsers),
    ...flag(0x82, scope.onlyAuthorities),
    ...(scope.reasons ? [namedBits(scope.reasons, 0x83)] : []),
    ...flag(0x84, scope.indirect),
    ...flag(0x85, scope.onlyAttributes),
  );
  return { oid: '2.5.29.28', critical: true, value };
}

function entryDer(entry: ListEntry): Uint8Array {
  const extensions: Extension[] = [...(entry.extensions ?? [])];
  if (entry.reason !== undefined) {
    extensions.push({ oid: '2.5.29.21', value: encode(0x0a, Uint8Array.of(entry.reason)) });
  }
  if (entry.invalidFrom) extensions.push({ oid: '2.5.29.24', value: timeDer(entry.invalidFrom, true) });
  if (entry.issuer) {
    const value = seq(generalName({ directory: entry.issuer }));
    extensions.push({ oid: '2.5.29.29', critical: true, value });
  }
  return seq(
    encode(0x02, Buffer.from(entry.serial, 'hex')),
    timeDer(entry.at ?? '2026-06-01T00:00:00'),
    ...(extensions.length > 0 ? [seq(...extensions.map(extensionDer))] : []),
  );
}

export function mintList(facts: ListFacts): Uint8Array {
  const { issuer, entries, scope, deltaOf } = facts;
  const extensions: Extension[] = [
    authorityKeyId(issuer.key),
    { oid: '2.5.29.20', value: integer(facts.number) },
    ...(deltaOf === undefined ? [] : [{ oid: '2.5.29.27', critical: true, value: integer(deltaOf) }]),
    ...(scope ? [scopeExtension(scope)] : []),
    ...(facts.extensions ?? []),
  ];
  const toBeSigned = seq(
    integer(1),
    ecdsa.sha256,
    nameDer(issuer.name),
    facts.thisUpdate,
    facts.nextUpdate,
    ...(entries.length > 0 ? [seq(...entries.map(entryDer))] : []),
    encode(0xa0, seq(...extensions.map(extensionDer))),
  );
  return signed(toBeSigned, issuer.key, facts.brokenSignature);
}
