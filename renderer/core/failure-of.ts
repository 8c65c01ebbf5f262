import { ORPCError } from '@orpc/client';
import { AppError, type Failure, failure } from '../../contract/failure.ts';

/**
 * What went wrong with a call, in the contract's form. Whatever isn't a failure that the core named is the program's
 * own fault: `internal`. The thrown value itself, which may quote an input, is never shown or kept.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ORPCError) {
    const parsed = failure.safeParse(thrown.data);
    if (parsed.success) return parsed.data;
  }
  return AppError.from(thrown).toFailure();
}
