import { isIP } from 'node:net';
import { type Asn1, MalformedAsn1 } from '../../asn1/element.ts';
import { oid, smallInteger, text } from '../../asn1/value.ts';
import { directoryName, generalNameTag, requireGeneralName } from './general-name.ts';
import { nameParts, relativeNameKeys } from './name.ts';

/**
 * Name constraints (RFC 5280, 4.2.1.10) on directory names, mail addresses, hosts, URIs and network addresses. A constraint on
 * another kind of name isn't evaluated, so a certificate that bears such a name is refused under it rather than waved through.
 */
export interface NameConstraints {
  readonly permitted: readonly Asn1[];
  readonly excluded: readonly Asn1[];
}

/** A certificate's names, as far as constraints look at them. */
export interface ConstrainedNames {
  readonly subject: Asn1;
  readonly alternativeNames: readonly Asn1[];
}

/** Names times constraints: without a bound two certificates of 64 KiB could ask for millions of comparisons. */
const maxComparisons = 100_000;

/** Throws MalformedAsn1, also for minimum and maximum, which no profile allows. */
export function readNameConstraints(element: Asn1 | undefined): NameConstraints | null {
  if (!element) return null;
  const parts = element.sequence();
  const trees = (kind: number) =>
    parts
      .filter((part) => part.tag === kind)
      .flatMap((part) => part.children())
      .map((subtree) => {
        const [base, ...limits] = subtree.sequence();
        const isPlain = limits.every((limit) => limit.tag === 0x80 && smallInteger(limit, 0x80) === 0);
        if (!base || !isPlain) throw new MalformedAsn1('name constraints');
        requireGeneralName(base);
        // Read once here, so that a broken one is found before anything rests on it.
        if (base.tag === generalNameTag.directory) relativeNameKeys(directoryName(base));
        return base;
      });
  return { permitted: trees(0xa0), excluded: trees(0xa1) };
}

/** Whether all names of a certificate keep within what an authority above it was limited to. */
export function withinConstraints(constraints: NameConstraints, holder: ConstrainedNames): boolean {
  const names = namesOf(holder);
  const { permitted, excluded } = constraints;
  if (names.length * (permitted.length + excluded.length) > maxComparisons) return false;
  return names.every((name) => {
    const allowed = permitted.filter(({ tag }) => tag === name.tag);
    const forbidden = excluded.filter(({ tag }) => tag === name.tag);
    if (allowed.length + forbidden.length === 0) return true;
    const covers = matchers[name.tag];
    // A kind that isn't understood, but is constrained.
    if (!covers) return false;
    const isAllowed = allowed.length === 0 || allowed.some((base) => covers(name, base) === 'within');
    return isAllowed && forbidden.every((base) => covers(name, base) === 'outside');
  });
}

interface Name {
  readonly tag: number;
  readonly text: string;
  readonly octets: Uint8Array;
  readonly relative: readonly string[];
}

/** `unclear`: the name can't be held against such a constraint: neither permitted nor surely not excluded. */
type Relation = 'within' | 'outside' | 'unclear';

function namesOf({ subject, alternativeNames }: ConstrainedNames): Name[] {
  const names = alternativeNames.map(nameOf);
  for (const mail of alternativeNames.flatMap(internationalMail)) {
    names.push({ tag: generalNameTag.mail, text: mail, octets: subject.bytes, relative: [] });
  }
  const relative = relativeNameKeys(subject);
  if (relative.length > 0)
    names.push({ tag: generalNameTag.directory, text: '', octets: subject.bytes, relative });
  // Mail addresses in the subject count, too: that is where older authorities put them.
  for (const mail of nameParts(subject, 'E')) {
    names.push({ tag: generalNameTag.mail, text: mail, octets: subject.bytes, relative: [] });
  }
  return names;
}

function nameOf(name: Asn1): Name {
  const isDirectory = name.tag === generalNameTag.directory;
  return {
    tag: name.tag,
    text: isDirectory ? '' : text(name),
    octets: name.content,
    relative: isDirectory ? relativeNameKeys(directoryName(name)) : [],
  };
}

const smtpUtf8Mailbox = '1.3.6.1.5.5.7.8.9';

