import { useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';

/** Each driver may be tried for as long as its deadline allows, one after the other. */
const errandDeadlineMs = 3 * 60_000;

export type ErrandOutcome =
  | { kind: 'done'; note: string | null }
  | { kind: 'nothing'; note: string }
  | { kind: 'failed'; heading: string; failure: Failure };

type Perform = (client: DesktopClient, signal: AbortSignal) => Promise<TokenState>;

/**
 * One thing at a time asked of the tokens, whose state is then shown as it is afterwards. How it ended stays until the next
 * one. `isGoing` tells whether the thing of that name is under way.
 */
export function useErrand() {
  const { core, queries } = useDesk();
  const [going, setGoing] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);

  /** Runs `perform`; `note` is what to say when it went well, null where the screen shows it by itself. */
  const run = async (name: string, words: { note: string | null; failed: string }, perform: Perform) => {
    if (going !== null) return;
    setGoing(name);
    setOutcome(null);
    try {
      const state = await core.call((client, { signal }) => perform(client, signal), errandDeadlineMs);
      queries.setQueryData(['tokens'], state);
      setOutcome({ kind: 'done', note: words.note });
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: words.failed, failure: failureOf(thrown) });
      // What was seen before may be out of date by it.
      void queries.invalidateQueries({ queryKey: ['tokens'] });
    } finally {
      setGoing(null);
    }
  };
  return { run, outcome, setOutcome, isGoing: (name: string) => going === name };
}
