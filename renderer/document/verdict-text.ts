import { findingSentence, reasonSentences, verdictText } from '../../contract/messages/message.ts';
import {
  reportTime,
  signatureTitle,
  verdictAdvice,
  verdictSentence,
} from '../../contract/messages/verdict-report.ts';
import { quoted } from '../../contract/plain-text.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import { documentWords } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import type { CheckedFile } from './checked-file.ts';

/** The verdict with its reasons as text, to be pasted into a message to whoever sent or signed the document. */
export function verdictAsText(
  { subject, origin }: Pick<CheckedFile, 'subject' | 'origin'>,
  report: VerificationReport,
): string {
  const advice = verdictAdvice(report);
  return [
    subject,
    origin,
    '',
    verdictSentence(report),
    ...(advice ? [advice] : []),
    ...report.signatures.map((signature, index) => {
      const { signer, verdict, reasons } = signature;
      const name = signer?.subject ? quoted(signer.subject) : documentWords.unknownSigner;
      const said = reasonSentences(reasons)
        .map((sentence) => ` ${sentence}`)
        .join('');
      return `${signatureTitle(signature, index + 1)}, ${name}: ${verdictText(verdict).word}.${said}`;
    }),
    ...(report.findings ?? []).map((finding) => findingSentence(finding)),
    ...(report.checkedAt ? [`${verdictWords.checkedAt(reportTime(report.checkedAt, 'vi'))}.`] : []),
  ].join('\n');
}
