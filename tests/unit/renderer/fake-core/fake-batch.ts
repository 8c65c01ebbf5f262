import { implement } from '@orpc/server';
import type { BatchItem, BatchState } from '../../../../contract/batch.ts';
import { desktopContract } from '../../../../contract/desktop.ts';
import type { SealedPin } from '../../../../contract/sealed-pin.ts';
import type { FakeState } from './fake-core.ts';

/** A batch that stands still: whoever looks at the screens sets how far it has come. */
export function fakeBatch(state: FakeState, open: (sealed: SealedPin | null) => Promise<void>) {
  const { batch } = implement(desktopContract);
  const change = (changed: Partial<BatchState>) => {
    if (state.batch) state.batch = { ...state.batch, ...changed };
    return state.batch;
  };
  return {
    state: batch.state.handler(() => state.batch),
    start: batch.start.handler(async ({ input: { act, items: chosen, use } }) => {
      await open(null);
      const items = chosen.map(({ id }): BatchItem => {
        const subject = state.documents.find(({ document }) => document.id === id)?.document.subject ?? '';
        return { id, subject, state: 'waiting', step: null, failure: null };
      });
      const standing = { phase: 'running', failure: null, warning: state.warning } as const;
      const begun = {
        act,
        of: 'documents' as const,
        key: use.key,
        ...standing,
        startedAt: new Date().toISOString(),
        items,
      };
      state.batch = begun;
      return begun;
    }),
    pause: batch.pause.handler(() => change({ phase: 'paused' })),
    resume: batch.resume.handler(() => change({ phase: 'running' })),
    unlock: batch.unlock.handler(async () => {
      await open(null);
      return change({ phase: 'running', failure: null });
    }),
    cancel: batch.cancel.handler(() => change({ phase: 'ended' })),
    dismiss: batch.dismiss.handler(() => {
      state.batch = null;
      return null;
    }),
  };
}
