import type { ByteSource } from './byte-source.ts';
import { WorkBudget } from './work-budget.ts';

/** What may be spent on a file in all its states together. */
export interface FileWork {
  /** Bytes that streams decode to. */
  readonly decoding: WorkBudget;
  /** Bytes that are read over for objects. */
  readonly lexing: WorkBudget;
  /** Objects that can't be read: each is worth a hundred others. */
  readonly damage: WorkBudget;
}

/**
 * All that a file's streams may decode to, however often they are asked for. A small file gets by with less: seven kilobytes of
 * packed noughts would keep a reader busy for eighteen seconds.
 */
const decodingLimit = 1 << 30;
const freeDecoding = 1 << 27;
const decodingShare = 16;
/** What a file may be read over for its objects beside its own length, counted for objects of over 16 KiB. */
const lexingSlack = 1 << 26;
const lexingShare = 8;
/** Broken objects that a file is put up with. */
const damageLimit = 5000;

export function workFor({ length }: ByteSource): FileWork {
  return {
    decoding: new WorkBudget(Math.min(decodingLimit, freeDecoding + decodingShare * length)),
    lexing: new WorkBudget(lexingSlack + lexingShare * length),
    damage: new WorkBudget(damageLimit),
  };
}