/** A mail address beyond ASCII stands as an otherName, and is held against the constraints on mail (RFC 9598, 6). */
function internationalMail(name: Asn1): string[] {
  if (name.tag !== generalNameTag.other) return [];
  const [type, value] = name.children();
  return type && value && oid(type) === smtpUtf8Mailbox ? value.children().map(text) : [];
}

type Matcher = (name: Name, base: Asn1) => Relation;

const matchers: Readonly<Record<number, Matcher>> = {
  [generalNameTag.directory]: ({ relative }, base) => {
    const first = relativeNameKeys(directoryName(base));
    return relation(first.every((key, index) => relative[index] === key));
  },
  [generalNameTag.mail]: (name, base) => {
    const [local, host] = mailParts(name.text);
    const constraint = text(base);
    const [wantedLocal, wantedHost] = mailParts(constraint);
    if (wantedHost === null) return hostRelation(host, constraint);
    // Case counts before the @ and not behind it (RFC 5280, 7.5).
    const relation = hostRelation(host, wantedHost);
    return relation === 'within' && local !== wantedLocal ? 'outside' : relation;
  },
  [generalNameTag.host]: ({ text: host }, base) => {
    const constraint = text(base);
    const relation = hostRelation(host, constraint);
    if (relation !== 'outside') return relation;
    if (!constraint.startsWith('.')) return hostRelation(host, `.${constraint}`);
    // Whether a dot in front leaves the host of that very name out is told for other kinds, not for this one.
    return isSame(host, constraint.slice(1)) ? 'unclear' : 'outside';
  },
  [generalNameTag.uri]: (name, base) => hostRelation(hostOf(name.text), text(base)),
  [generalNameTag.address]: ({ octets }, { content }) => {
    if (![8, 32].includes(content.length) || ![4, 16].includes(octets.length)) return 'unclear';
    const mask = content.subarray(content.length / 2);
    // RFC 5280, 4.2.1.10 has networks as RFC 4632 writes them: ones, then zeros.
    const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('');
    if (bits.includes('01')) return 'unclear';
    const isIn = (address: Uint8Array) =>
      address.every((octet, index) => ((octet ^ (content[index] ?? 0)) & (mask[index] ?? 0)) === 0);
    if (octets.length * 2 === content.length) return relation(isIn(octets));
    // Programs connect to the IPv4 host that such an address of IPv6 holds, though it isn't of the constrained kind.
    const inner = octets.length === 16 && isMapped(octets) ? octets.subarray(12) : null;
    return inner && isIn(inner) ? 'unclear' : 'outside';
  },
};

/** ::ffff:0:0/96 (RFC 4291, 2.5.5.2). */
function isMapped(octets: Uint8Array): boolean {
  return octets.subarray(0, 12).every((octet, index) => octet === (index < 10 ? 0 : 0xff));
}

function relation(isWithin: boolean): Relation {
  return isWithin ? 'within' : 'outside';
}

function mailParts(address: string): [string, string | null] {
  const parts = address.split('@');
  const [local = '', host = null] = parts;
  return parts.length > 2 ? [address, null] : [local, host];
}

/** Names as hosts have them; whatever else stands there, programs differ in what they read. */
const plainHost = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i;

/** A constraint without a dot in front means that very host, one with it those below, an empty one all (RFC 5280, 4.2.1.10). */
function hostRelation(host: string | null, constraint: string): Relation {
  if (constraint === '') return 'within';
  if (host === null || !plainHost.test(host)) return 'unclear';
  return relation(constraint.startsWith('.') ? isBelow(host, constraint) : isSame(host, constraint));
}

/** RFC 5280, 4.2.1.10: a URI without a host by name can't be held against a constraint. */
function hostOf(uri: string): string | null {
  // No backslash: to some programs it ends the host, to others what stands before the @ goes on.
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\\]*)(?:[/?#]|$)/i.exec(uri)?.[1];
  if (authority === undefined) return null;
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  return host === '' || host.startsWith('[') || isIP(host) !== 0 ? null : host;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `suffix` begins with a dot. */
function isBelow(host: string, suffix: string): boolean {
  return host.length > suffix.length && host.toLowerCase().endsWith(suffix.toLowerCase());
}
