import type { ConsentDocument } from '../../contract/consent.ts';
import type { Failure } from '../../contract/failure.ts';
import { failureMessage, findingSentence, verdictText } from '../../contract/messages/message.ts';
import { Banner } from '../ui/Banner.tsx';
import { consentWords } from '../words/consent.ts';

interface NotesProps {
  document: ConsentDocument;
  /** What there is to know of the certificate. */
  warning: Failure | null;
}

/** Whether whoever signs this document has something to know first. */
export function isNoted({ findings, doubtful, unapproved }: ConsentDocument): boolean {
  return findings.length > 0 || doubtful || unapproved === true;
}

/**
 * What a person must know before they sign: of the document, and of the certificate. In our words alone, never in the
 * file's.
 */
export function Notes({ document, warning }: NotesProps) {
  const sentences = [
    ...document.findings.map((finding) => findingSentence(finding)),
    ...(document.unapproved ? [consentWords.unapproved] : []),
    ...(document.doubtful ? [verdictText('indeterminate').sentence] : []),
    ...(warning ? [failureMessage(warning).happened] : []),
  ];
  const different = [...new Set(sentences)];
  if (different.length === 0) return null;
  return (
    <Banner tone="doubt" title={consentWords.notes}>
      <ul>
        {different.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Banner>
  );
}
