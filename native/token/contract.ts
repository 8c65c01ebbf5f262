import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failure } from '../../contract/failure.ts';
import { pinKey, sealedPin } from '../../contract/sealed-pin.ts';
import { keyReference, moduleInfo } from '../../contract/token.ts';

/**
 * The seam between the core and the token process, on channel `token`. One module a `list` call: when a driver takes
 * the process down, the core knows which one it was.
 */
const base = oc.errors({ FAILURE: { data: failure } });

export const digestAlgorithm = z.enum(['sha256', 'sha384', 'sha512']);

/** Bytes as text, since a call's payload is JSON; 64 KiB at most. */
const bytes = z.base64().max(87_384);

export const loginRequest = z.object({
  modulePath: keyReference.shape.modulePath,
  tokenSerial: keyReference.shape.tokenSerial,
  /** Null for a token with its own PIN pad. */
  pin: sealedPin.nullable(),
  /** The person has confirmed that this is the last try before the token locks. */
  lastTryConfirmed: z.boolean(),
});
export type LoginRequest = z.infer<typeof loginRequest>;

export const tokenContract = {
  /** The tokens that one module sees; a module that can't be used is an answer, too, not a failed call. */
  list: base.input(z.object({ modulePath: keyReference.shape.modulePath })).output(moduleInfo),
  /** What PINs for this start of the process are sealed with. */
  pinKey: base.input(z.object({})).output(pinKey),
  login: base.input(loginRequest).output(z.object({})),
  /** Ends every login that stands. */
  logout: base.input(z.object({})).output(z.object({})),
  /** The certificate's DER. */
  certificate: base.input(z.object({ key: keyReference })).output(z.object({ der: bytes })),
  /** RSA: PKCS#1 v1.5 over the DigestInfo; EC: ECDSA as DER SEQUENCE {r, s}. */
  sign: base
    .input(z.object({ key: keyReference, algorithm: digestAlgorithm, digest: z.base64().max(128) }))
    .output(z.object({ signature: bytes })),
};
