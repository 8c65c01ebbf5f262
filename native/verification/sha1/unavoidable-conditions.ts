import { disturbanceVectors } from './disturbance-vector.ts';

/**
 * What must hold between bits of the expanded message for a block to be half of a collision along a vector, whoever
 * made it: "44.29 = 45.29" reads bit 29 of word 44 equals bit 29 of word 45 (Stevens, Shumow, "Speeding up detection
 * of SHA-1 collision attacks using unavoidable attack conditions", USENIX Security 2017). What many vectors share
 * comes first: a block of an honest file has failed them all within a few dozen rows, so that nothing has to be
 * computed twice.
 */
const rows: readonly string[] = [
  '44.29 = 45.29: I48.0 I51.0 I52.0 II45.0 II46.0 II50.0 II51.0',
  '49.29 = 50.29: I46.0 II45.0 II50.0 II51.0 II55.0 II56.0',
  '48.29 = 49.29: I45.0 I52.0 II49.0 II50.0 II54.0 II55.0',
  '47.4 = 50.29: I47.0 I49.0 I51.0 II45.0 II51.0 II56.0',
  '47.29 = 48.29: I44.0 I51.0 II48.0 II49.0 II53.0 II54.0',
  '46.4 = 49.29: I46.0 I48.0 I50.0 I52.0 II50.0 II55.0',
  '46.29 = 47.29: I43.0 I50.0 II47.0 II48.0 II52.0 II53.0',
  '45.4 = 48.29: I45.0 I47.0 I49.0 I51.0 II49.0 II54.0',
  '45.29 = 46.29: I49.0 I52.0 II46.0 II47.0 II51.0 II52.0',
  '44.4 = 47.29: I44.0 I46.0 I48.0 I50.0 II48.0 II53.0',
  '43.4 = 46.29: I43.0 I45.0 I47.0 I49.0 II47.0 II52.0',
  '43.29 = 44.29: I47.0 I50.0 I51.0 II45.0 II49.0 II50.0',
  '42.4 = 45.29: I44.0 I46.0 I48.0 I52.0 II46.0 II51.0',
  '41.4 = 44.29: I43.0 I45.0 I47.0 I51.0 II45.0 II50.0',
  '40.29 = 41.29: I44.0 I47.0 I48.0 II46.0 II47.0 II56.0',
  '45.6 = 47.6: I47.2 I49.2 I51.2',
  '44.6 = 46.6: I46.2 I48.2 I50.2',
  '41.1 ! 42.6: I48.2 II46.2 II51.2',
  '40.1 ! 41.6: I47.2 I51.2 II50.2',
  '39.1 ! 40.6: I46.2 I50.2 II49.2',
  '54.29 = 55.29: I51.0 II47.0 II50.0 II55.0 II56.0',
  '53.29 = 54.29: I50.0 II46.0 II49.0 II54.0 II55.0',
  '52.29 = 53.29: I49.0 II45.0 II48.0 II53.0 II54.0',
  '50.4 = 53.29: I50.0 I52.0 II46.0 II48.0 II54.0',
  '50.29 = 51.29: I47.0 II46.0 II51.0 II52.0 II56.0',
  '49.4 = 52.29: I49.0 I51.0 II45.0 II47.0 II53.0',
  '48.4 = 51.29: I48.0 I50.0 I52.0 II46.0 II52.0',
  '42.29 = 43.29: I46.0 I49.0 I50.0 II48.0 II49.0',
  '41.29 = 42.29: I45.0 I48.0 I49.0 II47.0 II48.0',
  '40.4 = 43.29: I44.0 I46.0 I50.0 II49.0 II56.0',
  '39.4 = 42.29: I43.0 I45.0 I49.0 II48.0 II55.0',
  '38.4 = 41.29: I44.0 I48.0 II47.0 II54.0 II56.0',
  '37.4 = 40.29: I43.0 I47.0 II46.0 II53.0 II55.0',
  '36.1 ! 37.6: I47.2 I50.2 II46.2',
  '61.2 ! 62.7: I46.2 II46.2',
  '51.1 = 50.6: I50.2 II46.2',
  '48.6 = 50.6: I50.2 II46.2',
  '47.6 = 49.6: I49.2 I51.2',
  '48.1 = 47.6: I47.2 II51.2',
  '46.6 = 48.6: I48.2 I50.2',
  '47.1 = 46.6: I46.2 II50.2',
  '44.1 ! 45.6: I51.2 II49.2',
  '43.6 = 45.6: I47.2 I49.2',
  '42.6 = 44.6: I46.2 I48.2',
  '43.1 = 42.6: II46.2 II51.2',
  '42.1 = 41.6: I51.2 II50.2',
  '41.1 = 40.6: I50.2 II49.2',
  '37.1 ! 38.6: I48.2 I51.2',
  '35.1 ! 36.6: I46.2 I49.2',
  '55.29 = 56.29: I52.0 II48.0 II51.0 II56.0',
  '52.4 = 55.29: I52.0 II48.0 II50.0 II56.0',
  '51.4 = 54.29: I51.0 II47.0 II49.0 II55.0',
  '51.29 = 52.29: I48.0 II47.0 II52.0 II53.0',
  '36.4 = 40.29: I46.0 I49.0 II45.0 II48.0',
  '53.29 ! 56.29: I52.0 II48.0 II49.0',
  '51.29 ! 54.29: I50.0 II46.0 II47.0',
  '50.29 ! 52.29: I49.0 I51.0 II45.0',
  '49.29 ! 51.29: I48.0 I50.0 I52.0',
  '48.29 ! 50.29: I47.0 I49.0 I51.0',
  '47.29 ! 49.29: I46.0 I48.0 I50.0',
  '46.29 ! 48.29: I45.0 I47.0 I49.0',
  '45.29 ! 47.29: I44.0 I46.0 I48.0',
  '44.29 ! 46.29: I43.0 I45.0 I47.0',
  '40.4 ! 42.4: I44.0 I46.0 II56.0',
  '39.4 ! 41.4: I43.0 I45.0 II55.0',
  '38.4 ! 40.4: I44.0 II54.0 II56.0',
  '37.4 ! 39.4: I43.0 II53.0 II55.0',
  '35.4 = 39.29: I45.0 I48.0 II47.0',
  '63.0 ! 64.5: I48.0 II48.0',
  '63.1 ! 64.6: I45.0 II45.0',
  '62.0 ! 63.5: I47.0 II47.0',
  '61.0 ! 62.5: I46.0 II46.0',
  '60.0 ! 61.5: I45.0 II45.0',
  '58.29 = 59.29: II51.0 II54.0',
  '57.29 = 58.29: II50.0 II53.0',
  '56.4 = 59.29: II52.0 II54.0',
  '56.29 ! 59.29: II51.0 II52.0',
  '56.29 = 57.29: II49.0 II52.0',
  '55.4 = 58.29: II51.0 II53.0',
  '54.4 = 57.29: II50.0 II52.0',
  '53.4 = 56.29: II49.0 II51.0',
  '48.29 ! 55.29: I51.0 I52.0',
  '39.4 = 43.29: I52.0 II51.0',
  '38.4 = 42.29: I51.0 II50.0',
  '37.4 = 41.29: I50.0 II49.0',
  '36.4 ! 38.4: II52.0 II54.0',
  '35.3 = 39.28: I51.0 II47.0',
  '61.1 ! 62.6: I43.0',
  '59.5 = 63.30: I43.0',
  '58.0 ! 63.30: I43.0',
  '62.1 ! 63.6: I44.0',
  '60.5 = 64.30: I44.0',
  '59.0 ! 64.30: I44.0',
  '40.6 = 42.6: I46.2',
  '62.2 ! 63.7: I47.2',
  '41.6 = 43.6: I47.2',
  '63.2 ! 64.7: I48.2',
  '48.6 = 49.1: I48.2',
  '49.6 = 50.1: I49.2',
  '42.1 ! 50.1: I49.2',
  '39.6 = 40.1: I49.2',
  '38.1 ! 40.1: I49.2',
  '36.4 ! 37.4: I50.0',
  '43.1 ! 51.1: I50.2',
  '37.4 ! 38.4: I51.0',
  '51.6 = 52.1: I51.2',
  '49.6 = 51.6: I51.2',
  '37.1 = 37.6: I51.2',
  '35.5 = 39.30: I51.2',
  '38.4 ! 39.4: I52.0',
  '47.1 ! 51.1: II46.2',
  '36.3 = 40.28: II48.0',
  '35.30 ! 40.28: II48.0',
  '37.3 = 41.28: II49.0',
  '36.30 ! 41.28: II49.0',
  '53.6 = 54.1: II49.2',
  '51.6 = 53.6: II49.2',
  '50.1 ! 54.1: II49.2',
  '45.6 = 46.1: II49.2',
  '37.5 = 41.30: II49.2',
  '36.0 ! 41.30: II49.2',
  '55.29 ! 58.29: II50.0',
  '38.3 = 42.28: II50.0',
  '37.30 ! 42.28: II50.0',
  '54.6 = 55.1: II50.2',
  '52.6 = 54.6: II50.2',
  '51.1 ! 55.1: II50.2',
  '45.1 ! 47.1: II50.2',
  '38.5 = 42.30: II50.2',
  '37.0 ! 42.30: II50.2',
  '39.3 = 43.28: II51.0',
  '38.30 ! 43.28: II51.0',
  '55.6 = 56.1: II51.2',
  '53.6 = 55.6: II51.2',
  '52.1 ! 56.1: II51.2',
  '46.1 ! 48.1: II51.2',
  '39.5 = 43.30: II51.2',
  '38.0 ! 43.30: II51.2',
  '59.29 = 60.29: II52.0',
  '40.3 = 44.28: II52.0',
  '40.4 = 44.29: II52.0',
  '39.30 ! 44.28: II52.0',
  '58.29 ! 61.29: II53.0',
  '57.4 = 61.29: II53.0',
  '41.3 = 45.28: II53.0',
  '41.4 = 45.29: II53.0',
  '58.4 = 62.29: II54.0',
  '42.3 = 46.28: II54.0',
  '42.4 = 46.29: II54.0',
  '59.4 = 63.29: II55.0',
  '57.4 = 59.29: II55.0',
  '43.3 = 47.28: II55.0',
  '43.4 = 47.29: II55.0',
  '60.4 = 64.29: II56.0',
  '44.3 = 48.28: II56.0',
  '44.4 = 48.29: II56.0',
];

