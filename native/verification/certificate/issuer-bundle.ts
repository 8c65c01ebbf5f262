import type { ReasonCode } from '../../../contract/verdict.ts';
import type { Effort } from '../effort.ts';
import { type Fetcher, limits } from '../revocation/fetcher.ts';
import type { KeptEvidence } from '../revocation/kept-evidence.ts';
import { remembered } from '../revocation/memory.ts';
import { readBundle } from './bundle.ts';
import type { Certificate } from './certificate.ts';
import { isIssuer, type Path } from './path.ts';

/** Certificates that an address of `child`'s brought. */
export interface IssuerBundle {
  readonly child: Certificate;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly found: readonly Certificate[];
}

/**
 * Where the search for paths looks: at hand, what was once had from the certificate's addresses first, then at these
 * addresses. So an authority is fetched once, and again only where what is kept leads to no path that is in order.
 */
export function issuersFrom(pool: readonly Certificate[], source: IssuerSource, bundles: IssuerBundle[]) {
  let ordered: readonly Certificate[] | null = null;
  return {
    issuersOf(child: Certificate) {
      ordered ??= trustedFirst(pool, source);
      const kept = keptIssuers(child, source);
      const isKept = new Set(kept.map(({ fingerprint }) => fingerprint));
      const others = ordered.filter(({ fingerprint }) => !isKept.has(fingerprint));
      return [...kept, ...others].filter(({ subjectKey }) => subjectKey === child.issuerKey);
    },
    mayBeOutdated: (child: Certificate) => keptIssuers(child, source).length > 0,
    fetchIssuers: (child: Certificate) => fetchIssuers(child, source, bundles),
  };
}

/**
 * What anchors have issued, directly or over others, goes before all else: anybody can put a few hundred certificates
 * into the file by which authorities of his own certify honest authorities' keys, and the search would end among them
 * before it came to the true one.
 */
function trustedFirst(pool: readonly Certificate[], { anchors, effort }: IssuerSource): Certificate[] {
  const trusted = new Set<Certificate>();
  for (let above = anchors; above.length > 0; ) {
    const below = pool.filter(
      (one) => !trusted.has(one) && above.some((each) => isIssuer(each, one, effort)),
    );
    for (const one of below) trusted.add(one);
    above = below;
  }
  return [...trusted, ...pool.filter((one) => !trusted.has(one))];
}

/** Whom a search may ask, and at what cost. */
interface IssuerSource {
  readonly anchors: readonly Certificate[];
  /** Null: offline. */
  readonly fetcher: Fetcher | null;
  readonly kept?: KeptEvidence | undefined;
  readonly effort: Effort;
}

function keptIssuers(child: Certificate, { kept }: IssuerSource): readonly Certificate[] {
  for (const url of child.issuerUrls) {
    const found = readBundle(kept?.find(keyOf(child, url)) ?? new Uint8Array());
    if (found.length > 0) return found;
  }
  return [];
}

/** By the issuer's key, too: an authority that changed its key serves the new certificate at the old one's address. */
function keyOf({ authorityKeyId }: Certificate, url: string): string {
  return `issuer ${authorityKeyId ?? ''} ${url}`;
}

async function fetchIssuers(
  child: Certificate,
  { fetcher, effort }: IssuerSource,
  bundles: IssuerBundle[],
): Promise<readonly Certificate[]> {
  if (!fetcher) return [];
  for (const url of child.issuerUrls) {
    const ask = () => remembered(fetcher, `issuer ${url}`, () => fetcher.get(url, limits.certificates));
    const fetched = await effort.wait(ask);
    const found = fetched ? readBundle(fetched) : [];
    if (!fetched || found.length === 0) continue;
    bundles.push({ child, key: keyOf(child, url), bytes: fetched, found });
    return found;
  }
  return [];
}

/** A certificate doesn't change, and each use judges it anew: it is kept for as long as there is room. */
const forEver = new Date('9999-12-31T23:59:59Z');

/** What makes a signature worse, but leaves no doubt that the path's authorities made one another. */
const harmless: ReadonlySet<ReasonCode> = new Set([
  'certificate-expired',
  'certificate-not-yet-valid',
  'hash-obsolete',
]);

/**
 * Keeps what a path to an anchor rests on, and nothing else: the addresses are the file's, and what a hostile one's
 * bring would crowd out what is needed when there is no line.
 */
export function keepIssuers(
  { chain, reasons }: Path,
  bundles: readonly IssuerBundle[],
  kept?: KeptEvidence,
): void {
  if (!reasons.every((reason) => harmless.has(reason))) return;
  for (const { child, key, bytes, found } of bundles) {
    const at = chain.findIndex(({ fingerprint }) => fingerprint === child.fingerprint);
    // The last one is the anchor, which is at hand as it is.
    const issuer = at < 0 ? undefined : chain.slice(0, -1)[at + 1];
    const isRestedOn = found.some(({ fingerprint }) => fingerprint === issuer?.fingerprint);
    if (isRestedOn) kept?.put(key, bytes, forEver);
  }
}
