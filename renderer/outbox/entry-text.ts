import type { OutboxEntry } from '../../contract/desktop.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { instantText } from '../words/format.ts';
import { outboxWords } from '../words/screens.ts';
import { outboxHints, outboxStates } from '../words/vi.ts';

const looks: Record<OutboxEntry['state'], { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'doubt', icon: 'clock' },
  sending: { tone: 'info', icon: 'send' },
  outcomeUnknown: { tone: 'doubt', icon: 'question' },
  confirmed: { tone: 'good', icon: 'check' },
  needsAttention: { tone: 'bad', icon: 'alert' },
};

export interface EntryText {
  state: string;
  tone: Tone;
  icon: IconName;
  /** One or more sentences: why it stands there, and what comes next. */
  sentences: readonly string[];
}

/** Where an act stands on its way to the server, in words. */
export function entryText(entry: Pick<OutboxEntry, 'state' | 'failure' | 'confirmedAt'>): EntryText {
  const look = { state: outboxStates[entry.state], ...looks[entry.state] };
  if (entry.state === 'confirmed') {
    const { confirmedAt } = entry;
    return {
      ...look,
      sentences: [
        confirmedAt ? `${outboxWords.confirmed(instantText(confirmedAt))}.` : outboxHints.confirmed,
      ],
    };
  }
  if (!entry.failure || entry.state === 'sending') return { ...look, sentences: [outboxHints[entry.state]] };
  const { happened, why, todo } = failureMessage(entry.failure);
  // An outcome that isn't known yet is no failure of the line alone: its own words come first.
  if (entry.state === 'outcomeUnknown') return { ...look, sentences: [outboxHints.outcomeUnknown] };
  return entry.state === 'waiting'
    ? { ...look, sentences: [happened, outboxHints.waiting] }
    : { ...look, sentences: [happened, why, todo] };
}
