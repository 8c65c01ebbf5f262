import * as z from 'zod';
import { documentFile } from './document.ts';
import { failure } from './failure.ts';
import { fileFinding } from './file-finding.ts';
import { gateFinding } from './gate.ts';
import { instant } from './identity.ts';
import { pinKey, sealedPin } from './sealed-pin.ts';
import { signingAct, stampWish } from './signing-act.ts';
import { stampPlace } from './stamp-place.ts';
import { certificateFingerprint } from './trust.ts';

/**
 * What the shell shows a person, in a window that the page can neither draw nor read nor answer, before a key signs;
 * and what they answer. The core makes the question out of what it knows, never out of what the page says.
 */

const shown = z.string().max(2000);

/**
 * One document that is to be signed. `file` names the very bytes: the window draws their pages, the core signs them.
 */
export const consentDocument = z.object({
  subject: shown,
  file: documentFile.pick({ digest: true, bytes: true }),
  /** Where the visible signature will stand; null where that isn't known beforehand. */
  place: stampPlace.nullable(),
  /** What in the file could deceive whoever looks at it. */
  findings: z.array(fileFinding).max(100),
  /** The signatures that it carries can't be judged for want of information. */
  doubtful: z.boolean(),
  /** Set where an agency's key signs what no person has signed (NĐ 30/2020 Đ32). */
  unapproved: z.literal(true).optional(),
});
export type ConsentDocument = z.infer<typeof consentDocument>;

/** What a wrong PIN would cost now. */
export const pinTries = z.enum(['enough', 'low', 'last']);
export type PinTries = z.infer<typeof pinTries>;

/** `pad`: typed on the token itself, after the yes. `nothing`: the office's policy lets a login stand for a while. */
export const pinQuestion = z.discriminatedUnion('asks', [
  z.object({ asks: z.literal('nothing') }),
  z.object({ asks: z.literal('pad'), tries: pinTries }),
  z.object({ asks: z.literal('field'), tries: pinTries, sealFor: pinKey }),
]);
export type PinQuestion = z.infer<typeof pinQuestion>;

export const consentQuestion = z.object({
  /** The same for every try at one PIN: the window that is open asks again. */
  id: z.uuid(),
  act: signingAct,
  /** What the page had typed into the stamp, so that the person reads it here once more; null where nothing was. */
  stamp: stampWish.nullable(),
  /** A batch that was interrupted goes on with these. */
  resumed: z.boolean(),
  documents: z.array(consentDocument).min(1).max(500),
  certificate: z.object({
    subject: shown,
    organisation: shown,
    issuer: shown,
    notAfter: instant,
    /** What there is to know of it although it may sign, as `certificate-unchecked`. */
    warning: failure.nullable(),
  }),
  token: z.object({ label: shown, serial: shown }),
  pin: pinQuestion,
  /** Why the last answer did not serve, as a PIN that was wrong; null the first time. */
  failure: failure.nullable(),
});
export type ConsentQuestion = z.infer<typeof consentQuestion>;

/** Why nobody has said yes: the person said no, or could not be asked. */
export const consentRefusal = z.enum([
  'cancelled',
  /** Another question stands open; none waits behind it. */
  'busy',
  /** Questions were turned down one after the other: the next may be put in `seconds`. */
  'paused',
  /** The screen was locked, or the question stood open for too long. */
  'expired',
  /** The window couldn't be shown, or has crashed. */
  'failed',
]);
export type ConsentRefusal = z.infer<typeof consentRefusal>;

const refused = z.object({
  answer: z.literal('refused'),
  why: consentRefusal,
  seconds: z.int().nonnegative(),
});
export type Refused = z.infer<typeof refused>;

export const consentAnswer = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('confirmed'),
    /** Null where the question asked for none. */
    pin: sealedPin.nullable(),
    /** The person has confirmed that this is the last try before the token locks. */
    lastTryConfirmed: z.boolean(),
  }),
  refused,
]);
export type ConsentAnswer = z.infer<typeof consentAnswer>;

/** What the shell's window says to the shell, over the one port that it was given. */
export const consentReply = z.discriminatedUnion('say', [
  z.object({ say: z.literal('confirm'), pin: sealedPin.nullable(), lastTryConfirmed: z.boolean() }),
  z.object({ say: z.literal('cancel') }),
]);
export type ConsentReply = z.infer<typeof consentReply>;

/**
 * A step with lasting consequences that needs no PIN, but a person: the shell asks in a dialog of the system's. What
 * it is about comes from the core.
 */
export const confirmation = z.discriminatedUnion('step', [
  z.object({ step: z.literal('trustAdd'), subject: shown, fingerprint: certificateFingerprint }),
  z.object({ step: z.literal('trustRemove'), subject: shown, fingerprint: certificateFingerprint }),
  z.object({ step: z.literal('changePin'), token: shown }),
  /** One more wrong PIN locks the token: signing in, or changing its PIN. */
  z.object({ step: z.literal('lastTry'), token: shown }),
  z.object({ step: z.literal('destroyEvidence'), subject: shown }),
  z.object({ step: z.literal('passGate'), subject: shown, findings: z.array(gateFinding).max(64) }),
]);
export type Confirmation = z.infer<typeof confirmation>;

export const confirmationAnswer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('confirmed') }),
  refused,
]);
export type ConfirmationAnswer = z.infer<typeof confirmationAnswer>;
