import { blockingFinding, type FileFinding } from '../../contract/file-finding.ts';
import { findingSentence } from '../../contract/messages/message.ts';
import { Banner } from '../ui/Banner.tsx';
import { findingWords } from '../words/finding.ts';
import styles from './Panel.module.css';

/**
 * What about a file could deceive whoever looks at it, a sentence each: before somebody signs, and beside a verdict.
 * Nothing where there is nothing.
 */
export function FindingsNotice({ findings = [] }: { findings?: readonly FileFinding[] | undefined }) {
  if (findings.length === 0) return null;
  const isClosed = blockingFinding(findings) !== null;
  return (
    <Banner tone={isClosed ? 'bad' : 'doubt'} title={isClosed ? findingWords.closed : findingWords.warned}>
      <FindingList findings={findings} />
    </Banner>
  );
}

/** The sentences alone. */
export function FindingList({ findings }: { findings: readonly FileFinding[] }) {
  const sentences = [...new Set(findings.map((finding) => findingSentence(finding)))];
  return (
    <ul className={styles.findings}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
