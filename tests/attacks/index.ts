import { carriers } from './carrier.ts';
import { type Attack, type Family, structural } from './case.ts';
import { containerKeys, otherGenerations } from './container-key.ts';
import { decipheredApart } from './deciphered.ts';
import { drawnAnewLooks } from './drawn-anew.ts';
import { evilAnnotation } from './evil-annotation.ts';
import { filledLooks } from './filled-look.ts';
import { fontSiblings } from './font-sibling.ts';
import { incrementalSaving } from './incremental-saving.ts';
import { linearized } from './linearized.ts';
import { lockedNames } from './locked-name.ts';
import { type FontDeceit, fontDeceits, suspectFonts } from './lying-font.ts';
import { lyingLooks } from './lying-look.ts';
import { madeUpLooks } from './made-up-look.ts';
import { oddFields } from './odd-field.ts';
import { oddTokens } from './odd-token.ts';
import { openBlanks } from './open-blank.ts';
import { repairingReader } from './repairing-reader.ts';
import { shadowHide } from './shadow-hide.ts';
import { shadowHideAndReplace } from './shadow-hide-and-replace.ts';
import { shadowReplace } from './shadow-replace.ts';
import { sharedResources, sharedStructure } from './shared-resources.ts';
import { signatureWrapping } from './signature-wrapping.ts';
import { simpleFontDeceits, suspectSimpleFonts } from './simple-font.ts';
import { sneakySignature } from './sneaky-signature.ts';
import { tableStreams } from './table-stream.ts';
import { turnedBack } from './turned-back.ts';
import { twoReaders } from './two-readers.ts';
import { universalForgery } from './universal-forgery.ts';
import { wordsElsewhere } from './words-elsewhere.ts';

/** Their makers by name, and by the kind of font. */
function made(kind: string, deceits: Readonly<Record<string, FontDeceit>>): Record<string, Attack['make']> {
  return Object.fromEntries(Object.entries(deceits).map(([name, { make }]) => [`${kind}: ${name}`, make]));
}

/** All manipulated files, by the family that the papers put them into; the last seven are our own. */
export const families: Readonly<Record<Family, readonly Attack[]>> = {
  USF: universalForgery,
  ISA: incrementalSaving,
  SWA: signatureWrapping,
  'shadow hide': shadowHide,
  'shadow replace': [...shadowReplace, ...sharedResources, ...containerKeys],
  'shadow hide-and-replace': shadowHideAndReplace,
  EAA: evilAnnotation,
  SSA: [...sneakySignature, ...wordsElsewhere],
  'two readers': [...twoReaders, ...otherGenerations, ...tableStreams, ...oddTokens, ...decipheredApart],
  'repairing reader': [...repairingReader, ...turnedBack],
  'lying look': [...lyingLooks, ...madeUpLooks, ...drawnAnewLooks],
  'lying font': [
    // That they deceive is shown beside what they would be without it (attacks-fonts.test.ts): some show nothing at
    // all.
    ...structural(made('composite', { ...fontDeceits, ...suspectFonts })),
    ...structural(made('simple', { ...simpleFontDeceits, ...suspectSimpleFonts })),
    ...fontSiblings,
  ],
  carrier: [...carriers, ...filledLooks, ...oddFields, ...lockedNames, ...sharedStructure],
  'open blank': openBlanks,
  linearized,
};
