import type { DocumentCard } from '../../contract/desktop.ts';
import { deliveryState, outgoingState, urgency } from '../../contract/document.ts';
import { verdictText } from '../../contract/messages/message.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { verdictLook } from '../ui/verdict-look.ts';
import { gateWords } from '../words/gate.ts';
import { listWords } from '../words/screens.ts';
import { incomingStates, outboxStates, outgoingStates, urgencyNames } from '../words/vi.ts';

export interface Look {
  word: string;
  tone: Tone;
  icon: IconName;
}

const outgoingLook: Record<string, Pick<Look, 'tone' | 'icon'>> = {
  awaitingSignature: { tone: 'info', icon: 'sign' },
  awaitingNumber: { tone: 'info', icon: 'clock' },
  awaitingSeal: { tone: 'info', icon: 'seal' },
  issued: { tone: 'good', icon: 'check' },
  returned: { tone: 'doubt', icon: 'back' },
};

const incomingLook: Record<string, Pick<Look, 'tone' | 'icon'>> = {
  sent: { tone: 'info', icon: 'inbox' },
  arrived: { tone: 'info', icon: 'clock' },
  registered: { tone: 'good', icon: 'check' },
  refused: { tone: 'doubt', icon: 'back' },
};

/** A document's state in a word; one that this version doesn't know is shown as it came rather than hidden. */
export function stateLook({ kind, state }: Pick<DocumentCard, 'kind' | 'state'>): Look {
  const fallback = { tone: 'quiet', icon: 'document' } as const;
  if (kind === 'outgoing') {
    const known = outgoingState.safeParse(state);
    return {
      word: known.success ? outgoingStates[known.data] : state,
      ...(outgoingLook[state] ?? fallback),
    };
  }
  const known = deliveryState.safeParse(state);
  return { word: known.success ? incomingStates[known.data] : state, ...(incomingLook[state] ?? fallback) };
}

/** What is still on its way to the server, or stuck; null where all is confirmed. */
export function pendingLook(pending: DocumentCard['pending']): Look | null {
  switch (pending) {
    case null:
    case 'confirmed':
      return null;
    case 'needsAttention':
      return { word: outboxStates[pending], tone: 'bad', icon: 'alert' };
    case 'outcomeUnknown':
      return { word: outboxStates[pending], tone: 'doubt', icon: 'question' };
    case 'waiting':
      return { word: outboxStates[pending], tone: 'doubt', icon: 'clock' };
    case 'sending':
      return { word: outboxStates[pending], tone: 'info', icon: 'send' };
  }
}

/**
 * What a list says of a document's signatures: of each that waits to be registered, since that is what it waits for, and of others
 * what keeps them from being signed. A draft that nobody has signed is as it should be.
 */
export function signaturesLook({
  task,
  verdict,
  gateClosed = false,
}: Pick<DocumentCard, 'task' | 'verdict' | 'gateClosed'>): Look | null {
  if (task === 'none') return null;
  const isArrival = task === 'register';
  if (verdict === null) return isArrival ? { word: gateWords.unchecked, tone: 'quiet', icon: 'clock' } : null;
  if (verdict === 'unsigned' && !isArrival) return null;
  const look = { ...verdictLook[verdict], word: verdictText(verdict).word };
  if (!gateClosed) return look;
  // A valid signature isn't enough where another one is missing.
  return verdict === 'valid'
    ? { tone: 'bad', icon: 'alert', word: gateWords.incomplete }
    : { ...look, tone: 'bad' };
}

/** All that a row says by pictures and colours: where the document stands, its signatures, what is on its way. */
export function looksOf(card: DocumentCard): Look[] {
  return [stateLook(card), signaturesLook(card), pendingLook(card.pending)].filter((look) => look !== null);
}

/** A row as it is read out: the subject first, as in the list, then what a glance would tell. */
export function rowName(card: DocumentCard): string {
  const words = looksOf(card).map(({ word }) => word);
  const number = card.referenceCode ? listWords.number(card.referenceCode) : listWords.noNumber;
  return [card.subject, urgencyWord(card.urgency), number, ...words].filter(Boolean).join(', ');
}

/** The urgency's name where it is above the ordinary. */
export function urgencyWord(value: string): string | null {
  const known = urgency.safeParse(value);
  if (!known.success) return value;
  return known.data === 'normal' ? null : urgencyNames[known.data];
}

/** How far a document has come with its recipients. */
export function deliveryCount(deliveries: DocumentCard['deliveries']): {
  all: number;
  registered: number;
  refused: number;
} {
  const count = (state: string) => deliveries.filter((delivery) => delivery.state === state).length;
  return { all: deliveries.length, registered: count('registered'), refused: count('refused') };
}
