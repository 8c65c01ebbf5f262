import { type FormEvent, useState } from 'react';
import type { BatchState } from '../../contract/batch.ts';
import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { useTokens } from '../core/queries.ts';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { batchWords } from '../words/batch.ts';
import styles from './BatchScreen.module.css';

/**
 * The token was pulled out or locked in the middle: the same one, with the person's yes again, and the batch goes on.
 */
export function UnlockForm({ batch }: { batch: BatchState }) {
  const tokens = useTokens().data;
  return tokens ? <Form batch={batch} tokens={tokens} /> : null;
}

function Form({ batch, tokens }: { batch: BatchState; tokens: TokenState }) {
  const { core, queries } = useDesk();
  const entry = useKeyEntry(tokens, batch.act, { wanted: batch.key });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [underWay, setUnderWay] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const taken = underWay ? null : entry.take();
    if (!taken) return;
    setUnderWay(true);
    setFailure(null);
    try {
      const state = await core.call((client, options) => client.batch.unlock({}, options), actDeadlineMs);
      queries.setQueryData(['batch'], state);
    } catch (thrown) {
      const failed = failureOf(thrown);
      // Whoever said no needn't be told so.
      setFailure(failed.code === 'cancelled' ? null : failed);
      setUnderWay(false);
      // Tries left may have changed by it.
      void queries.invalidateQueries({ queryKey: ['tokens'] });
    }
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {failure && <FailureBanner failure={failure} heading={batchWords.unlockFailed} />}
      <KeyEntryFields purpose={batch.act} entry={entry} />
      <div>
        <ActionButton type="submit" look="primary" isDisabled={!entry.usable} isPending={underWay}>
          {underWay ? batchWords.starting : batchWords.unlock}
        </ActionButton>
      </div>
    </form>
  );
}
