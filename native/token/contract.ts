import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failure } from '../../contract/failure.ts';
import { pinKey, sealedPin } from '../../contract/sealed-pin.ts';
import { keyReference, moduleInfo, tokenReference } from '../../contract/token.ts';

/**
 * The seam between the core and the token process, on channel `token`. One module a `list` call: when a driver takes
 * the process down, the core knows which one it was. Signatures
 * go beside it (signing-lane.ts).
 */
const base = oc.errors({ FAILURE: { data: failure } });

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
};
