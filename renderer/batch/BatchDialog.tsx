import { type FormEvent, useId } from 'react';
import type { DocumentCard, TokenState } from '../../contract/desktop.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';
import type { KeyReference } from '../../contract/token.ts';
import { type BatchItemChoice, isUnsound } from '../boxes/batch-choice.ts';
import { useStanding, useTokens } from '../core/queries.ts';
import { FindingList } from '../document/FindingsNotice.tsx';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { batchConfirms, batchTitles, batchWords } from '../words/batch.ts';
import { common } from '../words/screens.ts';
import styles from './BatchScreen.module.css';
import { useBatchStart } from './use-batch-start.ts';

interface BatchDialogProps {
  act: DocumentSigningAct;
  /** As the list showed them when the person pressed. */
  chosen: readonly BatchItemChoice[];
  /** As they stand meanwhile. */
  cards: readonly DocumentCard[];
  /** The key to offer first where several would do. */
  wanted: KeyReference | null;
  onStarted(): void;
  onClose(): void;
}

/**
 * Which documents, and whose certificate: one for them all. Stays open until the person has confirmed and the token
 * is open.
 */
export function BatchDialog(props: BatchDialogProps) {
  const tokens = useTokens().data;
  return tokens ? <Form {...props} tokens={tokens} /> : null;
}

function Form(props: BatchDialogProps & { tokens: TokenState }) {
  const { act, chosen, cards, wanted, onStarted, onClose, tokens } = props;
  const { failure, starting, start } = useBatchStart(onStarted);
  const entry = useKeyEntry(tokens, act, { wanted });
  const refused = useStanding(entry.chosen?.key ?? null).data?.state === 'refused';
  const sound = cards.filter((card) => !isUnsound(card));
  const formId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const taken = starting || refused ? null : entry.take();
    if (!taken) return;
    const items = chosen.filter((item) => sound.some(({ id }) => id === item.id));
    const use = { key: taken.key };
    await start((client, options) => client.batch.start({ act, items, use }, options), 'documents');
  };
  // While the token is asked there is nothing to go back from.
  const close = () => {
    if (!starting) onClose();
  };
  return (
    <DialogFrame
      title={batchTitles[act](sound.length)}
      onClose={close}
      actions={
        <>
          <ActionButton onPress={close} isDisabled={starting}>
            {common.cancel}
          </ActionButton>
          <ActionButton
            type="submit"
            form={formId}
            look="primary"
            isDisabled={!entry.usable || refused || sound.length === 0}
            isPending={starting}
          >
            {starting ? batchWords.starting : batchConfirms[act](sound.length)}
          </ActionButton>
        </>
      }
    >
      {failure && <FailureBanner failure={failure} heading={batchWords.startFailed} />}
      <ul className={styles.subjects} aria-label={batchWords.list}>
        {sound.map(({ id, subject, findings }) => (
          <li key={id}>
            {subject}
            {findings && <FindingList findings={findings} />}
          </li>
        ))}
      </ul>
      {sound.length < cards.length && (
        <Banner tone="bad" title={batchWords.leftOut} announce>
          <ul>
            {cards.filter(isUnsound).map(({ id, subject }) => (
              <li key={id}>{subject}</li>
            ))}
          </ul>
        </Banner>
      )}
      <form id={formId} className={styles.form} onSubmit={submit} noValidate>
        <KeyEntryFields purpose={act} entry={entry} />
      </form>
    </DialogFrame>
  );
}
