import { X509Certificate } from 'node:crypto';
import type { PolicyInput } from '../../../native/verification/certificate/policies.ts';
import {
  basicConstraints,
  type Extension,
  keyOf,
  keyUsage,
  type ListEntry,
  type ListScope,
  mintCertificate,
  mintList,
  type Name,
  type Party,
  timeDer,
} from './minter.ts';

/** One certificate of a case's chain, by what is unusual about it. The one before it issues it, the root the first. */
export interface Link {
  readonly kind: 'authority' | 'own' | 'end';
  /** An authority's usual name is its place in the chain; `own` bears its issuer's. */
  readonly name?: Name;
  /** The name of the issuer as this certificate spells it. */
  readonly issuerName?: Name;
  readonly key?: string;
  readonly issuerKey?: string;
  readonly serial?: string;
  readonly from?: Uint8Array;
  readonly to?: Uint8Array;
  /** Instead of what is usual for its kind. */
  readonly base?: readonly Extension[];
  readonly more?: readonly Extension[];
  readonly hasUniqueIds?: boolean;
  readonly brokenSignature?: boolean;
  readonly version1?: boolean;
  /** It is only at hand, and issues none of the others: the next one's issuer is the one before it. */
  readonly aside?: boolean;
}

export interface ListSpec {
  /** Whose list: a link by its place (0: the root); its name and key may be others'. */
  readonly by: number;
  readonly name?: Name;
  readonly key?: string;
  readonly entries?: readonly (ListEntry | number)[];
  readonly from?: string;
  readonly to?: Uint8Array;
  readonly number?: number;
  readonly deltaOf?: number;
  readonly scope?: ListScope;
  readonly extensions?: readonly Extension[];
  readonly brokenSignature?: boolean;
}

export interface Case {
  /** Number and name as in NIST's document. */
  readonly name: string;
  readonly expected: 'valid' | 'invalid';
  /** From below the root to the certificate that is judged, which comes last. */
  readonly links: readonly Link[];
  /** In the place of the usual ones: an empty list by every authority. A number stands for that authority's usual list. */
  readonly lists?: readonly (ListSpec | number)[];
  readonly policies?: PolicyInput;
  /** Where openssl says otherwise, and why we don't follow it. */
  readonly openssl?: string;
}

export const at = new Date('2026-11-01T00:00:00Z');

export const authority = (extra: Partial<Link> = {}): Link => ({ kind: 'authority', ...extra });
/** An authority's certificate for another key of its own. */
export const own = (extra: Partial<Link> = {}): Link => ({ kind: 'own', ...extra });
export const end = (extra: Partial<Link> = {}): Link => ({ kind: 'end', ...extra });
export const valid = (name: string, links: readonly Link[], rest: Partial<Case> = {}): Case => ({
  ...{ name, links, expected: 'valid' },
  ...rest,
});
export const invalid = (name: string, links: readonly Link[], rest: Partial<Case> = {}): Case => ({
  ...{ name, links, expected: 'invalid' },
  ...rest,
});

const country = ['C', 'VN'] as const;
export const named = (commonName: string): Name => [country, ['O', 'PKITS'], ['CN', commonName]];
export const root: Party = { name: named('Root'), key: keyOf('root') };
/** The usual name of an authority: its place in the chain. */
export const authorityName = (place: number): Name => named(`CA ${place}`);

const usual: Record<Link['kind'], readonly Extension[]> = {
  authority: [basicConstraints(true), keyUsage([5, 6])],
  own: [basicConstraints(true), keyUsage([5, 6])],
  end: [keyUsage([0, 1])],
};

export interface World {
  readonly root: Uint8Array;
  readonly end: Uint8Array;
  readonly others: readonly Uint8Array[];
  readonly lists: readonly Uint8Array[];
}

interface Place {
  readonly party: Party;
  readonly issuer: Party;
  readonly serial: string;
}

const year = (iso: string) => timeDer(`${iso}T00:00:00`);

/** Certificates and lists of one case. */
export function build({ links, lists }: Case): World {
  const places: Place[] = [{ party: root, issuer: root, serial: '01' }];
  const certificates: Uint8Array[] = [rootCertificate];
  let issuer = root;
  for (const [index, link] of links.entries()) {
    const number = index + 1;
    const isEnd = link.kind === 'end';
    const fallback = isEnd ? named('EE') : authorityName(number);
    const party: Party = {
      name: link.name ?? (link.kind === 'own' ? issuer.name : fallback),
      key: keyOf(link.key ?? (isEnd ? 'end' : `key ${number}`)),
    };
    const by: Party = {
      name: link.issuerName ?? issuer.name,
      key: link.issuerKey ? keyOf(link.issuerKey) : issuer.key,
    };
    const serial = link.serial ?? `${(number + 16).toString(16)}`;
    certificates.push(
      mintCertificate({
        ...{ subject: party, issuer: by, serial },
        notBefore: link.from ?? year('2020-01-01'),
        notAfter: link.to ?? year('2040-01-01'),
        extensions: [...(link.base ?? usual[link.kind]), ...(link.more ?? [])],
        hasUniqueIds: link.hasUniqueIds ?? false,
        brokenSignature: link.brokenSignature ?? false,
        version1: link.version1 ?? false,
      }),
    );
    places.push({ party, issuer: by, serial });
    if (!isEnd && !link.aside) issuer = party;
  }
  const issuing = places.slice(0, -1);
  const wanted = lists ?? issuing.map((_, by) => by);
  const [first = rootCertificate] = certificates;
  return {
    root: first,
    end: certificates.at(-1) ?? first,
    others: certificates.slice(1, -1),
    lists: wanted.map((each) => listOf(typeof each === 'number' ? { by: each } : each, places)),
  };
}

function listOf(spec: ListSpec, places: readonly Place[]): Uint8Array {
  const owner = places[spec.by]?.party ?? root;
  const entries = (spec.entries ?? []).map(
    (entry): ListEntry => (typeof entry === 'number' ? { serial: places[entry]?.serial ?? '' } : entry),
  );
  return mintList({
    issuer: { name: spec.name ?? owner.name, key: spec.key ? keyOf(spec.key) : owner.key },
    thisUpdate: timeDer(spec.from ?? '2026-10-01T00:00:00'),
    nextUpdate: spec.to ?? timeDer('2027-10-01T00:00:00'),
    entries,
    number: spec.number ?? 1,
    ...(spec.deltaOf === undefined ? {} : { deltaOf: spec.deltaOf }),
    ...(spec.scope ? { scope: spec.scope } : {}),
    ...(spec.extensions ? { extensions: spec.extensions } : {}),
    ...(spec.brokenSignature ? { brokenSignature: true } : {}),
  });
}

const rootCertificate = mintCertificate({
  ...{ subject: root, issuer: root, serial: '01' },
  notBefore: year('2010-01-01'),
  notAfter: year('2045-01-01'),
  extensions: usual.authority,
});

export const pem = (der: Uint8Array) => new X509Certificate(der).toString();
/** No empty line at the end, which openssl takes for the end of everything. */
export const listPem = (der: Uint8Array) => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN X509 CRL-----', ...lines, '-----END X509 CRL-----', ''].join('\n');
};
