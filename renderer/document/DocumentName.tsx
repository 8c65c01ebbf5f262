import type { DeskDocument } from '../../contract/desktop.ts';
import { documentWords } from '../words/screens.ts';
import { typeName } from '../words/type-name.ts';
import styles from './DocumentName.module.css';

/** Which document a dialog is about, so that nothing is signed by mistake. */
export function DocumentName({ document: { document } }: { document: DeskDocument }) {
  const number = document.reference?.code;
  return (
    <div className={styles.name}>
      <p className={styles.type}>
        {typeName(document.type)}
        {number && ` · ${documentWords.reference}: ${number}`}
      </p>
      <p className={styles.subject}>{document.subject}</p>
      <p className={styles.type}>{document.issuer.name}</p>
    </div>
  );
}
