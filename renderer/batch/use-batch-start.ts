import { useState } from 'react';
import type { BatchState } from '../../contract/batch.ts';
import type { Failure } from '../../contract/failure.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';

/** What begins it: a call of the core's. */
type Begin = (client: DesktopClient, options: { signal: AbortSignal }) => Promise<BatchState>;

export interface BatchStart {
  /** Why it couldn't be begun; null also where the person themselves said no. */
  readonly failure: Failure | null;
  /** While the token is asked there is nothing to go back from. */
  readonly starting: boolean;
  /** `topic`: what is out of date where it couldn't be begun. */
  start(begin: Begin, topic: 'documents' | 'files'): Promise<void>;
}

/** Begins a batch, of the server's documents or of files on this computer; `onStarted` once it runs. */
export function useBatchStart(onStarted: () => void): BatchStart {
  const { core, queries } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [starting, setStarting] = useState(false);
  return {
    failure,
    starting,
    async start(begin, topic) {
      setStarting(true);
      setFailure(null);
      try {
        queries.setQueryData(['batch'], await core.call(begin, actDeadlineMs));
        onStarted();
      } catch (thrown) {
        const failed = failureOf(thrown);
        // Whoever said no needn't be told so.
        setFailure(failed.code === 'cancelled' ? null : failed);
        setStarting(false);
        for (const stale of ['tokens', topic]) void queries.invalidateQueries({ queryKey: [stale] });
      }
    },
  };
}
