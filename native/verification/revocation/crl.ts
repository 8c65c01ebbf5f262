import { type Asn1, MalformedAsn1, readWhole, tag } from '../../asn1/element.ts';
import { bitStringOctets, integerHex, time } from '../../asn1/value.ts';
import {
  allReasons,
  type PointName,
  readDistributionPoints,
  readPointName,
  reasonMask,
} from '../certificate/distribution-point.ts';
import { hasUnknownCritical, readExtensionList } from '../certificate/extension-list.ts';
import { nameKey } from '../certificate/name.ts';
import { type SignatureAlgorithm, signatureAlgorithm } from '../signature-algorithm.ts';
import type { StatementTime } from './evidence.ts';

/** A certificate revocation list (RFC 5280, 5), read but for its entries: there may be hundreds of thousands. */
export interface RevocationList extends StatementTime {
  readonly bytes: Uint8Array;
  readonly issuerKey: string;
  /** Hexadecimal. */
  readonly authorityKeyId: string | null;
  readonly number: bigint | null;
  /** The number of the complete list on which a delta builds; null: this list is complete. */
  readonly deltaBase: bigint | null;
  readonly scope: ListScope;
  readonly freshestUrls: readonly string[];
  readonly keepsSince: Date | null;
  /** Something must be understood that isn't: the list says nothing then (5.2). */
  readonly hasUnknownCritical: boolean;
  readonly revoked: Asn1 | null;
  readonly toBeSigned: Uint8Array;
  /** Null where it isn't understood. */
  readonly algorithm: SignatureAlgorithm | null;
  readonly signature: Uint8Array;
}

/** Which certificates and reasons a list is about (5.2.5). */
export interface ListScope {
  readonly name: PointName | null;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  /** ReasonFlags' bits. */
  readonly reasons: number;
  /** It may name other authorities' certificates, too. */
  readonly indirect: boolean;
  /** Equal for lists of the same scope: a delta fits only such a complete one. */
  readonly key: string;
}

const id = {
  number: '2.5.29.20',
  delta: '2.5.29.27',
  issuingPoint: '2.5.29.28',
  authorityKeyId: '2.5.29.35',
  freshest: '2.5.29.46',
  keepsExpired: '2.5.29.60',
} as const;
const understood: ReadonlySet<string> = new Set(Object.values(id));

const known = new WeakMap<Uint8Array, RevocationList>();

/** Throws MalformedAsn1. */
export function readList(bytes: Uint8Array): RevocationList {
  const found = known.get(bytes);
  if (found) return found;
  const list = parse(bytes);
  known.set(bytes, list);
  return list;
}

function parse(bytes: Uint8Array): RevocationList {
  const [toBeSigned, algorithm, signature] = readWhole(bytes).sequence();
  if (!toBeSigned || !algorithm || !signature) throw new MalformedAsn1('CRL');
  const fields = toBeSigned.sequence();
  if (fields[0]?.tag === tag.integer) fields.shift();
  const [inner, issuer, thisUpdate, ...optional] = fields;
  if (!inner || !issuer || !thisUpdate) throw new MalformedAsn1('CRL');
  if (Buffer.compare(inner.bytes, algorithm.bytes) !== 0)
    throw new MalformedAsn1('signature algorithms differ');
  const isTime = (part: Asn1) => part.tag === tag.utcTime || part.tag === tag.generalizedTime;
  const nextUpdate = optional.find(isTime);
  const extensions = readExtensionList(optional.find((part) => part.tag === 0xa0)?.children()[0]);
  const get = (name: string) => {
    const found = extensions.get(name);
    return found ? readWhole(found.value) : undefined;
  };
  const [number, delta, authority] = [get(id.number), get(id.delta), get(id.authorityKeyId)];
  const keyId = authority?.sequence().find((part) => part.tag === 0x80);
  const keeps = get(id.keepsExpired);
  return {
    bytes,
    issuerKey: nameKey(issuer),
    thisUpdate: time(thisUpdate),
    nextUpdate: nextUpdate ? time(nextUpdate) : null,
    authorityKeyId: keyId ? Buffer.from(keyId.content).toString('hex') : null,
    number: number ? BigInt(`0x${integerHex(number)}`) : null,
    deltaBase: delta ? BigInt(`0x${integerHex(delta)}`) : null,
    scope: readScope(get(id.issuingPoint)),
    freshestUrls: readDistributionPoints(get(id.freshest)).flatMap(({ urls }) => urls),
    keepsSince: keeps ? time(keeps) : null,
    hasUnknownCritical: hasUnknownCritical(extensions, understood),
    revoked: optional.find((part) => part.tag === tag.sequence) ?? null,
    toBeSigned: toBeSigned.bytes,
    algorithm: signatureAlgorithm(algorithm),
    signature: bitStringOctets(signature),
  };
}

function readScope(element: Asn1 | undefined): ListScope {
  const parts = element?.sequence() ?? [];
  const part = (kind: number) => parts.find(({ tag }) => tag === kind);
  const isTrue = (kind: number) => part(kind)?.content.some((octet) => octet !== 0) ?? false;
  const [name, reasons] = [part(0xa0), part(0x83)];
  return {
    name: name ? readPointName(name) : null,
    onlyUsers: isTrue(0x81),
    onlyAuthorities: isTrue(0x82),
    reasons: reasons ? reasonMask(reasons) : allReasons,
    indirect: isTrue(0x84),
    onlyAttributes: isTrue(0x85),
    key: element ? Buffer.from(element.bytes).toString('base64') : '',
  };
}
