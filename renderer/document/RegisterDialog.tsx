import type { DeskDocument } from '../../contract/desktop.ts';
import { findingsThat } from '../../contract/gate.ts';
import { reasonSentences, verdictText } from '../../contract/messages/message.ts';
import type { ShownDocument } from '../../contract/shown.ts';
import { Banner } from '../ui/Banner.tsx';
import { gateWords } from '../words/gate.ts';
import { dialogWords } from '../words/screens.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { GateNotice } from './GateNotice.tsx';

interface RegisterDialogProps {
  document: DeskDocument;
  shown: ShownDocument;
  /** The verdict is "not enough information", or page and data differ: the person decides, and has to say so. */
  doubtful: boolean;
  onClose(): void;
}

/** Receiving and registering, with the doubts about the signatures before the eyes of whoever answers for it. */
export function RegisterDialog({ document, shown, doubtful, onClose }: RegisterDialogProps) {
  const signatures = document.verification?.signatures ?? [];
  const isOpen = document.verification?.verdict === 'indeterminate';
  const doubts = [...new Set(signatures.flatMap(({ reasons }) => reasonSentences(reasons)))];
  const differences = findingsThat('doubts', document.gate ?? []);
  return (
    <ConfirmDialog
      act="register"
      document={document}
      title={dialogWords.registerTitle}
      confirm={doubtful ? dialogWords.registerAnyway : dialogWords.registerConfirm}
      perform={(client, id) => client.documents.register({ id, shown })}
      onClose={onClose}
    >
      <GateNotice tone="doubt" findings={differences} title={gateWords.differs} />
      {isOpen ? (
        <Banner tone="doubt" title={dialogWords.registerDoubt}>
          {doubts.length === 0 && <p>{verdictText('indeterminate').sentence}</p>}
          {doubts.map((doubt) => (
            <p key={doubt}>{doubt}</p>
          ))}
        </Banner>
      ) : null}
      <p>{dialogWords.registerText}</p>
    </ConfirmDialog>
  );
}
