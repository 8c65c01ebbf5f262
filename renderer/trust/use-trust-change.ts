import { useState } from 'react';
import type { TrustState } from '../../contract/trust.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';
import type { ErrandOutcome } from '../token-care/use-errand.ts';
import { trustWords } from '../words/trust.ts';

/** One change of the list at a time; how it ended stays until the next. */
export function useTrustChange() {
  const { core, queries } = useDesk();
  const [isGoing, setGoing] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);

  /** What `perform` answers, null where it failed or another change is under way; the failure is shown. */
  const ask = async <T>(perform: (client: DesktopClient) => Promise<T>): Promise<T | null> => {
    if (isGoing) return null;
    setGoing(true);
    setOutcome(null);
    try {
      return await core.call((client) => perform(client), actDeadlineMs);
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: trustWords.failed, failure: failureOf(thrown) });
      return null;
    } finally {
      setGoing(false);
    }
  };
  const change = async (note: string, perform: (client: DesktopClient) => Promise<TrustState>) => {
    const state = await ask(perform);
    if (!state) return;
    queries.setQueryData(['trust'], state);
    setOutcome({ kind: 'done', note });
  };
  return { ask, change, outcome, setOutcome, isGoing };
}
