import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { AppError, type Failure } from '../contract/failure.ts';

/**
 * The HTTP status of a failure. 422 is the contract's own; the others are for what never reached a procedure, and for
 * proxies and monitors, which only see the number.
 */
function statusOf({ code }: Failure): number {
  if (code === 'session-missing' || code === 'session-expired') return 401;
  return code === 'internal' ? 500 : 422;
}

/** A failure in the one form that this server answers with, in procedures and beside them. */
export function failureAnswer(error: AppError, status = statusOf(error)): ORPCError<string, Failure> {
  const code = status === 401 ? 'UNAUTHORIZED' : 'FAILURE';
  return new ORPCError(code, { status, defined: true, message: error.code, data: error.toFailure() });
}

/** Any thrown value as an AppError: what oRPC throws for wrong input becomes `input-invalid` {field}. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ORPCError && thrown.status === 400) {
    return new AppError('input-invalid', { field: fieldOf(thrown.cause) }, { cause: thrown });
  }
  return AppError.from(thrown);
}

function fieldOf(cause: unknown): string {
  const path = cause instanceof ValidationError ? cause.issues[0]?.path : undefined;
  const names = path?.map((step) => String(typeof step === 'object' ? step.key : step)) ?? [];
  return names.join('.').slice(0, 100) || 'request';
}
