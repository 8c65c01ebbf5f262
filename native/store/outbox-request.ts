import * as z from 'zod';
import { gateOverride } from '../../contract/gate.ts';
import { agencyCode, documentId, fileDigest, idempotencyKey } from '../../contract/identity.ts';

const act = { id: documentId, key: idempotencyKey, version: z.int().positive() };
const decided = { ...act, basedOn: fileDigest };
const reason = z.string().trim().min(1).max(2000);

/**
 * An act as it will be sent, whole: what the province contract asks for, with the key. Stored with the act and read
 * back for each try, so that every try is the same request.
 */
export const outboxRequest = z.discriminatedUnion('act', [
  z.object({ act: z.literal('approve'), input: z.object({ ...decided, file: fileDigest }) }),
  z.object({ act: z.literal('return'), input: z.object({ ...decided, reason }) }),
  z.object({ act: z.literal('assignNumber'), input: z.object(decided) }),
  z.object({
    act: z.literal('issue'),
    input: z.object({ ...decided, file: fileDigest, recipients: z.array(agencyCode).min(1).max(500) }),
  }),
  z.object({ act: z.literal('acknowledge'), input: z.object(act) }),
  z.object({
    act: z.literal('register'),
    input: z.object({ ...decided, override: gateOverride.optional() }),
  }),
  z.object({ act: z.literal('refuse'), input: z.object({ ...decided, reason }) }),
]);
export type OutboxRequest = z.infer<typeof outboxRequest>;

/** The file that must lie on the server before the act is sent; null for an act without one. */
export function requestFile(request: OutboxRequest): z.infer<typeof fileDigest> | null {
  return 'file' in request.input ? request.input.file : null;
}
