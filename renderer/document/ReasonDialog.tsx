import { type FormEvent, useId, useRef, useState } from 'react';
import type { DeskDocument } from '../../contract/desktop.ts';
import { gateWeight } from '../../contract/gate.ts';
import type { ShownDocument } from '../../contract/shown.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { gateWords } from '../words/gate.ts';
import { common, dialogWords } from '../words/screens.ts';
import { actLabels } from '../words/vi.ts';
import { checkedDocument } from './checked-file.ts';
import { DocumentName } from './DocumentName.tsx';
import { firstReason, type ReasonedAct } from './first-reason.ts';
import { GateNotice } from './GateNotice.tsx';
import styles from './ReasonDialog.module.css';
import { type Perform, useAct } from './use-act.ts';

interface ReasonDialogProps {
  act: ReasonedAct;
  document: DeskDocument;
  shown: ShownDocument;
  onClose(): void;
}

const words = {
  return: { title: dialogWords.returnTitle, confirm: actLabels.return, ...reasonWords() },
  refuse: { title: dialogWords.refuseTitle, confirm: actLabels.refuse, ...reasonWords() },
  register: {
    title: gateWords.overrideTitle,
    confirm: gateWords.overrideConfirm,
    label: gateWords.overrideLabel,
    hint: gateWords.overrideHint,
    missing: gateWords.overrideMissing,
  },
};

function reasonWords() {
  return { label: dialogWords.reasonLabel, hint: dialogWords.reasonHint, missing: dialogWords.reasonMissing };
}

function perform(act: ReasonedAct, shown: ShownDocument, reason: string): Perform {
  switch (act) {
    case 'return':
      return (client, id) => client.documents.return({ id, shown, reason });
    case 'refuse':
      return (client, id) => client.documents.refuse({ id, shown, reason });
    case 'register':
      return (client, id) => client.documents.register({ id, shown, override: reason });
  }
}

/**
 * Giving a document back always takes a reason: whoever gets it must know what to mend. What was found is there to
 * begin with. So does registering one that should go back.
 */
export function ReasonDialog({ act, document, shown, onClose }: ReasonDialogProps) {
  const run = useAct(document);
  const field = useRef<HTMLTextAreaElement>(null);
  const [missing, setMissing] = useState(false);
  const id = useId();
  const { title, confirm, label, hint, missing: missingWords } = words[act];
  const findings = (document.gate ?? []).filter((finding) => gateWeight(finding) !== 'notes');
  const number = document.document.reference?.code;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reason = field.current?.value.trim() ?? '';
    setMissing(reason === '');
    if (reason === '') {
      field.current?.focus();
      return;
    }
    run(act, () => Promise.resolve(perform(act, shown, reason)));
    onClose();
  };
  return (
    <DialogFrame
      title={title}
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton look="danger" type="submit" form={`${id}-form`}>
            {confirm}
          </ActionButton>
        </>
      }
    >
      <DocumentName of={checkedDocument(document)} />
      {act === 'return' && (
        <p>
          {dialogWords.returnText} {number && dialogWords.returnNumbered(number)}
        </p>
      )}
      {act === 'register' && <GateNotice findings={findings} title={gateWords.overrideWarning} />}
      <form id={`${id}-form`} className={styles.form} onSubmit={submit} noValidate>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        <textarea
          id={id}
          ref={field}
          className={styles.field}
          rows={4}
          maxLength={2000}
          onInput={() => setMissing(false)}
          defaultValue={firstReason(act, document)}
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          aria-invalid={missing}
        />
        <p id={`${id}-hint`} className={missing ? styles.missing : styles.hint} role="status">
          {missing ? missingWords : hint}
        </p>
      </form>
    </DialogFrame>
  );
}
