import type { CheckedFile } from './checked-file.ts';
import styles from './DocumentName.module.css';

/** Which document a dialog is about, so that nothing is signed by mistake. */
export function DocumentName({
  of: { subject, above, below },
}: {
  of: Pick<CheckedFile, 'subject' | 'above' | 'below'>;
}) {
  return (
    <div className={styles.name}>
      {above && <p className={styles.type}>{above}</p>}
      <p className={styles.subject}>{subject}</p>
      {below && <p className={styles.type}>{below}</p>}
    </div>
  );
}
