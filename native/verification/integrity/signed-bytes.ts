import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../contract/failure.ts';
import type { ByteSource } from '../../pdf/byte-source.ts';
import type { SignedContent } from '../cms/signature.ts';
import { type ContentDigest, type ContentHash, contentHash } from '../sha1/content-digest.ts';
import type { HashName } from '../signature-algorithm.ts';
import type { SignedRange } from './byte-range.ts';

const pieceBytes = 1 << 18;
/** What stands behind the gaps is hashed for each signature apart; in honest files it is its own revision's end. */
const maxTails = 8;
const slackBytes = 1 << 26;
const nothing: ContentDigest = { bytes: new Uint8Array(), collides: false };

/**
 * Hashes what a file's signatures cover, in constant memory. The signatures of one file share their beginning, so it is
 * hashed once and forked at each gap: 25 signatures cost about as much as one.
 */
export class SignedBytes {
  readonly #source: ByteSource;
  readonly #ranges: readonly SignedRange[];
  readonly #digests = new Map<HashName, Promise<Map<SignedRange, ContentDigest>>>();

  constructor(source: ByteSource, ranges: readonly SignedRange[]) {
    this.#source = source;
    this.#ranges = ranges.toSorted((a, b) => a.gapStart - b.gapStart);
  }

  /** The bytes of one of the ranges given at the start. */
  content(range: SignedRange): SignedContent {
    return {
      digest: async (hash) => (await this.#all(hash)).get(range) ?? nothing,
      pieces: () => this.#pieces(range),
    };
  }

  #all(hash: HashName): Promise<Map<SignedRange, ContentDigest>> {
    const known = this.#digests.get(hash) ?? this.#hash(hash);
    this.#digests.set(hash, known);
    return known;
  }

  async #hash(hash: HashName): Promise<Map<SignedRange, ContentDigest>> {
    const tails = this.#ranges.reduce((sum, { gapEnd, end }) => sum + end - gapEnd, 0);
    if (tails > maxTails * this.#source.length + slackBytes) throw new AppError('pdf-too-complex', {});
    const digests = new Map<SignedRange, ContentDigest>();
    const common = contentHash(hash);
    let position = 0;
    for (const range of this.#ranges) {
      await this.#update(common, position, range.gapStart);
      position = range.gapStart;
      const own = common.copy();
      await this.#update(own, range.gapEnd, range.end);
      digests.set(range, own.finish());
    }
    return digests;
  }

  async #update(hash: ContentHash, from: number, to: number): Promise<void> {
    for await (const piece of this.#read(from, to)) hash.update(piece);
  }

  async *#pieces({ gapStart, gapEnd, end }: SignedRange): AsyncGenerator<Uint8Array> {
    yield* this.#read(0, gapStart);
    yield* this.#read(gapEnd, end);
  }

  /**
   * All pieces in the same memory: each is good until the next one is asked for. Fresh ones would pile up until they
   * are collected.
   */
  async *#read(from: number, to: number): AsyncGenerator<Uint8Array> {
    const memory = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(0, to - from)));
    for (let offset = from; offset < to; offset += pieceBytes) {
      const piece = memory.subarray(0, Math.min(pieceBytes, to - offset));
      yield piece.subarray(0, this.#source.readInto(piece, offset));
      // Reads are synchronous; a large file must not keep this process from its other work.
      if (to - from > pieceBytes) await setImmediate();
    }
  }
}
