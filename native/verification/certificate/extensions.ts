import { type Asn1, MalformedAsn1, readWhole, tag } from '../../asn1/element.ts';
import { boolean, namedBits, oid, smallInteger, text } from '../../asn1/value.ts';
import { type DistributionPoint, readDistributionPoints } from './distribution-point.ts';
import { hasUnknownCritical, readExtensionList } from './extension-list.ts';
import { generalNameKey, requireGeneralName } from './general-name.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';

/** What a certificate's extensions say (RFC 5280, 4.2). */
export interface Extensions {
  readonly version3: boolean;
  readonly isAuthority: boolean;
  /** How many more authorities may follow below this one; null: no limit. */
  readonly pathLength: number | null;
  /** Bit numbers of KeyUsage; null where the certificate doesn't restrict its key. */
  readonly keyUsage: ((bit: number) => boolean) | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly extendedKeyUsageCritical: boolean;
  /** Hexadecimal. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly distributionPoints: readonly DistributionPoint[];
  /** Where lists of what has changed since lie (deltas). */
  readonly freshestUrls: readonly string[];
  readonly nameConstraints: NameConstraints | null;
  /** Null where the extension is missing: then the path has no valid policy from here on. */
  readonly policies: readonly string[] | null;
  /** The issuer's policy, and the subject's that counts as equal. */
  readonly policyMappings: readonly (readonly [string, string])[];
  readonly policyConstraints: PolicyConstraints;
  readonly inhibitAnyPolicy: number | null;
  /** GeneralNames of subjectAltName. */
  readonly alternativeNames: readonly Asn1[];
  /** RFC 6960, 4.2.2.2.1: the CA vouches for this responder for its whole life. */
  readonly ocspNoCheck: boolean;
  /** True where an extension that must be understood isn't: RFC 5280, 4.2 then demands refusal. */
  readonly hasUnknownCritical: boolean;
}

/** After how many certificates more a policy must be explicit, or none may be mapped (RFC 5280, 4.2.1.11). */
export interface PolicyConstraints {
  readonly requireExplicit: number | null;
  readonly inhibitMapping: number | null;
}

export const keyUsageBit = { digitalSignature: 0, nonRepudiation: 1, certSign: 5, crlSign: 6 } as const;
export const extendedUsage = {
  any: '2.5.29.37.0',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const;

const id = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  freshestList: '2.5.29.46',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInformation: '1.3.6.1.5.5.7.1.1',
  qualifiedStatements: '1.3.6.1.5.5.7.1.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
} as const;

const understood: ReadonlySet<string> = new Set(Object.values(id));
const maxUrls = 4;

/** Reads the [3] field of a certificate. Throws MalformedAsn1. */
export function readExtensions(field: Asn1 | undefined): Extensions {
  const list = readExtensionList(field?.children()[0]);
  // All that are understood are read here: a broken one makes the certificate unreadable, whether or not its turn ever comes.
  const values = new Map(
    [...list].flatMap(([name, { value }]) => (understood.has(name) ? [[name, readWhole(value)]] : [])),
  );
  const get = (name: string) => values.get(name);
  const usage = get(id.keyUsage);
  const extendedUsages = get(id.extendedKeyUsage);
  return {
    version3: field !== undefined,
    ...basicConstraints(get(id.basicConstraints)),
    keyUsage: usage ? namedBits(usage) : null,
    extendedKeyUsage: extendedUsages ? extendedUsages.sequence().map(oid) : null,
    extendedKeyUsageCritical: list.get(id.extendedKeyUsage)?.critical ?? false,
    subjectKeyId: hex(get(id.subjectKeyId)),
    authorityKeyId: hex(
      get(id.authorityKeyId)
        ?.sequence()
        .find((part) => part.tag === 0x80),
    ),
    ocspUrls: accessUrls(get(id.authorityInformation), '1.3.6.1.5.5.7.48.1'),
    issuerUrls: accessUrls(get(id.authorityInformation), '1.3.6.1.5.5.7.48.2'),
    distributionPoints: readDistributionPoints(get(id.crlDistributionPoints)),
    freshestUrls: readDistributionPoints(get(id.freshestList)).flatMap(({ urls }) => urls),
    nameConstraints: readNameConstraints(get(id.nameConstraints)),
    policies: readPolicies(get(id.certificatePolicies)),
    policyMappings: readMappings(get(id.policyMappings)),
    policyConstraints: readPolicyConstraints(get(id.policyConstraints)),
    inhibitAnyPolicy: smallest(get(id.inhibitAnyPolicy)),
    alternativeNames: readAlternativeNames(get(id.alternativeNames)),
    ocspNoCheck: values.has(id.ocspNoCheck),
    hasUnknownCritical: hasUnknownCritical(list, understood),
  };
}

function hex(element: Asn1 | undefined): string | null {
  return element ? Buffer.from(element.content).toString('hex') : null;
}

function basicConstraints(element: Asn1 | undefined): { isAuthority: boolean; pathLength: number | null } {
  const parts = element?.sequence() ?? [];
  const authority = parts.find((part) => part.tag === tag.boolean);
  const length = parts.find((part) => part.tag === tag.integer);
  return {
    isAuthority: authority !== undefined && boolean(authority),
    pathLength: length ? smallInteger(length) : null,
  };
}

/** AuthorityInfoAccess: the addresses given for one access method. */
function accessUrls(element: Asn1 | undefined, method: string): string[] {
  return (element?.sequence() ?? [])
    .map((description) => description.sequence())
    .filter(([type, location]) => type && location?.tag === 0x86 && oid(type) === method)
    .map(([, location]) => (location ? text(location) : ''))
    .slice(0, maxUrls);
}

/** Directory names among them are read once here: a broken one makes the certificate unreadable, not a later question fail. */
function readAlternativeNames(element: Asn1 | undefined): Asn1[] {
  const names = element?.sequence() ?? [];
  for (const name of names) {
    requireGeneralName(name);
    generalNameKey(name);
  }
  return names;
}

/** Each policy once, as RFC 5280, 4.2.1.4 demands; qualifiers say nothing to a path. */
function readPolicies(element: Asn1 | undefined): string[] | null {
  if (!element) return null;
  const policies = element.sequence().map((information) => firstOid(information.sequence()));
  if (new Set(policies).size !== policies.length) throw new MalformedAsn1('policy given twice');
  return policies;
}

function readMappings(element: Asn1 | undefined): [string, string][] {
  return (element?.sequence() ?? []).map((mapping) => {
    const [issuer, subject] = mapping.sequence();
    return [firstOid(issuer ? [issuer] : []), firstOid(subject ? [subject] : [])];
  });
}

function firstOid([type]: readonly Asn1[]): string {
  if (!type) throw new MalformedAsn1('policy');
  return oid(type);
}

function readPolicyConstraints(element: Asn1 | undefined): PolicyConstraints {
  const parts = element?.sequence() ?? [];
  const value = (kind: number) =>
    smallest(
      parts.find(({ tag }) => tag === kind),
      kind,
    );
  return { requireExplicit: value(0x80), inhibitMapping: value(0x81) };
}

function smallest(element: Asn1 | undefined, kind: number = tag.integer): number | null {
  return element ? smallInteger(element, kind) : null;
}
