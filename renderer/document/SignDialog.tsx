import { type FormEvent, useId } from 'react';
import type { DeskDocument, TokenState } from '../../contract/desktop.ts';
import { verdictText } from '../../contract/messages/message.ts';
import type { KeyReference } from '../../contract/token.ts';
import { useActs } from '../core/desk-context.ts';
import { useStanding, useTokens } from '../core/queries.ts';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { common, dialogWords } from '../words/screens.ts';
import { DocumentName } from './DocumentName.tsx';
import styles from './SignDialog.module.css';
import { useAct } from './use-act.ts';

interface SignDialogProps {
  act: 'approve' | 'seal';
  document: DeskDocument;
  /** The key to offer first where several would do. */
  wanted: KeyReference | null;
  onClose(): void;
}

const words = {
  approve: { title: dialogWords.approveTitle, confirm: dialogWords.approveConfirm },
  seal: { title: dialogWords.sealTitle, confirm: dialogWords.sealConfirm },
} as const;

/** Which document, whose certificate, which PIN; then the dialog is gone and the window free while the token works. */
export function SignDialog(props: SignDialogProps) {
  const tokens = useTokens().data;
  return tokens ? <Form {...props} tokens={tokens} /> : null;
}

function Form({ act, document, wanted, onClose, tokens }: SignDialogProps & { tokens: TokenState }) {
  const status = useActs().get(document.document.id);
  // A key that asks for its PIN with each signature fails so although the login stands.
  const again =
    status?.kind === 'failed' &&
    ['pin-missing', 'login-required', 'pin-incorrect'].includes(status.failure.code);
  const entry = useKeyEntry(tokens, act, { wanted, again });
  // Asked while the person reads; a revoked certificate signs nothing, so its PIN isn't asked for in vain.
  const refused = useStanding(entry.chosen?.key ?? null).data?.state === 'refused';
  const run = useAct(document);
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const taken = refused ? null : entry.take();
    if (!taken) return;
    run(act, async () => {
      const use = await taken.use;
      return (client, id) =>
        act === 'approve' ? client.documents.approve({ id, use }) : client.documents.seal({ id, use });
    });
    onClose();
  };
  const doubtful = document.verification?.verdict === 'indeterminate';
  return (
    <DialogFrame
      title={words[act].title}
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton type="submit" form={formId} look="primary" isDisabled={!entry.usable || refused}>
            {words[act].confirm}
          </ActionButton>
        </>
      }
    >
      <DocumentName document={document} />
      {doubtful && <Banner tone="doubt" title={verdictText('indeterminate').sentence} />}
      <form id={formId} className={styles.form} onSubmit={submit} noValidate>
        <KeyEntryFields purpose={act} entry={entry} />
      </form>
    </DialogFrame>
  );
}