export interface UnavoidableCondition {
  readonly first: { readonly word: number; readonly bit: number };
  readonly second: { readonly word: number; readonly bit: number };
  readonly isEqual: boolean;
  readonly vectors: readonly string[];
}

function condition(row: string): UnavoidableCondition {
  const [, word1, bit1, relation, word2, bit2, vectors = ''] =
    /^(\d+)\.(\d+) ([=!]) (\d+)\.(\d+): (.+)$/.exec(row) ?? [];
  return {
    first: { word: Number(word1), bit: Number(bit1) },
    second: { word: Number(word2), bit: Number(bit2) },
    isEqual: relation === '=',
    vectors: vectors.split(' '),
  };
}

export const unavoidableConditions: readonly UnavoidableCondition[] = rows.map(condition);

/** The same in one array, five numbers a row: this is asked of every block of a file. */
const table = Int32Array.from(
  unavoidableConditions.flatMap(({ first, second, isEqual, vectors }) => {
    const excluded = vectors.reduce(
      (mask, name) => mask | (1 << disturbanceVectors.findIndex((vector) => vector.name === name)),
      0,
    );
    // The second word is turned so that its bit lies over the first one's.
    return [
      first.word,
      second.word,
      (second.bit - first.bit + 32) % 32,
      first.bit | (isEqual ? 32 : 0),
      ~excluded,
    ];
  }),
);

/** Along which vectors a block with these 80 expanded words might collide: one bit for each of `disturbanceVectors`. */
export function possibleVectors(words: Int32Array): number {
  let mask = -1;
  for (let row = 0; row < table.length && mask !== 0; row += 5) {
    const kept = table[row + 4] as number;
    if ((mask & ~kept) === 0) continue;
    const turn = table[row + 2] as number;
    const other = words[table[row + 1] as number] as number;
    const turned = (other >>> turn) | (turn === 0 ? 0 : other << (32 - turn));
    const rule = table[row + 3] as number;
    const differs = (((words[table[row] as number] as number) ^ turned) >>> (rule & 31)) & 1;
    if (differs === rule >>> 5) mask &= kept;
  }
  return mask;
}
