import type { ContentDigest } from './content-digest.ts';
import { type DisturbanceVector, disturbanceVectors } from './disturbance-vector.ts';
import { possibleVectors } from './unavoidable-conditions.ts';

const blockBytes = 64;
const steps = 80;
const initial = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0] as const;
const constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc | 0, 0xca62c1d6 | 0] as const;

/**
 * SHA-1 that tells when what it hashes was made to collide (Stevens, "Counter-cryptanalysis", CRYPTO 2013). Each half
 * of a collision tells of the other: along the vector that was used, the twin of its last block can be computed from
 * it alone, and gives the same chaining value. An honest block does that with a chance of 2^-160 a vector. Git and
 * Subversion look at what they store in the same way.
 */
export class CollisionDetector {
  readonly #state = Int32Array.from(initial);
  readonly #words = new Int32Array(steps);
  /** The state before steps 58 and 65, from which the twin's computation goes both ways. */
  readonly #quiet = { 58: new Int32Array(5), 65: new Int32Array(5) };
  readonly #rest = Buffer.alloc(blockBytes);
  #restBytes = 0;
  #length = 0;
  #found = false;

  update(data: Uint8Array): this {
    this.#length += data.length;
    let offset = 0;
    if (this.#restBytes > 0) {
      offset = Math.min(blockBytes - this.#restBytes, data.length);
      this.#rest.set(data.subarray(0, offset), this.#restBytes);
      this.#restBytes += offset;
      if (this.#restBytes < blockBytes) return this;
      this.#block(this.#rest, 0);
      this.#restBytes = 0;
    }
    for (; offset + blockBytes <= data.length; offset += blockBytes) this.#block(data, offset);
    this.#rest.set(data.subarray(offset));
    this.#restBytes = data.length - offset;
    return this;
  }

  /** A detector that has seen the same bytes and goes its own way. */
  copy(): CollisionDetector {
    const other = new CollisionDetector();
    other.#state.set(this.#state);
    other.#rest.set(this.#rest);
    [other.#restBytes, other.#length, other.#found] = [this.#restBytes, this.#length, this.#found];
    return other;
  }

  /** Ends it: the digest (20 bytes), and whether any block was half of a collision. */
  finish(): ContentDigest {
    const bits = BigInt(this.#length) * 8n;
    const padding = Buffer.alloc((this.#length % blockBytes < 56 ? 64 : 128) - (this.#length % blockBytes));
    padding[0] = 0x80;
    padding.writeBigUInt64BE(bits, padding.length - 8);
    this.update(padding);
    const bytes = Buffer.alloc(20);
    for (const [index, word] of this.#state.entries()) bytes.writeInt32BE(word, 4 * index);
    return { bytes, collides: this.#found };
  }

  #block(data: Uint8Array, offset: number): void {
    const words = this.#words;
    for (let step = 0; step < 16; step += 1) {
      const at = offset + 4 * step;
      words[step] =
        ((data[at] as number) << 24) |
        ((data[at + 1] as number) << 16) |
        ((data[at + 2] as number) << 8) |
        (data[at + 3] as number);
    }
    for (let step = 16; step < steps; step += 1) {
      const word =
        (words[step - 3] as number) ^
        (words[step - 8] as number) ^
        (words[step - 14] as number) ^
        (words[step - 16] as number);
      words[step] = (word << 1) | (word >>> 31);
    }
    const state = this.#state;
    const running = Int32Array.from(state);
    forwards(running, words, 0, 58);
    this.#quiet[58].set(running);
    forwards(running, words, 58, 65);
    this.#quiet[65].set(running);
    forwards(running, words, 65, steps);
    for (let index = 0; index < 5; index += 1) {
      state[index] = (state[index] as number) + (running[index] as number);
    }
    const mask = possibleVectors(words);
    if (mask === 0) return;
    for (const [index, vector] of disturbanceVectors.entries()) {
      if ((mask >>> index) & 1 && this.#hasTwin(vector)) this.#found = true;
    }
  }

  /** Whether the block's twin along that vector, whatever chaining value it came from, ends in the same one. */
  #hasTwin({ difference, quietStep }: DisturbanceVector): boolean {
    const twin = this.#words.map((word, step) => word ^ (difference[step] as number));
    const begin = Int32Array.from(this.#quiet[quietStep]);
    backwards(begin, twin, quietStep);
    const end = Int32Array.from(this.#quiet[quietStep]);
    forwards(end, twin, quietStep, steps);
    return this.#state.every(
      (word, index) => word === (((begin[index] as number) + (end[index] as number)) | 0),
    );
  }
}

/** The round's function and constant (FIPS 180-4, 4.1.1, 4.2.1). */
function mix(step: number, b: number, c: number, d: number): number {
  if (step < 20) return ((d ^ (b & (c ^ d))) + constants[0]) | 0;
  if (step < 40) return ((b ^ c ^ d) + constants[1]) | 0;
  if (step < 60) return (((b & c) | (d & (b | c))) + constants[2]) | 0;
  return ((b ^ c ^ d) + constants[3]) | 0;
}

/** FIPS 180-4, 6.1.2, step 3, from one step up to another. */
function forwards(state: Int32Array, words: Int32Array, from: number, to: number): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let step = from; step < to; step += 1) {
    const sum = (((a << 5) | (a >>> 27)) + mix(step, b, c, d) + e + (words[step] as number)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = sum;
  }
  keep(state, a, b, c, d, e);
}

/** The same backwards, from the state before a step to the one before the first. */
function backwards(state: Int32Array, words: Int32Array, from: number): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let step = from - 1; step >= 0; step -= 1) {
    const sum = a;
    a = b;
    b = (c << 2) | (c >>> 30);
    c = d;
    d = e;
    e = (sum - ((a << 5) | (a >>> 27)) - mix(step, b, c, d) - (words[step] as number)) | 0;
  }
  keep(state, a, b, c, d, e);
}

/** Element by element: an array made for each block would cost more than the block. */
function keep(state: Int32Array, a: number, b: number, c: number, d: number, e: number): void {
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  state[4] = e;
}
