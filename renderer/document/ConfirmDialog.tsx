import type { ReactNode } from 'react';
import type { DeskDocument } from '../../contract/desktop.ts';
import type { DocumentAct } from '../core/act-board.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { common } from '../words/screens.ts';
import { checkedDocument } from './checked-file.ts';
import { DocumentName } from './DocumentName.tsx';
import { type Perform, useAct } from './use-act.ts';

interface ConfirmDialogProps {
  act: DocumentAct;
  document: DeskDocument;
  title: string;
  confirm: string;
  perform: Perform;
  children: ReactNode;
  onClose(): void;
}

/** A yes before an act that can't be taken back. */
export function ConfirmDialog({
  act,
  document,
  title,
  confirm,
  perform,
  children,
  onClose,
}: ConfirmDialogProps) {
  const run = useAct(document);
  const go = () => {
    run(act, () => Promise.resolve(perform));
    onClose();
  };
  return (
    <DialogFrame
      title={title}
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton look="primary" onPress={go}>
            {confirm}
          </ActionButton>
        </>
      }
    >
      <DocumentName of={checkedDocument(document)} />
      {children}
    </DialogFrame>
  );
}
