import { assertNever } from '../../contract/failure.ts';
import type { StampWish } from '../../contract/signing-act.ts';
import type { StampPlace } from '../../contract/stamp-place.ts';
import type { Stamp } from '../signing/stamp.ts';

export interface StampPictures {
  /** Null where none is configured: the signer's name stands there in words. */
  readonly approval: Uint8Array | null;
  readonly seal: Uint8Array | null;
}

/** What signing puts on the page for a wish; where the rules put it, unless `place` says. */
export function wishedStamp(
  wish: StampWish,
  pictures: StampPictures,
  place: StampPlace | undefined = undefined,
): Stamp {
  const at = place ? { page: place.page, box: place.box } : {};
  switch (wish.act) {
    case 'plain':
      return { kind: 'plain', ...at };
    case 'approve':
      return { kind: 'approval', ...at, ...(pictures.approval && { image: pictures.approval }) };
    case 'initial':
      return { kind: 'initial', ...at, answersFor: wish.answersFor };
    case 'directive':
      return { kind: 'directive', ...at, text: wish.text };
    case 'seal': {
      const { number, date } = wish;
      const typed = { ...(number !== undefined && { number }), ...(date !== undefined && { date }) };
      return { kind: 'seal', ...at, ...typed, ...(pictures.seal && { image: pictures.seal }) };
    }
    case 'appendix':
      return { kind: 'appendix', ...at, referenceCode: wish.referenceCode };
    case 'copy':
      return {
        kind: 'copy',
        ...at,
        form: wish.form,
        ...(wish.agency !== undefined && { agency: wish.agency }),
      };
    case 'incoming': {
      const { act: _, agency, forwardedTo, caseFile, ...rest } = wish;
      const more = {
        ...(agency !== undefined && { agency }),
        ...(forwardedTo !== undefined && { forwardedTo }),
        ...(caseFile !== undefined && { caseFile }),
      };
      return { kind: 'incoming', ...at, ...rest, ...more };
    }
    default:
      return assertNever(wish);
  }
}
