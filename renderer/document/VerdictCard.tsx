import { verdictAdvice, verdictSentence } from '../../contract/messages/verdict-report.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import { Banner } from '../ui/Banner.tsx';
import { verdictLook } from '../ui/verdict-look.ts';
import { instantText } from '../words/format.ts';
import { verdictWords } from '../words/verdict.ts';
import styles from './Panel.module.css';

/** What was found, why, and what to do now. */
export function VerdictCard({ report }: { report: VerificationReport }) {
  const { tone, icon } = verdictLook[report.verdict];
  const advice = verdictAdvice(report);
  return (
    <Banner tone={tone} icon={icon} title={verdictSentence(report)}>
      {advice && <p>{advice}</p>}
      {report.checkedAt && (
        <p className={styles.quiet}>{verdictWords.checkedAt(instantText(report.checkedAt))}</p>
      )}
    </Banner>
  );
}
