import { assertNever } from '../../contract/failure.ts';
import { applyApproval } from './approval-stamp.ts';
import { applyAppendix, applyCopy } from './corner-stamp.ts';
import { applyDirective } from './directive-stamp.ts';
import { applyIncoming } from './incoming-stamp.ts';
import { applyInitial } from './initial-stamp.ts';
import { applyPlain } from './plain-stamp.ts';
import { applySeal } from './seal-stamp.ts';
import type { Stamp } from './stamp.ts';
import type { StampContext } from './stamp-placer.ts';

/** Adds to the revision under way what the stamp shows and does. Returns the name of the signature's field. */
export function applyStamp(context: StampContext, stamp: Stamp): string {
  switch (stamp.kind) {
    case 'plain':
      return applyPlain(context, stamp);
    case 'approval':
      return applyApproval(context, stamp);
    case 'seal':
      return applySeal(context, stamp);
    case 'appendix':
      return applyAppendix(context, stamp);
    case 'copy':
      return applyCopy(context, stamp);
    case 'incoming':
      return applyIncoming(context, stamp);
    case 'directive':
      return applyDirective(context, stamp);
    case 'initial':
      return applyInitial(context, stamp);
    default:
      return assertNever(stamp);
  }
}
