import { createHash } from 'node:crypto';
import type { HashName } from '../signature-algorithm.ts';
import { CollisionDetector } from './collision-detector.ts';

/** What a hash says of content, and whether that content was made so that other content has the same hash. */
export interface ContentDigest {
  readonly bytes: Uint8Array;
  /**
   * Found for SHA-1 alone: of the hashes that still sign documents it is the one that somebody has made collisions
   * for.
   */
  readonly collides: boolean;
}

/** A hash over content that comes in pieces. */
export interface ContentHash {
  update(piece: Uint8Array): unknown;
  /** One that has seen the same pieces and goes on by itself. */
  copy(): ContentHash;
  finish(): ContentDigest;
}

/**
 * Begins a hash. SHA-1 looks out for collisions as it goes along, at about twice its plain cost; all others are
 * OpenSSL's.
 */
export function contentHash(name: HashName): ContentHash {
  return name === 'sha1' ? new CollisionDetector() : opensslHash(createHash(name));
}

function opensslHash(hash: ReturnType<typeof createHash>): ContentHash {
  return {
    update: (piece) => hash.update(piece),
    copy: () => opensslHash(hash.copy()),
    finish: () => ({ bytes: hash.digest(), collides: false }),
  };
}

/** The same over content that is at hand. */
export function contentDigest(name: HashName, content: Uint8Array): ContentDigest {
  const hash = contentHash(name);
  hash.update(content);
  return hash.finish();
}
