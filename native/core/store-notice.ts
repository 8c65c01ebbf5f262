import { AppError, type Failure } from '../../contract/failure.ts';
import type { WorkStore } from '../store/work-store.ts';

/**
 * What the person must be told of what this start found: work put back from a copy, a store from a newer program, or a
 * log that somebody else wrote in. Null where all is as it was left.
 */
export function storeNotice({
  finding,
  auditState,
}: Pick<WorkStore, 'finding' | 'auditState'>): Failure | null {
  if (finding.kind === 'newer') return new AppError('store-newer').toFailure();
  // A log put back from a copy with its work is shorter than its head: one fault, one notice.
  if (finding.kind === 'restored') {
    return new AppError('store-damaged', { copyDay: finding.copyDay ?? '' }).toFailure();
  }
  if (auditState?.whole !== false) return null;
  const { fault, at } = auditState;
  return new AppError('audit-broken', { fault, at }).toFailure();
}
