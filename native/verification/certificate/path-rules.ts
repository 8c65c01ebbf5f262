import type { ReasonCode } from '../../../contract/verdict.ts';
import { contentDigest } from '../sha1/content-digest.ts';
import { weaknessOf } from '../signature-algorithm.ts';
import { type Certificate, isSelfIssued } from './certificate.ts';
import { keyUsageBit } from './extensions.ts';
import { withinConstraints } from './name-constraints.ts';
import { type PolicyInput, policiesHold } from './policies.ts';
import { mayIssueFor, type Purpose } from './purpose.ts';

/** What a path is judged by (RFC 5280, 6.1.1). */
export interface PathInput {
  /** The instant to judge for. */
  readonly at: Date;
  readonly policies: PolicyInput;
  /** What the certificate is judged for; left out for those that sign lists. */
  readonly purpose?: Purpose;
}

/**
 * RFC 5280, 6.1.3 to 6.1.5 over a chain whose names and signatures hold: from the certificate to its anchor, both
 * included. What the anchor's own certificate limits itself to counts, too (RFC 5937): whoever made it meant it so.
 */
export function pathFaults(
  chain: readonly Certificate[],
  { at, policies, purpose }: PathInput,
): ReasonCode[] {
  const reasons = new Set<ReasonCode>();
  for (const [index, certificate] of chain.entries()) {
    const isAnchor = index === chain.length - 1;
    const below = chain.slice(0, index);
    if (at < certificate.notBefore) reasons.add('certificate-not-yet-valid');
    if (at > certificate.notAfter) reasons.add('certificate-expired');
    if (certificate.hasUnknownCritical) reasons.add('chain-invalid');
    if (index > 0 && !mayIssue(certificate, chain.slice(1, index), isAnchor)) reasons.add('chain-invalid');
    if (index > 0 && purpose && !mayIssueFor(certificate, purpose)) reasons.add('key-usage-unsuitable');
    if (!keepsWithin(certificate, below)) reasons.add('chain-invalid');
    // An anchor's own signature proves nothing, so its algorithm doesn't matter; its key does.
    const { signatureAlgorithm: algorithm } = certificate;
    const issuer = chain[index + 1];
    const weakness = algorithm && issuer ? weaknessOf(algorithm, issuer.publicKey) : null;
    if (weakness) reasons.add(weakness);
    if (algorithm?.hash === 'sha1' && issuer && contentDigest('sha1', certificate.toBeSigned).collides)
      reasons.add('hash-collision');
  }
  if (!policiesHold(chain.slice(0, -1).toReversed(), policies)) reasons.add('chain-invalid');
  return [...reasons];
}

/** `between`: the authorities between this one and the leaf. */
function mayIssue(authority: Certificate, between: readonly Certificate[], isAnchor: boolean): boolean {
  // Version 1 knows no extensions: nothing says that it is an authority but somebody's decision to trust it as one.
  if (!authority.version3) return isAnchor;
  const below = between.filter((certificate) => !isSelfIssued(certificate)).length;
  return (
    authority.isAuthority &&
    (authority.pathLength === null || below <= authority.pathLength) &&
    (authority.keyUsage === null || authority.keyUsage(keyUsageBit.certSign))
  );
}

/** An authority's own certificates of another key bear its own name, which the constraint on it wasn't meant for. */
function keepsWithin({ nameConstraints }: Certificate, below: readonly Certificate[]): boolean {
  if (!nameConstraints) return true;
  return below.every(
    (one, position) => (position > 0 && isSelfIssued(one)) || withinConstraints(nameConstraints, one),
  );
}
