import * as z from 'zod';
import { failure } from './failure.ts';
import { instant } from './identity.ts';

/** Text that a token reports is hostile: bounded, and cleared of control characters before it gets here. */
const tokenText = z.string().max(200);

export const certificateInfo = z.object({
  /** CKA_ID, lower-case hexadecimal; pairs a certificate with its key. */
  id: z.string().regex(/^[0-9a-f]{0,512}$/),
  subject: tokenText,
  organisation: tokenText,
  /** Whose key it is: an agency's certificate seals, a person's approves and signs in. */
  holder: z.enum(['person', 'agency']),
  /** Serial number, upper-case hexadecimal. */
  serial: z.string().max(64),
  issuer: tokenText,
  notBefore: instant,
  notAfter: instant,
  keyType: z.enum(['RSA', 'EC', 'unknown']),
  keyBits: z.int().nonnegative(),
  /** Key usage and today's date allow it to sign; `refusal` says why not. */
  canSign: z.boolean(),
  hasPrivateKey: z.boolean(),
  /**
   * Why it can't sign: `certificate-not-for-signing`, `certificate-expired`, `certificate-not-yet-valid` or `key-missing`; null
   * where it can.
   */
  refusal: failure.nullable().optional(),
  /** Whole days until `notAfter`, by this computer's clock; negative once it is past. */
  daysLeft: z.int().optional(),
  /** The key wants the PIN with each signature (CKA_ALWAYS_AUTHENTICATE); known only after a login on most tokens. */
  pinEachSignature: z.boolean().optional(),
});
export type CertificateInfo = z.infer<typeof certificateInfo>;

export const tokenFlags = z.object({
  pinCountLow: z.boolean(),
  pinFinalTry: z.boolean(),
  pinLocked: z.boolean(),
  protectedPath: z.boolean(),
  /** The token wants its PIN changed before anything else (CKF_USER_PIN_TO_BE_CHANGED). */
  pinToBeChanged: z.boolean().optional(),
});
export type TokenFlags = z.infer<typeof tokenFlags>;

export const tokenInfo = z.object({
  slot: z.int().nonnegative(),
  label: tokenText,
  serial: tokenText,
  manufacturer: tokenText,
  model: tokenText,
  flags: tokenFlags,
  loggedIn: z.boolean(),
  certificates: z.array(certificateInfo).max(64),
  /** False for a blank token, or one whose user has no PIN yet: nobody can log in to it. */
  initialised: z.boolean().optional(),
  /** Characters that a new PIN of this token may have, by the offices' rule and the token's own. */
  pinLength: z.object({ min: z.int().nonnegative(), max: z.int().nonnegative() }).optional(),
  /** How it can sign, as PKCS#11 names it: `CKM_RSA_PKCS`, `CKM_ECDSA_SHA256`, … */
  mechanisms: z.array(z.string().max(64)).max(64).optional(),
  /** Other modules that show this same token, too; it is listed once. */
  alsoSeenBy: z.array(z.string().max(4096)).max(64).optional(),
});
export type TokenInfo = z.infer<typeof tokenInfo>;

/** A reader (slot) as its module describes it. A token that can't be read is told by its failure. */
export const readerInfo = z.object({
  slot: z.int().nonnegative(),
  description: tokenText,
  tokenPresent: z.boolean(),
  failure: failure.nullable(),
});
export type ReaderInfo = z.infer<typeof readerInfo>;

/** How a module became known: from the configuration, added by the person, by its maker's table, or from the system. */
export const moduleSource = z.enum(['configured', 'added', 'known', 'system']);
export type ModuleSource = z.infer<typeof moduleSource>;

export const moduleInfo = z.object({
  path: z.string().max(4096),
  ok: z.boolean(),
  error: failure.nullable(),
  description: tokenText,
  tokens: z.array(tokenInfo).max(64),
  /** Every reader that the module sees, empty ones, too. */
  readers: z.array(readerInfo).max(64).optional(),
  source: moduleSource.optional(),
  /** The maker's product family where the table of known modules has it. */
  family: z.string().max(200).optional(),
});
export type ModuleInfo = z.infer<typeof moduleInfo>;

/** Names one key on one token for as long as it stays plugged in. */
export const keyReference = z.object({
  modulePath: z.string().min(1).max(4096),
  tokenSerial: tokenText,
  certificateId: certificateInfo.shape.id,
});
export type KeyReference = z.infer<typeof keyReference>;

/** Names one token for as long as it stays plugged in. */
export const tokenReference = keyReference.omit({ certificateId: true });
export type TokenReference = z.infer<typeof tokenReference>;

/** What has to be right before a signature, in this order. */
export const tokenStepName = z.enum(['module', 'reader', 'token', 'certificate', 'keyUse', 'login']);
export type TokenStepName = z.infer<typeof tokenStepName>;

/**
 * How far signing would get right now, step by step, on the road that gets furthest. `waiting`: nothing is wrong, the person's
 * turn has not come (a PIN is still to be typed) or an earlier step has to be mended first.
 */
export const tokenStep = z.object({
  step: tokenStepName,
  state: z.enum(['done', 'waiting', 'failed']),
  /** Why it failed; for the login also what the next try risks (`pin-last-try`). */
  failure: failure.nullable(),
  /** What it is about: the module's file, the reader's name, the token's label, the certificate's holder. */
  subject: tokenText,
});
export type TokenStep = z.infer<typeof tokenStep>;

/** Why a login on a token ended. */
export const loginEnd = z.object({
  reason: z.enum(['idle', 'removed', 'screenLocked', 'suspended', 'asked', 'stopped']),
  at: instant,
});
export type LoginEnd = z.infer<typeof loginEnd>;
