import { useEffect, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { useOutbox } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { common, outboxWords } from '../words/screens.ts';
import { OutboxItem } from './OutboxItem.tsx';
import styles from './OutboxScreen.module.css';

/** Everything done here on its way to the server, and what became of it. */
export function OutboxScreen() {
  const entries = useOutbox();
  const { core, queries } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const sent = entries.data?.filter(({ state, dismissible }) => state === 'confirmed' && dismissible) ?? [];
  const dismissAll = async () => {
    setFailure(null);
    try {
      const keys = sent.map(({ key }) => key);
      const left = await core.call((client, options) => client.outbox.dismiss({ keys }, options));
      queries.setQueryData(['outbox'], left);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  const settled = !entries.isPending;
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <div>
          <ScreenHeading>{outboxWords.title}</ScreenHeading>
          <p className={styles.intro}>{outboxWords.intro}</p>
        </div>
        {sent.length > 1 && (
          <ActionButton look="quiet" icon="check" onPress={() => void dismissAll()}>
            {outboxWords.dismissAll(sent.length)}
          </ActionButton>
        )}
      </header>
      {failure && <FailureBanner failure={failure} />}
      {entries.error && (
        <FailureBanner
          failure={failureOf(entries.error)}
          actions={<ActionButton onPress={() => void entries.refetch()}>{common.tryAgain}</ActionButton>}
        />
      )}
      {entries.isPending && <p role="status">{common.loading}</p>}
      {entries.data?.length === 0 && (
        <EmptyState icon="send" title={outboxWords.empty}>
          <p>{outboxWords.emptyHint}</p>
        </EmptyState>
      )}
      {entries.data && entries.data.length > 0 && (
        <ul className={styles.list} aria-label={outboxWords.list}>
          {entries.data.map((entry) => (
            <OutboxItem key={entry.key} entry={entry} />
          ))}
        </ul>
      )}
    </div>
  );
}
