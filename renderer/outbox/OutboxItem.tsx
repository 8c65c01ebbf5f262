import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import type { OutboxEntry } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { Status } from '../ui/Status.tsx';
import { instantText } from '../words/format.ts';
import { outboxWords } from '../words/screens.ts';
import { outboxActs } from '../words/vi.ts';
import { entryText } from './entry-text.ts';
import styles from './OutboxScreen.module.css';

/** One act, its state in words, and what the person can do about it. */
export function OutboxItem({ entry }: { entry: OutboxEntry }) {
  const { core, queries } = useDesk();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [retrying, setRetrying] = useState(false);
  const nameId = useId();
  const text = entryText(entry);
  const retry = async () => {
    setRetrying(true);
    setFailure(null);
    try {
      await core.call((client, options) => client.outbox.retry({ key: entry.key }, options));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setRetrying(false);
      void queries.invalidateQueries({ queryKey: ['outbox'] });
    }
  };
  const dismiss = async () => {
    setFailure(null);
    try {
      const left = await core.call((client, options) =>
        client.outbox.dismiss({ keys: [entry.key] }, options),
      );
      queries.setQueryData(['outbox'], left);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  return (
    <li className={styles.entry} aria-labelledby={nameId}>
      <div className={styles.text}>
        <p id={nameId} className={styles.name}>
          {outboxActs[entry.act]}: {entry.subject}
        </p>
        <p className={styles.quiet}>
          {outboxWords.created(instantText(entry.createdAt))}
          {entry.attempts > 1 && entry.state !== 'confirmed' && ` · ${outboxWords.attempts(entry.attempts)}`}
        </p>
        {text.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {failure && <FailureBanner failure={failure} />}
      </div>
      <div className={styles.side}>
        <Status tone={text.tone} icon={text.icon}>
          {text.state}
        </Status>
        <div className={styles.buttons}>
          {entry.state === 'needsAttention' && (
            <ActionButton icon="refresh" isDisabled={retrying} onPress={() => void retry()}>
              {outboxWords.retry}
            </ActionButton>
          )}
          {entry.dismissible && (
            <ActionButton look="quiet" onPress={() => void dismiss()}>
              {outboxWords.dismiss}
            </ActionButton>
          )}
          <ActionButton look="quiet" onPress={() => void navigate(`/document/${entry.documentId}`)}>
            {outboxWords.open}
          </ActionButton>
        </div>
      </div>
    </li>
  );
}
