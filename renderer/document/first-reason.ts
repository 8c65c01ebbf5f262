import type { DeskDocument } from '../../contract/desktop.ts';
import { type GateFinding, gateWeight } from '../../contract/gate.ts';
import { gateSentence } from '../../contract/messages/message.ts';
import { verdictSentence } from '../../contract/messages/verdict-report.ts';
import type { VerificationReport } from '../../contract/verdict.ts';

/** Acts that take a reason; `register`: in spite of what the gate found. */
export type ReasonedAct = 'return' | 'refuse' | 'register';

/**
 * What stands in the field for the reason to begin with: what was found, in words that help whoever gets the document
 * back. Registering in spite of it takes words of one's own.
 */
export function firstReason(
  act: ReasonedAct,
  { gate, verification }: Pick<DeskDocument, 'gate' | 'verification'>,
): string {
  switch (act) {
    case 'register':
      return '';
    case 'refuse':
      return (gate ?? [])
        .filter((finding) => gateWeight(finding) !== 'notes')
        .map((finding) => findingToSender(finding, verification))
        .join(' ');
    case 'return':
      return verification?.verdict === 'invalid' || verification?.verdict === 'unreadable'
        ? verdictSentence(verification)
        : '';
  }
}

/** Whose signature doesn't hold and why, or why a file can't be read, says more than that it is so. */
function findingToSender(finding: GateFinding, verification: VerificationReport | null): string {
  const { verdict, failure } = verification ?? {};
  const isKnown =
    (finding.code === 'signature-invalid' && verdict === 'invalid') ||
    (finding.code === 'file-unreadable' && verdict === 'unreadable' && failure !== undefined);
  return verification && isKnown ? verdictSentence(verification) : gateSentence(finding);
}
