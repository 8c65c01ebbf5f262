import { type Asn1, MalformedAsn1, readWhole, tag } from '../asn1/element.ts';
import { boolean, namedBits, octetString, oid, smallInteger, text } from '../asn1/value.ts';

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
  readonly crlUrls: readonly string[];
  readonly nameConstraints: Asn1 | null;
  /** GeneralNames of subjectAltName. */
  readonly alternativeNames: readonly Asn1[];
  /** RFC 6960, 4.2.2.2.1: the CA vouches for this responder for its whole life. */
  readonly ocspNoCheck: boolean;
  /** True where an extension that must be understood isn't: RFC 5280, 4.2 then demands refusal. */
  readonly hasUnknownCritical: boolean;
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

/** Reads the [3] field of a certificate; each extension may occur once. */
export function readExtensions(field: Asn1 | undefined): Extensions {
  const values = new Map<string, { value: Asn1; critical: boolean }>();
  let hasUnknownCritical = false;
  for (const extension of field?.children()[0]?.sequence() ?? []) {
    const [type, ...rest] = extension.sequence();
    const value = rest.at(-1);
    if (!type || !value) throw new MalformedAsn1('extension');
    const name = oid(type);
    const critical = rest.length === 2 && rest[0] !== undefined && boolean(rest[0]);
    if (values.has(name)) throw new MalformedAsn1('extension given twice');
    if (!understood.has(name)) {
      hasUnknownCritical ||= critical;
      continue;
    }
    values.set(name, { value: readWhole(octetString(value)), critical });
  }
  const get = (name: string) => values.get(name)?.value;
  const usage = get(id.keyUsage);
  const extendedUsages = get(id.extendedKeyUsage);
  return {
    version3: field !== undefined,
    ...basicConstraints(get(id.basicConstraints)),
    keyUsage: usage ? namedBits(usage) : null,
    extendedKeyUsage: extendedUsages ? extendedUsages.sequence().map(oid) : null,
    extendedKeyUsageCritical: values.get(id.extendedKeyUsage)?.critical ?? false,
    subjectKeyId: hex(get(id.subjectKeyId)),
    authorityKeyId: hex(
      get(id.authorityKeyId)
        ?.sequence()
        .find((part) => part.tag === 0x80),
    ),
    ocspUrls: accessUrls(get(id.authorityInformation), '1.3.6.1.5.5.7.48.1'),
    issuerUrls: accessUrls(get(id.authorityInformation), '1.3.6.1.5.5.7.48.2'),
    crlUrls: distributionUrls(get(id.crlDistributionPoints)),
    nameConstraints: get(id.nameConstraints) ?? null,
    alternativeNames: get(id.alternativeNames)?.sequence() ?? [],
    ocspNoCheck: values.has(id.ocspNoCheck),
    hasUnknownCritical,
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

/** The addresses of complete lists signed by the certificate's own issuer; points split by reason or issuer are left out. */
function distributionUrls(element: Asn1 | undefined): string[] {
  return (element?.sequence() ?? [])
    .map((point) => point.sequence())
    .filter((parts) => parts.every((part) => part.tag === 0xa0))
    .flatMap(([name]) => name?.children().filter((part) => part.tag === 0xa0) ?? [])
    .flatMap((fullName) => fullName.children().filter((part) => part.tag === 0x86))
    .map((url) => text(url))
    .slice(0, maxUrls);
}
