import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { BatchState } from '../../contract/batch.ts';
import type { Failure } from '../../contract/failure.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';
import { useBatch } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { batchTitles, batchWords } from '../words/batch.ts';
import { common } from '../words/screens.ts';
import { BatchItems } from './BatchItems.tsx';
import styles from './BatchScreen.module.css';
import { headlineOf, progressOf } from './batch-progress.ts';
import { UnlockForm } from './UnlockForm.tsx';

/** How a batch goes: one line for all, one for each document, and the ways to stop it and to go on. */
export function BatchScreen({ home }: { home: string }) {
  const { data: batch, isPending } = useBatch();
  const navigate = useNavigate();
  useEffect(() => {
    if (!isPending) markReady();
  }, [isPending]);
  if (isPending) return <p role="status">{common.loading}</p>;
  if (!batch) {
    return (
      <EmptyState icon="sign" title={batchWords.gone}>
        <ActionButton onPress={() => void navigate(home)}>{common.close}</ActionButton>
      </EmptyState>
    );
  }
  return <OneBatch batch={batch} onDone={() => void navigate(home)} />;
}

type Order = (client: DesktopClient, options: { signal: AbortSignal }) => Promise<BatchState | null>;

function OneBatch({ batch, onDone }: { batch: BatchState; onDone(): void }) {
  const { core, queries } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const { act, phase, items, warning } = batch;
  const { all, settled } = progressOf(batch);
  const { tone, title, hint } = headlineOf(batch);
  const order = async (run: Order) => {
    setFailure(null);
    try {
      queries.setQueryData(['batch'], await core.call(run, actDeadlineMs));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  const dismiss = async () => {
    await order((client, options) => client.batch.dismiss({}, options));
    onDone();
  };
  return (
    <div className={styles.screen}>
      <ScreenHeading>{batchTitles[act](all)}</ScreenHeading>
      {failure && <FailureBanner failure={failure} heading={batchWords.failed} />}
      <Banner
        tone={tone}
        title={title}
        announce
        actions={
          <>
            {phase === 'running' && (
              <ActionButton onPress={() => void order((client, options) => client.batch.pause({}, options))}>
                {batchWords.pause}
              </ActionButton>
            )}
            {(phase === 'paused' || phase === 'pausing') && (
              <ActionButton
                look="primary"
                onPress={() => void order((client, options) => client.batch.resume({}, options))}
              >
                {batchWords.resume}
              </ActionButton>
            )}
            {phase === 'ended' ? (
              <ActionButton look="primary" onPress={() => void dismiss()}>
                {batchWords.done}
              </ActionButton>
            ) : (
              <ActionButton
                look="danger"
                onPress={() => void order((client, options) => client.batch.cancel({}, options))}
              >
                {batchWords.cancel}
              </ActionButton>
            )}
          </>
        }
      >
        {phase === 'waitingForToken' && batch.failure && <p>{failureMessage(batch.failure).happened}</p>}
        {hint && <p>{hint}</p>}
        {phase !== 'ended' && (
          <progress
            className={styles.progress}
            max={all}
            value={settled}
            aria-label={batchWords.progress(settled, all)}
          />
        )}
      </Banner>
      {phase === 'waitingForToken' && <UnlockForm batch={batch} />}
      {phase === 'ended' && batch.failure && batch.failure.code !== 'cancelled' && (
        <FailureBanner failure={batch.failure} heading={batchWords.ended} />
      )}
      {warning && <Warning warning={warning} />}
      <BatchItems items={items} of={batch.of} />
    </div>
  );
}

/** Signed, but not as it should be: what is in doubt, and what to do. */
function Warning({ warning }: { warning: Failure }) {
  const { happened, todo } = failureMessage(warning);
  return (
    <Banner tone="doubt" title={happened}>
      <p>{todo}</p>
    </Banner>
  );
}
