import type { DeskDocument } from '../../contract/desktop.ts';
import type { ShownFile } from '../../contract/shown.ts';
import { dialogWords, documentWords } from '../words/screens.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import styles from './IssueDialog.module.css';

interface IssueDialogProps {
  document: DeskDocument;
  shown: ShownFile;
  onClose(): void;
}

/** Shows where the document goes before it goes there. */
export function IssueDialog({ document, shown, onClose }: IssueDialogProps) {
  const agencies =
    document.document.kind === 'outgoing' ? document.document.recipients.map(({ agency }) => agency) : [];
  return (
    <ConfirmDialog
      act="issue"
      document={document}
      title={dialogWords.issueTitle}
      confirm={dialogWords.issueConfirm(agencies.length)}
      perform={(client, id) =>
        client.documents.issue({ id, shown, recipients: agencies.map(({ code }) => code) })
      }
      onClose={onClose}
    >
      <p>{dialogWords.issueText}</p>
      <ul className={styles.list} aria-label={documentWords.deliveries}>
        {agencies.map(({ code, name }) => (
          <li key={code} className={styles.agency}>
            {name} <span className={styles.code}>{code}</span>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
