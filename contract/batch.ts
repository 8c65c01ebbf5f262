import * as z from 'zod';
import { failure } from './failure.ts';
import { documentId, instant } from './identity.ts';
import { signingAct } from './signing-act.ts';
import { keyReference } from './token.ts';

/**
 * Where a signature stands, so that a slow token doesn't look like a frozen program. `confirming`: the shell's window
 * asks the person.
 */
export const signingStep = z.enum(['confirming', 'reading', 'token', 'writing', 'checking']);
export type SigningStep = z.infer<typeof signingStep>;

/** `untouched`: the batch ended before its turn; nothing of it was signed. */
export const batchItemState = z.enum(['waiting', 'running', 'signed', 'failed', 'untouched']);

export const batchItem = z.object({
  id: documentId,
  subject: z.string(),
  state: batchItemState,
  /** Where its signature stands while it is `running`. */
  step: signingStep.nullable(),
  /** Why it `failed`, or why the batch left it `untouched`. */
  failure: failure.nullable(),
});
export type BatchItem = z.infer<typeof batchItem>;

/**
 * `pausing`: what is at the token is being finished. `waitingForToken`: the token is gone, or its login has ended;
 * the batch goes on with `unlock`.
 */
export const batchPhase = z.enum(['running', 'pausing', 'paused', 'waitingForToken', 'ended']);
export type BatchPhase = z.infer<typeof batchPhase>;

/**
 * Many documents signed with one login. What was signed is an act of its own in the outbox, whatever becomes of the
 * rest.
 */
export const batchState = z.object({
  act: signingAct,
  /** What its items are: documents of the server's, or files on this computer. */
  of: z.enum(['documents', 'files']),
  key: keyReference,
  phase: batchPhase,
  /** Why it waits for the token, or why it ended before its last document. */
  failure: failure.nullable(),
  /** What there is to know of the certificate although it signs, as `certificate-unchecked`. */
  warning: failure.nullable(),
  startedAt: instant,
  items: z.array(batchItem).max(500),
});
export type BatchState = z.infer<typeof batchState>;
