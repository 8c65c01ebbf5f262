import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CoreConfig } from './config.ts';

/**
 * Whose verdicts are as good as today's: those of this very program with the authorities of this configuration. A new version may
 * refuse what the last one accepted, and must not wait for tomorrow to say so. Run from its sources, the program is
 * always the same to itself.
 */
export function judgeOf({ anchors, allowPrivateNetworks }: CoreConfig): string {
  const identity = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const { fingerprint256 } of anchors) identity.update(fingerprint256);
  return identity.update(String(allowPrivateNetworks)).digest('hex');
}
