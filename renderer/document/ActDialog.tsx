import type { DeskDocument, SessionState } from '../../contract/desktop.ts';
import type { DocumentAct } from '../core/act-board.ts';
import { dialogWords } from '../words/screens.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { RegisterDialog } from './RegisterDialog.tsx';
import { SignDialog } from './SignDialog.tsx';

interface ActDialogProps {
  act: DocumentAct;
  document: DeskDocument;
  session: Extract<SessionState, { status: 'signedIn' }>;
  confirmVerdict: boolean;
  /** Registers in spite of what the gate found. */
  isOverride: boolean;
  onClose(): void;
}

/** Asks for what an act needs: a PIN, a reason, a yes. No act is done without one of these dialogs. */
export function ActDialog({ act, document, session, confirmVerdict, isOverride, onClose }: ActDialogProps) {
  switch (act) {
    case 'approve':
      return <SignDialog act="approve" document={document} wanted={session.key} onClose={onClose} />;
    case 'seal':
      return <SignDialog act="seal" document={document} wanted={null} onClose={onClose} />;
    case 'assignNumber':
      return (
        <ConfirmDialog
          act="assignNumber"
          document={document}
          title={dialogWords.numberTitle}
          confirm={dialogWords.numberConfirm}
          perform={(client, id) => client.documents.assignNumber({ id })}
          onClose={onClose}
        >
          <p>{dialogWords.numberText}</p>
        </ConfirmDialog>
      );
    case 'issue':
      return <IssueDialog document={document} onClose={onClose} />;
    case 'register':
      if (isOverride) return <ReasonDialog act="register" document={document} onClose={onClose} />;
      return <RegisterDialog document={document} doubtful={confirmVerdict} onClose={onClose} />;
    case 'return':
    case 'refuse':
      return <ReasonDialog act={act} document={document} onClose={onClose} />;
  }
}
