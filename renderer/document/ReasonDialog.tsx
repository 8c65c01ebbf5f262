import { type FormEvent, useId, useRef, useState } from 'react';
import type { DeskDocument } from '../../contract/desktop.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { common, dialogWords } from '../words/screens.ts';
import { actLabels } from '../words/vi.ts';
import { DocumentName } from './DocumentName.tsx';
import styles from './ReasonDialog.module.css';
import { useAct } from './use-act.ts';

interface ReasonDialogProps {
  act: 'return' | 'refuse';
  document: DeskDocument;
  onClose(): void;
}

/** Giving a document back always takes a reason: whoever gets it must know what to mend. */
export function ReasonDialog({ act, document, onClose }: ReasonDialogProps) {
  const run = useAct(document);
  const field = useRef<HTMLTextAreaElement>(null);
  const [missing, setMissing] = useState(false);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reason = field.current?.value.trim() ?? '';
    setMissing(reason === '');
    if (reason === '') {
      field.current?.focus();
      return;
    }
    run(act, () =>
      Promise.resolve((client, documentId) =>
        act === 'return'
          ? client.documents.return({ id: documentId, reason })
          : client.documents.refuse({ id: documentId, reason }),
      ),
    );
    onClose();
  };
  return (
    <DialogFrame
      title={act === 'return' ? dialogWords.returnTitle : dialogWords.refuseTitle}
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton look="danger" type="submit" form={`${id}-form`}>
            {actLabels[act]}
          </ActionButton>
        </>
      }
    >
      <DocumentName document={document} />
      <form id={`${id}-form`} className={styles.form} onSubmit={submit} noValidate>
        <label htmlFor={id} className={styles.label}>
          {dialogWords.reasonLabel}
        </label>
        <textarea
          id={id}
          ref={field}
          className={styles.field}
          rows={4}
          maxLength={2000}
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          aria-invalid={missing}
        />
        <p id={`${id}-hint`} className={missing ? styles.missing : styles.hint} role="status">
          {missing ? dialogWords.reasonMissing : dialogWords.reasonHint}
        </p>
      </form>
    </DialogFrame>
  );
}
