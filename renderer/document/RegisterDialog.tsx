import type { DeskDocument } from '../../contract/desktop.ts';
import { findingsThat } from '../../contract/gate.ts';
import { gateSentence, reasonSentences, verdictText } from '../../contract/messages/message.ts';
import type { ShownDocument } from '../../contract/shown.ts';
import { Banner } from '../ui/Banner.tsx';
import { dialogWords } from '../words/screens.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';

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
  const doubts = [
    ...new Set([
      ...findingsThat('doubts', document.gate ?? []).map((finding) => gateSentence(finding)),
      ...signatures.flatMap(({ reasons }) => reasonSentences(reasons)),
    ]),
  ];
  return (
    <ConfirmDialog
      act="register"
      document={document}
      title={dialogWords.registerTitle}
      confirm={doubtful ? dialogWords.registerAnyway : dialogWords.registerConfirm}
      perform={(client, id) => client.documents.register({ id, shown })}
      onClose={onClose}
    >
      {doubtful ? (
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
