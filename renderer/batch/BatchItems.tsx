import { useNavigate } from 'react-router';
import type { BatchItem, BatchState } from '../../contract/batch.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Status } from '../ui/Status.tsx';
import { batchItemStates, batchWords } from '../words/batch.ts';
import { signingSteps } from '../words/vi.ts';
import styles from './BatchScreen.module.css';
import { inOrder, itemLook } from './batch-progress.ts';

/** Each document of a batch: where it stands, and why it didn't come about. */
export function BatchItems({ items, of }: { items: readonly BatchItem[]; of: BatchState['of'] }) {
  const navigate = useNavigate();
  return (
    <ul className={styles.list} aria-label={batchWords.list}>
      {inOrder(items).map(({ id, subject, state, step, failure }) => {
        const why = state === 'failed' && failure ? failureMessage(failure) : null;
        return (
          <li key={id} className={styles.item} aria-label={subject}>
            <div className={styles.text}>
              <p className={styles.subject}>{subject}</p>
              {why && (
                <>
                  <p>{why.happened}</p>
                  <p>{why.todo}</p>
                </>
              )}
            </div>
            <div className={styles.side}>
              <Status {...itemLook[state]}>
                {state === 'running' && step ? signingSteps[step] : batchItemStates[state]}
              </Status>
              {state === 'failed' && (
                <ActionButton
                  look="quiet"
                  onPress={() => void navigate(`/${of === 'files' ? 'file' : 'document'}/${id}`)}
                >
                  {batchWords.open}
                </ActionButton>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
