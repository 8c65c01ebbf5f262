import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { AppError, type Failure } from '../../contract/failure.ts';
import { fileFailure } from '../store/file-failure.ts';
import { sqliteFailure } from '../store/sqlite-failure.ts';
import type { Log } from './log.ts';

/** Anything thrown, as one of ours: SQLite's and the file system's own errors keep their meaning. */
function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ORPCError) {
    const invalid = thrown.code === 'BAD_REQUEST' && thrown.cause instanceof ValidationError;
    return new AppError(invalid ? 'input-invalid' : 'internal', {}, { cause: thrown });
  }
  const stored = sqliteFailure(thrown);
  return stored.code === 'internal' ? fileFailure(thrown) : stored;
}

/**
 * Wraps every call that the core serves: whatever is thrown crosses as FAILURE {code, params, retryable}, without
 * stack or English. The cause stays here, in the log.
 */
export function failureSeam(log: Log) {
  return async <T>(options: { next(): Promise<T>; path: readonly string[] }): Promise<T> => {
    try {
      return await options.next();
    } catch (thrown) {
      const error = asAppError(thrown);
      log.failure('call', error, { call: options.path.join('.') });
      const data: Failure = error.toFailure();
      throw new ORPCError('FAILURE', { defined: true, data });
    }
  };
}
