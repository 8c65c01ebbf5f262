import { useId } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import { technicalReport } from '../token/technical-report.ts';
import { Icon } from '../ui/Icon.tsx';
import { helpWords } from '../words/token.ts';
import styles from './TokenHelp.module.css';

/** The same findings as text, to be sent to whoever looks after the computer. */
export function TechnicalReport({ tokens }: { tokens: TokenState }) {
  const id = useId();
  return (
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
  );
}
