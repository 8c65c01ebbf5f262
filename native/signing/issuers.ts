import type { X509Certificate } from 'node:crypto';

const longestChain = 10;

/**
 * The issuers of a certificate among those at hand, from its own upwards. The root is left out of a signature's chain: who
 * doesn't have it already mustn't trust it.
 */
export function issuersOf(
  certificate: X509Certificate,
  known: readonly X509Certificate[],
): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current = certificate;
  while (chain.length < longestChain) {
    const issuer = known.find((candidate) => current.checkIssued(candidate));
    if (!issuer || issuer.checkIssued(issuer)) return chain;
    chain.push(issuer);
    current = issuer;
  }
  return chain;
}
