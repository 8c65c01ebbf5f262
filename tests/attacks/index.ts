import { carriers } from './carrier.ts';
import type { Attack, Family } from './case.ts';
import { containerKeys, otherGenerations } from './container-key.ts';
import { decipheredApart } from './deciphered.ts';
import { drawnAnewLooks } from './drawn-anew.ts';
import { evilAnnotation } from './evil-annotation.ts';
import { filledLooks } from './filled-look.ts';
import { incrementalSaving } from './incremental-saving.ts';
import { linearized } from './linearized.ts';
import { lockedNames } from './locked-name.ts';
import { lyingLooks } from './lying-look.ts';
import { madeUpLooks } from './made-up-look.ts';
import { oddFields } from './odd-field.ts';
import { oddTokens } from './odd-token.ts';
import { repairingReader } from './repairing-reader.ts';
import { shadowHide } from './shadow-hide.ts';
import { shadowHideAndReplace } from './shadow-hide-and-replace.ts';
import { shadowReplace } from './shadow-replace.ts';
import { sharedResources, sharedStructure } from './shared-resources.ts';
import { signatureWrapping } from './signature-wrapping.ts';
import { sneakySignature } from './sneaky-signature.ts';
import { tableStreams } from './table-stream.ts';
import { turnedBack } from './turned-back.ts';
import { twoReaders } from './two-readers.ts';
import { universalForgery } from './universal-forgery.ts';
import { wordsElsewhere } from './words-elsewhere.ts';

/** All manipulated files, by the family that the papers put them into; the last five are our own. */
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
  carrier: [...carriers, ...filledLooks, ...oddFields, ...lockedNames, ...sharedStructure],
  linearized,
};
