import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failure } from '../../contract/failure.ts';
import { pinKey, sealedPin } from '../../contract/sealed-pin.ts';
import { keyReference, moduleInfo, tokenReference } from '../../contract/token.ts';

/**
 * The seam between the core and the token process, on channel `token`. One module a `list` call: when a driver takes
 * the process down, the core knows which one it was.
 */
const base = oc.errors({ FAILURE: { data: failure } });

const digestAlgorithm = z.enum(['sha256', 'sha384', 'sha512']);
const signatureScheme = z.enum(['pkcs1', 'pss']);

/** Bytes as text, since a call's payload is JSON; 64 KiB at most. */
const bytes = z.base64().max(87_384);

export const loginRequest = tokenReference.extend({
  /** Null for a token with its own PIN pad. */
  pin: sealedPin.nullable(),
  /** The person has confirmed that this is the last try before the token locks. */
  lastTryConfirmed: z.boolean(),
});
export type LoginRequest = z.infer<typeof loginRequest>;

export const pinChangeRequest = tokenReference.extend({
  /** Both null for a token with its own PIN pad. */
  oldPin: sealedPin.nullable(),
  newPin: sealedPin.nullable(),
  lastTryConfirmed: z.boolean(),
});
export type PinChangeRequest = z.infer<typeof pinChangeRequest>;

/** Few enough that even a slow token signs them within one call's deadline. */
export const mostTogether = 64;

export const signRequest = z.object({
  key: keyReference,
  algorithm: digestAlgorithm,
  scheme: signatureScheme,
  /**
   * What is signed, not its digest: some tokens sign only with their own hash mechanism. Several that wait for the same key come
   * together, since a message between processes takes as long as a fast token.
   */
  data: z.array(bytes).min(1).max(mostTogether),
  /** For a key that wants it with each signature; null otherwise, and for a PIN pad. */
  pin: sealedPin.nullable(),
  lastTryConfirmed: z.boolean(),
});
export type SignRequest = z.infer<typeof signRequest>;

const signAnswer = z.union([z.object({ signature: bytes }), z.object({ failure })]);

export const tokenContract = {
  /** The tokens that one module sees; a module that can't be used is an answer, too, not a failed call. */
  list: base
    .input(
      z.object({
        modulePath: keyReference.shape.modulePath,
        /** Somebody waits for a token: look whatever it costs. */
        wanted: z.boolean().default(false),
      }),
    )
    .output(moduleInfo),
  /** What PINs for this start of the process are sealed with. */
  pinKey: base.input(z.object({})).output(pinKey),
  login: base.input(loginRequest).output(z.object({})),
  /** Ends every login that stands. */
  logout: base.input(z.object({})).output(z.object({})),
  changePin: base.input(pinChangeRequest).output(z.object({})),
  /** The certificate's DER. */
  certificate: base.input(z.object({ key: keyReference })).output(z.object({ der: bytes })),
  /** In the order of `data`, each by itself. RSA: padded as `scheme` says; EC: ECDSA as DER SEQUENCE {r, s}. */
  sign: base.input(signRequest).output(z.array(signAnswer).max(mostTogether)),
};
