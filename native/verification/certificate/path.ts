import type { ReasonCode } from '../../../contract/verdict.ts';
import type { Effort } from '../effort.ts';
import { isSignatureOf } from '../signature-algorithm.ts';
import type { Certificate } from './certificate.ts';
import { type PathInput, pathFaults } from './path-rules.ts';

/** Certification paths (RFC 5280, 6.1): from a certificate to a trust anchor, every link checked. */
export interface Path {
  /**
   * From the certificate itself to the anchor, both included; as far as it could be followed where there is no path.
   */
  readonly chain: readonly Certificate[];
  /** Empty where the path holds. */
  readonly reasons: readonly ReasonCode[];
}

export interface PathSettings extends PathInput {
  readonly anchors: readonly Certificate[];
  readonly effort: Effort;
  /** Certificates at hand that may have issued the given one, beyond the anchors. */
  issuersOf(certificate: Certificate): readonly Certificate[];
  /**
   * What is at hand for it was had earlier: its addresses are asked, too, where the paths found so far don't suffice.
   */
  mayBeOutdated(certificate: Certificate): boolean;
  /** The same from the addresses that the certificate names; asked where nothing at hand led to an anchor. */
  fetchIssuers(certificate: Certificate): Promise<readonly Certificate[]>;
}

const maxLength = 8;
/** Cross-certified bags make the number of paths explode; signatures checked per certificate are bounded instead. */
const maxSteps = 100;
/** Each may cost as long as the network lets it. */
const maxFetches = 6;

/**
 * The paths that hold, the shortest way to an anchor first at each step; then, where there was none, the one that gets
 * furthest, with what is wrong with it. Several hold where authorities certify each other or have changed their key.
 */
export async function* findPaths(leaf: Certificate, settings: PathSettings): AsyncGenerator<Path, void> {
  const search: Search = {
    steps: 0,
    fetches: 0,
    best: { chain: [leaf], reasons: ['chain-untrusted'] },
    found: false,
  };
  yield* extend([leaf], settings, search);
  if (!search.found) yield search.best;
}

interface Search {
  steps: number;
  fetches: number;
  best: Path;
  found: boolean;
}

async function* extend(
  chain: readonly Certificate[],
  settings: PathSettings,
  search: Search,
): AsyncGenerator<Path, void> {
  const last = chain.at(-1);
  if (!last || chain.length > maxLength) return;
  const { anchors, effort } = settings;
  if (anchors.some(({ fingerprint }) => fingerprint === last.fingerprint)) {
    yield* settle(chain, settings, search);
    return;
  }
  for (const candidate of anchors) {
    if (isIssuer(candidate, last, effort)) yield* settle([...chain, candidate], settings, search);
  }
  const known = settings.issuersOf(last);
  yield* through(known, chain, settings, search);
  if ((!search.found || settings.mayBeOutdated(last)) && ++search.fetches <= maxFetches) {
    const tried = new Set(known.map(({ fingerprint }) => fingerprint));
    const fetched = await settings.fetchIssuers(last);
    const fresh = fetched.filter(({ fingerprint }) => !tried.has(fingerprint));
    yield* through(fresh, chain, settings, search);
  }
  if (isUnfinished(search.best) && chain.length > search.best.chain.length) {
    search.best = { chain, reasons: ['chain-untrusted'] };
  }
}

async function* through(
  candidates: readonly Certificate[],
  chain: readonly Certificate[],
  settings: PathSettings,
  search: Search,
): AsyncGenerator<Path, void> {
  for (const candidate of candidates) {
    if (++search.steps > maxSteps) return;
    const isLoop = chain.some(({ fingerprint }) => fingerprint === candidate.fingerprint);
    const last = chain.at(-1);
    if (last && !isLoop && isIssuer(candidate, last, settings.effort))
      yield* extend([...chain, candidate], settings, search);
  }
}

/** Yields the path where it holds; else remembers it where it is the least bad. */
function* settle(chain: readonly Certificate[], settings: PathSettings, search: Search) {
  const reasons = pathFaults(chain, settings);
  if (reasons.length === 0) {
    search.found = true;
    yield { chain, reasons };
  } else if (isUnfinished(search.best) || reasons.length < search.best.reasons.length) {
    search.best = { chain, reasons };
  }
}

function isUnfinished({ reasons }: Path): boolean {
  return reasons.includes('chain-untrusted');
}

/** Whether the candidate's name and key made this certificate. */
export function isIssuer(candidate: Certificate, certificate: Certificate, effort: Effort): boolean {
  // A name without any part is nobody's (RFC 5280, 4.1.2.4).
  if (certificate.issuerKey === '' || candidate.subjectKey !== certificate.issuerKey) return false;
  const { authorityKeyId } = certificate;
  const { subjectKeyId } = candidate;
  if (authorityKeyId && subjectKeyId && authorityKeyId !== subjectKeyId) return false;
  const { signatureAlgorithm: algorithm } = certificate;
  return (
    algorithm !== null &&
    effort.holds(certificate, candidate, () =>
      isSignatureOf(algorithm, candidate.publicKey, certificate.toBeSigned, certificate.signature),
    )
  );
}
