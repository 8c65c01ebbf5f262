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
  canSign: z.boolean(),
  hasPrivateKey: z.boolean(),
});
export type CertificateInfo = z.infer<typeof certificateInfo>;

export const tokenFlags = z.object({
  pinCountLow: z.boolean(),
  pinFinalTry: z.boolean(),
  pinLocked: z.boolean(),
  protectedPath: z.boolean(),
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
});
export type TokenInfo = z.infer<typeof tokenInfo>;

export const moduleInfo = z.object({
  path: z.string().max(4096),
  ok: z.boolean(),
  error: failure.nullable(),
  description: tokenText,
  tokens: z.array(tokenInfo).max(64),
});
export type ModuleInfo = z.infer<typeof moduleInfo>;

/** Names one key on one token for as long as it stays plugged in. */
export const keyReference = z.object({
  modulePath: z.string().min(1).max(4096),
  tokenSerial: tokenText,
  certificateId: certificateInfo.shape.id,
});
export type KeyReference = z.infer<typeof keyReference>;
