import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readTrueType, type TrueType } from './true-type.ts';

const locate = createRequire(import.meta.url).resolve;

let regular: TrueType | undefined;

/**
 * Tinos Regular, whose letters are as wide as those of Times New Roman, the type that NĐ 30/2020 prescribes. Read at its
 * first use: a signature without text shouldn't wait for half a megabyte of font.
 */
export function tinosRegular(): TrueType {
  regular ??= readTrueType(readFileSync(locate('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')));
  return regular;
}
