import { useState } from 'react';
import type { KeyUse } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';

/** Signing in with a key: under way, failed with what, or done (true). */
export function useSignIn() {
  const { core, queries } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [underWay, setUnderWay] = useState(false);
  const signIn = async (use: Promise<KeyUse>): Promise<boolean> => {
    setUnderWay(true);
    setFailure(null);
    try {
      const input = await use;
      const session = await core.call(
        (client, options) => client.session.signIn(input, options),
        actDeadlineMs,
      );
      queries.setQueryData(['session'], session);
      void queries.invalidateQueries();
      return true;
    } catch (thrown) {
      setFailure(failureOf(thrown));
      // The tries left may have changed with this one.
      void queries.invalidateQueries({ queryKey: ['tokens'] });
      return false;
    } finally {
      setUnderWay(false);
    }
  };
  return { signIn, failure, underWay };
}
