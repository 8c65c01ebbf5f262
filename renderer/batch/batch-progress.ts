import type { BatchItem, BatchState } from '../../contract/batch.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { batchVerbs, batchWords } from '../words/batch.ts';

export const itemLook: Record<BatchItem['state'], { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'quiet', icon: 'clock' },
  running: { tone: 'info', icon: 'sign' },
  signed: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'cross' },
  untouched: { tone: 'doubt', icon: 'minus' },
};

export interface BatchProgress {
  all: number;
  signed: number;
  /** Signed, or known not to be. */
  settled: number;
}

export function progressOf({ items }: Pick<BatchState, 'items'>): BatchProgress {
  const count = (...states: BatchItem['state'][]) =>
    items.filter(({ state }) => states.includes(state)).length;
  return { all: items.length, signed: count('signed'), settled: count('signed', 'failed', 'untouched') };
}

/** How it stands, in one sentence and one hint. */
export function headlineOf(batch: BatchState): { tone: Tone; title: string; hint: string | null } {
  const { all, signed, settled } = progressOf(batch);
  const verb = batchVerbs[batch.act];
  switch (batch.phase) {
    case 'running':
      return {
        tone: 'info',
        title: batchWords.running(verb, settled, all),
        hint: batchWords.runningHint,
      };
    case 'pausing':
      return { tone: 'info', title: batchWords.pausing, hint: null };
    case 'paused':
      return { tone: 'doubt', title: batchWords.paused(settled, all), hint: batchWords.pausedHint };
    case 'waitingForToken':
      return { tone: 'doubt', title: batchWords.waiting(settled, all), hint: batchWords.waitingHint };
    case 'ended':
      return signed === all
        ? { tone: 'good', title: batchWords.allDone(verb, all), hint: null }
        : { tone: 'doubt', title: batchWords.someDone(verb, signed, all), hint: batchWords.someHint };
  }
}

/** What stands first is what a person has to know of: what failed, then what is under way, then the rest as it was. */
export function inOrder(items: readonly BatchItem[]): BatchItem[] {
  const rank: Record<BatchItem['state'], number> = {
    failed: 0,
    running: 1,
    untouched: 2,
    waiting: 3,
    signed: 4,
  };
  return items.toSorted((one, other) => rank[one.state] - rank[other.state]);
}
