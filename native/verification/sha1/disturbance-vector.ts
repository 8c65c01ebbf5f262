/**
 * The ways in which two messages can differ so that SHA-1 might not tell them apart. Every known attack follows a
 * disturbance vector of one of two kinds, I(k, b) or II(k, b), after Manuel ("Classification and generation of
 * disturbance vectors for collision attacks against SHA-1", 2011); for the 32 below anything cheaper than a brute
 * force is thinkable (Stevens, "Counter-cryptanalysis", CRYPTO 2013).
 */
export interface DisturbanceVector {
  /** "I48.0": kind, first step of its fifteen quiet ones, bit. */
  readonly name: string;
  /** By how the 80 words of the two expanded messages differ (XOR). */
  readonly difference: Int32Array;
  /** A step before which the two computations are in the same state. */
  readonly quietStep: 58 | 65;
}

const steps = 80;
const names = [
  ...['I43.0', 'I44.0', 'I45.0', 'I46.0', 'I46.2', 'I47.0', 'I47.2', 'I48.0', 'I48.2', 'I49.0', 'I49.2'],
  ...[
    'I50.0',
    'I50.2',
    'I51.0',
    'I51.2',
    'I52.0',
    'II45.0',
    'II46.0',
    'II46.2',
    'II47.0',
    'II48.0',
    'II49.0',
  ],
  ...['II49.2', 'II50.0', 'II50.2', 'II51.0', 'II51.2', 'II52.0', 'II53.0', 'II54.0', 'II55.0', 'II56.0'],
];

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The vector's words from step -5 on, where a local collision may begin that still reaches into step 0. */
function disturbances(isSecondKind: boolean, k: number, bit: number): (step: number) => number {
  const words = new Int32Array(steps + 5);
  const at = (step: number) => words[step + 5] ?? 0;
  const set = (step: number, word: number) => {
    words[step + 5] = word;
  };
  set(k + 15, 1 << bit);
  if (isSecondKind) for (const step of [k + 1, k + 3]) set(step, rotate(1, (31 + bit) % 32));
  // SHA-1's message expansion (FIPS 180-4, 6.1.2), forwards and backwards from these sixteen words.
  for (let step = k + 16; step < steps; step += 1) {
    set(step, rotate(at(step - 3) ^ at(step - 8) ^ at(step - 14) ^ at(step - 16), 1));
  }
  for (let step = k - 1; step >= -5; step -= 1) {
    set(step, rotate(at(step + 16), 31) ^ at(step + 13) ^ at(step + 8) ^ at(step + 2));
  }
  return at;
}

function vector(name: string): DisturbanceVector {
  const [, kind = '', k = '', bit = ''] = /^(I+)(\d+)\.(\d)$/.exec(name) ?? [];
  const at = disturbances(kind === 'II', Number(k), Number(bit));
  // Each disturbance is undone by five corrections in the steps after it: a local collision.
  const difference = Int32Array.from({ length: steps }, (_, step) => {
    const corrected = rotate(at(step - 1), 5) ^ at(step - 2);
    return at(step) ^ corrected ^ rotate(at(step - 3) ^ at(step - 4) ^ at(step - 5), 30);
  });
  const isQuiet = (step: number) => [1, 2, 3, 4, 5].every((back) => at(step - back) === 0);
  return { name, difference, quietStep: isQuiet(58) ? 58 : 65 };
}

/** All 32; a vector's place is its bit in the masks of `unavoidable-conditions.ts`. */
export const disturbanceVectors: readonly DisturbanceVector[] = names.map(vector);
