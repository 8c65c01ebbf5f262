import type { IncomingMessage } from 'node:http';
import type { AppError, FailureCode } from '../contract/failure.ts';
import type { RequestContext } from './province-api.ts';
import type { SecurityLog } from './security-log.ts';

const actPath = /^\/(?:documents|incoming)\/([^/]+)\/([a-zA-Z]+)$/;

/** Refusals that an honest desk doesn't run into: it asks the same questions first. */
const suspicious: ReadonlySet<FailureCode> = new Set([
  'signed-file-rejected',
  'not-permitted',
  'idempotency-conflict',
  'incoming-unsound',
  'document-unsound',
  'document-secret',
]);

export interface ActContext extends RequestContext {
  readonly request: IncomingMessage & { readonly body?: unknown };
  readonly path: string;
}

/**
 * Writes an act that was done, or one that was refused as an attack would be, into the security log. Kept apart from
 * the acts themselves, which have the document's history; what is neither leaves no entry.
 */
export function noteAct(log: SecurityLog, context: ActContext, failure: AppError | null): void {
  const [, about, act] = actPath.exec(context.path) ?? [];
  const who = context.session?.person.id ?? null;
  if (about === undefined || act === undefined || who === null) return;
  const { address } = context;
  if (failure === null) {
    const { body } = context.request;
    const isOverride =
      typeof body === 'object' && body !== null && 'override' in body && body.override !== undefined;
    log.add({ event: isOverride ? 'override' : 'act', who, about, detail: { act, address } });
  } else if (suspicious.has(failure.code)) {
    const detail = { act, address, code: failure.code, reason: String(failure.params['reason'] ?? '') };
    log.add({ event: 'refused', who, about, detail });
  }
}
