import { useState } from 'react';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';
import type { ErrandOutcome } from '../token-care/use-errand.ts';

/** What there is to say of it; null where the screen shows it by itself. */
type Said = { readonly done: string } | { readonly nothing: string } | null;

/** One thing at a time done with a file; how it ended stays until the next one. `failed`: what failed, in words. */
export function useFileErrand() {
  const { core, queries } = useDesk();
  const [isGoing, setGoing] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);
  const perform = async (failed: string, act: (client: DesktopClient) => Promise<Said>) => {
    setGoing(true);
    setOutcome(null);
    try {
      const said = await core.call(act, actDeadlineMs);
      if (said) {
        setOutcome(
          'done' in said ? { kind: 'done', note: said.done } : { kind: 'nothing', note: said.nothing },
        );
      }
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: failed, failure: failureOf(thrown) });
    } finally {
      setGoing(false);
    }
    await queries.invalidateQueries({ queryKey: ['files'] });
  };
  const run = (failed: string, act: (client: DesktopClient) => Promise<Said>) => {
    if (!isGoing) void perform(failed, act);
  };
  return { run, outcome };
}
