import { useId } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import { technicalReport } from '../token/technical-report.ts';
import { Icon } from '../ui/Icon.tsx';
import { helpWords } from '../words/token.ts';
import { SaveDiagnosis } from './SaveDiagnosis.tsx';
import styles from './TokenHelp.module.css';

/** The same findings to be sent to whoever looks after the computer: as a file, or as text where only that can be sent. */
export function TechnicalReport({ tokens }: { tokens: TokenState }) {
  const id = useId();
  return (
    <section className={styles.section} aria-label={helpWords.send}>
      <h3>{helpWords.send}</h3>
      <p className={styles.quiet}>{helpWords.sendHint}</p>
      <SaveDiagnosis />
      <details className={styles.details}>
        <summary>
          <Icon name="chevronRight" size={1} />
          {helpWords.report}
        </summary>
        <p id={id} className={styles.quiet}>
          {helpWords.reportHint}
        </p>
        <textarea
          className={styles.report}
          readOnly
          rows={8}
          aria-label={helpWords.report}
          aria-describedby={id}
          value={technicalReport(tokens)}
        />
      </details>
    </section>
  );
}
