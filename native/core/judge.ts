import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readerIdentity } from '../reading/index.ts';
import type { CoreConfig } from './config.ts';
import type { TrustStore } from './trust-store.ts';

/**
 * Whose verdicts are as good as today's: those of this very program that trusts these authorities. A new version may
 * refuse what the last one accepted, and must not wait for tomorrow to say so; and where the program was killed
 * between an authority's removal and the end of the verdicts that rested on it, they end here. Run from its sources,
 * the program is always the same to itself.
 */
export function judgeOf(
  { allowPrivateNetworks }: Pick<CoreConfig, 'allowPrivateNetworks'>,
  { anchors }: Pick<TrustStore, 'anchors'>,
): string {
  const identity = createHash('sha256').update(readFileSync(import.meta.filename));
  identity.update(readerIdentity());
  for (const { fingerprint256 } of anchors) identity.update(fingerprint256);
  return identity.update(String(allowPrivateNetworks)).digest('hex');
}
