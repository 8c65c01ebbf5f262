import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readTrueType, type TrueType } from './true-type.ts';

const locate = createRequire(import.meta.url).resolve;

/** A font that is read at its first use: a signature without text shouldn't wait for half a megabyte of font. */
function onFirstUse(file: string): () => TrueType {
  let font: TrueType | undefined;
  return () => {
    font ??= readTrueType(readFileSync(locate(`@expo-google-fonts/tinos/${file}`)));
    return font;
  };
}

/** Tinos, whose letters are as wide as those of Times New Roman, the type that NĐ 30/2020 prescribes. */
export const tinosRegular = onFirstUse('400Regular/Tinos_400Regular.ttf');

/** For the line of place and date, which the decree sets in italics (PL I, II.4). */
export const tinosItalic = onFirstUse('400Regular_Italic/Tinos_400Regular_Italic.ttf');

/** For the words of the arrival stamp that its form prints in bold. */
export const tinosBold = onFirstUse('700Bold/Tinos_700Bold.ttf');

/** Nothing of ours is written in it; it is known by sight where others write in it. */
export const tinosBoldItalic = onFirstUse('700Bold_Italic/Tinos_700Bold_Italic.ttf');
