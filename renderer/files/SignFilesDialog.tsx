import { type FormEvent, useId, useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import type { LocalFileCard } from '../../contract/local-file.ts';
import batchStyles from '../batch/BatchScreen.module.css';
import { useBatchStart } from '../batch/use-batch-start.ts';
import { useStanding, useTokens } from '../core/queries.ts';
import { FindingList } from '../document/FindingsNotice.tsx';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { fileWords } from '../words/local-file.ts';
import { common } from '../words/screens.ts';
import { StampFields } from './StampFields.tsx';
import { useStampWish } from './use-stamp-wish.ts';

interface SignFilesDialogProps {
  /** As the list showed them when the person pressed. */
  files: readonly LocalFileCard[];
  onStarted(): void;
  onClose(): void;
}

/** One stamp and one certificate for many files; stays open until the person has confirmed and the token is open. */
export function SignFilesDialog(props: SignFilesDialogProps) {
  const tokens = useTokens().data;
  return tokens ? <Form {...props} tokens={tokens} /> : null;
}

function Form({ files, onStarted, onClose, tokens }: SignFilesDialogProps & { tokens: TokenState }) {
  const { failure, starting, start } = useBatchStart(onStarted);
  const { act, typed, wish, choose, setTyped } = useStampWish(tokens);
  const entry = useKeyEntry(tokens, act);
  const refused = useStanding(entry.chosen?.key ?? null).data?.state === 'refused';
  const [isIncomplete, setIncomplete] = useState(false);
  const formId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIncomplete(wish === null);
    const taken = starting || refused || wish === null ? null : entry.take();
    if (!taken || wish === null) return;
    const items = files.flatMap(({ id, digest }) => (digest ? [{ id, digest }] : []));
    await start(
      (client, options) => client.files.signAll({ items, stamp: wish, key: taken.key }, options),
      'files',
    );
  };
  // While the token is asked there is nothing to go back from.
  const close = () => {
    if (!starting) onClose();
  };
  return (
    <DialogFrame
      title={fileWords.dialogMany(files.length)}
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
            isDisabled={!entry.usable || refused}
            isPending={starting}
          >
            {starting ? fileWords.starting : fileWords.confirm}
          </ActionButton>
        </>
      }
    >
      {failure && <FailureBanner failure={failure} heading={fileWords.startFailed} />}
      <ul className={batchStyles.subjects} aria-label={fileWords.list}>
        {files.map(({ id, name, findings }) => (
          <li key={id}>
            {name}
            {findings && <FindingList findings={findings} />}
          </li>
        ))}
      </ul>
      <form id={formId} className={batchStyles.form} onSubmit={submit} noValidate>
        <StampFields act={act} typed={typed} onAct={choose} onTyped={setTyped} />
        {isIncomplete && wish === null && <p role="status">{fileWords.incomplete}</p>}
        <KeyEntryFields purpose={act} entry={entry} />
      </form>
    </DialogFrame>
  );
}
