import type { FailureCode, FailureParams } from '../../contract/failure.ts';
import type { ComparisonStep } from './comparison.ts';

/** What a thread is to compare. */
export interface Order {
  readonly path: string;
  readonly password?: string | undefined;
  /** Where a large copy may lie while it is compared; the folder is there. */
  readonly spill: string;
}

/**
 * How it came to its end. `unread`: our own reading couldn't open the file, so that there is nothing to compare;
 * `exhausted`: the file asks for more work than honest ones do.
 */
export type Ending =
  | { readonly kind: 'ended'; readonly how: 'done' | 'unread' | 'exhausted' }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly params: FailureParams };

/** What it tells, step by step; an ending comes last. */
export type Told = ComparisonStep | Ending;
