import type { DeskDocument, SessionState } from '../../contract/desktop.ts';
import type { ShownDocument, ShownFile } from '../../contract/shown.ts';
import type { DocumentAct } from '../core/act-board.ts';
import { dialogWords } from '../words/screens.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { RegisterDialog } from './RegisterDialog.tsx';
import { SignDialog } from './SignDialog.tsx';

interface ActDialogProps {
  act: DocumentAct;
  /** What was on the screen when the person pressed. */
  shown: ShownDocument;
  document: DeskDocument;
  session: Extract<SessionState, { status: 'signedIn' }>;
  confirmVerdict: boolean;
  /** Registers in spite of what the gate found. */
  isOverride: boolean;
  onClose(): void;
}

/** Asks for what an act needs: a PIN, a reason, a yes. No act is done without one of these dialogs. */
export function ActDialog(props: ActDialogProps) {
  const { act, document, session, shown, confirmVerdict, isOverride, onClose } = props;
  switch (act) {
    case 'approve':
    case 'seal': {
      const wanted = act === 'approve' ? session.key : null;
      return isFile(shown) ? <SignDialog {...{ act, document, shown, wanted, onClose }} /> : null;
    }
    case 'assignNumber':
      return (
        <ConfirmDialog
          act="assignNumber"
          document={document}
          title={dialogWords.numberTitle}
          confirm={dialogWords.numberConfirm}
          perform={(client, id) => client.documents.assignNumber({ id, shown })}
          onClose={onClose}
        >
          <p>{dialogWords.numberText}</p>
        </ConfirmDialog>
      );
    case 'issue':
      return isFile(shown) ? <IssueDialog document={document} shown={shown} onClose={onClose} /> : null;
    case 'register':
      if (isOverride)
        return <ReasonDialog act="register" document={document} shown={shown} onClose={onClose} />;
      return <RegisterDialog document={document} shown={shown} doubtful={confirmVerdict} onClose={onClose} />;
    case 'return':
    case 'refuse':
      return <ReasonDialog act={act} document={document} shown={shown} onClose={onClose} />;
  }
}

/** The buttons of acts that put a signature under a file can't be pressed before a page of it is drawn. */
function isFile(shown: ShownDocument): shown is ShownFile {
  return shown.digest !== null;
}
