import type { DeskDocument } from '../../contract/desktop.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import type { Tone } from '../ui/Status.tsx';
import { stampWords } from '../words/verdict.ts';

export interface StampLine {
  tone: Tone;
  title: string;
  sentences: readonly string[];
}

/**
 * Whether a document that was sealed here still gets its time stamp, and what it means where the service doesn't answer; null
 * where there is nothing to say.
 */
export function stampLine({
  timeStamp,
  document,
}: Pick<DeskDocument, 'timeStamp' | 'document'>): StampLine | null {
  if (!timeStamp) return null;
  const { state, failure } = timeStamp;
  const isSent = document.kind !== 'outgoing' || document.state === 'issued';
  if (state === 'givenUp' || isSent) {
    // What went out first keeps its signatures as they were: no fault of the service's.
    const isTooLate = isSent || failure?.code === 'timestamp-too-late';
    const why = isTooLate ? stampWords.tooLate : failure && failureMessage(failure).why;
    return {
      tone: 'doubt',
      title: stampWords.without,
      sentences: [...(why ? [why] : []), stampWords.withoutHint],
    };
  }
  if (!failure) return { tone: 'info', title: stampWords.underWay, sentences: [stampWords.hint] };
  return {
    tone: 'doubt',
    title: stampWords.again,
    sentences: [failureMessage(failure).why, stampWords.hint],
  };
}
