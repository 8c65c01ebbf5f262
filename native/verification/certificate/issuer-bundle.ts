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

/** Where the search for paths looks: at hand, then at the certificate's own addresses, or what was once had from there. */
export function issuersFrom(pool: readonly Certificate[], source: IssuerSource, bundles: IssuerBundle[]) {
  let ordered: readonly Certificate[] | null = null;
  return {
    issuersOf(child: Certificate) {
      ordered ??= trustedFirst(pool, source);
      return ordered.filter(({ subjectKey }) => subjectKey === child.issuerKey);
    },
    fetchIssuers: (child: Certificate) => fetchIssuers(child, source, bundles),
  };
}

/**
 * What anchors have issued, directly or over others, goes before all else: anybody can put a few hundred certificates into the file by
 * which authorities of his own certify honest authorities' keys, and the search would end among them before it came to the true one.
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

async function fetchIssuers(
  child: Certificate,
  { fetcher, kept, effort }: IssuerSource,
  bundles: IssuerBundle[],
): Promise<readonly Certificate[]> {
  for (const url of child.issuerUrls) {
    const key = `issuer ${url}`;
    const ask = (from: Fetcher) => remembered(from, key, () => from.get(url, limits.certificates));
    const fetched = fetcher && (await effort.wait(() => ask(fetcher)));
    const found = readBundle(fetched ?? kept?.find(key) ?? new Uint8Array());
    if (found.length === 0) continue;
    if (fetched) bundles.push({ child, key, bytes: fetched, found });
    return found;
  }
  return [];
}

/** How long an issuer's certificate is kept: signatures of one office name the same one again and again. */
const keepIssuerMs = 90 * 86_400_000;

/**
 * Keeps what a path that holds rests on, and nothing else: the addresses are the file's, and what a hostile one's bring would crowd
 * out what is needed when there is no line.
 */
export function keepIssuers(
  { chain, reasons }: Path,
  bundles: readonly IssuerBundle[],
  { kept, now }: { readonly kept?: KeptEvidence | undefined; readonly now: Date },
): void {
  if (reasons.length > 0) return;
  for (const { child, key, bytes, found } of bundles) {
    const at = chain.findIndex(({ fingerprint }) => fingerprint === child.fingerprint);
    const issuer = at < 0 ? undefined : chain[at + 1];
    const isRestedOn = found.some(({ fingerprint }) => fingerprint === issuer?.fingerprint);
    if (isRestedOn) kept?.put(key, bytes, new Date(now.getTime() + keepIssuerMs));
  }
}
