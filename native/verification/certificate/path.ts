import type { ReasonCode } from '../../../contract/verdict.ts';
import { isSignatureOf, isWeak, signatureAlgorithm } from '../signature-algorithm.ts';
import { type Certificate, isSelfIssued } from './certificate.ts';
import { keyUsageBit } from './extensions.ts';
import { withinConstraints } from './name-constraints.ts';

/** Certification paths (RFC 5280, 6.1): from a certificate to a trust anchor, every link checked. */
export interface Path {
  /** From the certificate itself to the anchor, both included; as far as it could be followed where there is no path. */
  readonly chain: readonly Certificate[];
  /** Empty where the path holds. */
  readonly reasons: readonly ReasonCode[];
}

export interface PathSettings {
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  /** Certificates that may issue the given one, beyond the anchors; may ask the network. */
  issuersOf(certificate: Certificate): Promise<readonly Certificate[]>;
}

const maxLength = 8;
/** Cross-certified bags make the number of paths explode; signatures checked per certificate are bounded instead. */
const maxSteps = 100;

/** The best path: one that holds, else the one that gets furthest. */
export async function findPath(leaf: Certificate, settings: PathSettings): Promise<Path> {
  const search = { steps: 0, best: null as Path | null };
  const found = await extend([leaf], settings, search);
  return found ?? search.best ?? { chain: [leaf], reasons: ['chain-untrusted'] };
}

async function extend(
  chain: readonly Certificate[],
  settings: PathSettings,
  search: { steps: number; best: Path | null },
): Promise<Path | null> {
  const last = chain.at(-1);
  if (!last || chain.length > maxLength) return null;
  const anchor = settings.anchors.find((candidate) => candidate.fingerprint === last.fingerprint);
  if (anchor) return settle({ chain, reasons: checkPath(chain, settings.at) }, search);
  if (!search.best) search.best = { chain, reasons: ['chain-untrusted'] };
  const anchors = settings.anchors.filter((candidate) => isIssuer(candidate, last));
  for (const candidate of anchors) {
    const whole = [...chain, candidate];
    const path = settle({ chain: whole, reasons: checkPath(whole, settings.at) }, search);
    if (path) return path;
  }
  for (const candidate of await settings.issuersOf(last)) {
    if (++search.steps > maxSteps) return null;
    if (
      !isIssuer(candidate, last) ||
      chain.some(({ fingerprint }) => fingerprint === candidate.fingerprint)
    ) {
      continue;
    }
    const path = await extend([...chain, candidate], settings, search);
    if (path) return path;
  }
  if (search.best.reasons.includes('chain-untrusted') && chain.length > search.best.chain.length) {
    search.best = { chain, reasons: ['chain-untrusted'] };
  }
  return null;
}

function settle(path: Path, search: { best: Path | null }): Path | null {
  if (path.reasons.length === 0) return path;
  const { best } = search;
  if (!best || best.reasons.includes('chain-untrusted') || path.reasons.length < best.reasons.length) {
    search.best = path;
  }
  return null;
}

/** Whether the candidate's name and key made this certificate. */
function isIssuer(candidate: Certificate, certificate: Certificate): boolean {
  if (candidate.subjectKey !== certificate.issuerKey) return false;
  const { authorityKeyId } = certificate;
  const { subjectKeyId } = candidate;
  if (authorityKeyId && subjectKeyId && authorityKeyId !== subjectKeyId) return false;
  const algorithm = signatureAlgorithm(certificate.signatureAlgorithm);
  return (
    algorithm !== null &&
    isSignatureOf(algorithm, candidate.publicKey, certificate.toBeSigned, certificate.signature)
  );
}

/** RFC 5280, 6.1.3 to 6.1.5 over a chain whose signatures hold. */
function checkPath(chain: readonly Certificate[], at: Date): ReasonCode[] {
  const reasons = new Set<ReasonCode>();
  chain.forEach((certificate, index) => {
    const isLeaf = index === 0;
    const isAnchor = index === chain.length - 1;
    if (at < certificate.notBefore) reasons.add('certificate-not-yet-valid');
    if (at > certificate.notAfter) reasons.add('certificate-expired');
    if (certificate.hasUnknownCritical) reasons.add('chain-invalid');
    if (!isLeaf && !mayIssue(certificate, chain.slice(1, index))) reasons.add('chain-invalid');
    const { nameConstraints } = certificate;
    if (nameConstraints && !isLeaf) {
      const below = chain.slice(0, index);
      const within = below.every((one, position) => withinConstraints(nameConstraints, one, position === 0));
      if (!within) reasons.add('chain-invalid');
    }
    // An anchor's own signature proves nothing, so its algorithm doesn't matter; its key does.
    const algorithm = signatureAlgorithm(certificate.signatureAlgorithm);
    const issuer = chain[index + 1];
    if (!isAnchor && algorithm && issuer && isWeak(algorithm, issuer.publicKey)) {
      reasons.add('algorithm-weak');
    }
  });
  return [...reasons];
}

/** `between`: the authorities between this one and the leaf. Version 1 roots, given as anchors on purpose, have no extensions. */
function mayIssue(authority: Certificate, between: readonly Certificate[]): boolean {
  if (!authority.version3) return true;
  const below = between.filter((certificate) => !isSelfIssued(certificate)).length;
  return (
    authority.isAuthority &&
    (authority.pathLength === null || below <= authority.pathLength) &&
    (authority.keyUsage === null || authority.keyUsage(keyUsageBit.certSign))
  );
}
