import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import type { TokenStep } from '../../contract/token.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { careWords, stepTitles, stepWords } from '../words/token.ts';
import { isForSigning } from './key-choice.ts';

export interface Look {
  tone: Tone;
  icon: IconName;
  word: string;
}

/** A last try doesn't keep anybody from signing; they must only know of it. */
function isOnlyRisky({ failure }: TokenStep): boolean {
  return failure?.code === 'pin-last-try';
}

/** The step that signing gets stuck at, with its number from 1; null where nothing is wrong. */
export function stuckAt(steps: readonly TokenStep[]): { step: TokenStep; number: number } | null {
  const index = steps.findIndex((step) => step.state === 'failed' && !isOnlyRisky(step));
  const step = steps[index];
  return step ? { step, number: index + 1 } : null;
}

/** A step's state in picture, word and colour. */
export function stepLook(step: TokenStep, steps: readonly TokenStep[]): Look {
  switch (step.state) {
    case 'done':
      return { tone: 'good', icon: 'check', word: stepWords.done };
    case 'failed':
      return isOnlyRisky(step)
        ? { tone: 'doubt', icon: 'alert', word: stepWords.attention }
        : { tone: 'bad', icon: 'cross', word: stepWords.failed };
    case 'waiting': {
      const ready = step.step === 'login' && stuckAt(steps) === null;
      return ready
        ? { tone: 'info', icon: 'question', word: stepWords.ready }
        : { tone: 'quiet', icon: 'question', word: stepWords.waiting };
    }
  }
}

/** Whether signing would work now, in one line. */
export function headline(steps: readonly TokenStep[]): { tone: Tone; title: string } {
  if (steps.length === 0) return { tone: 'quiet', title: stepWords.unknown };
  const stuck = stuckAt(steps);
  if (stuck) return { tone: 'bad', title: stepWords.stuck(stuck.number, stepTitles[stuck.step.step]) };
  if (steps.some(isOnlyRisky)) return { tone: 'doubt', title: stepWords.lastTry };
  const open = steps.every(({ state }) => state === 'done');
  return { tone: 'good', title: open ? stepWords.open : stepWords.readyToSign };
}

/** Which step fails and how, for screens that have room for one sentence; null where none does. */
export function stuckSentence({ steps = [] }: TokenState): string | null {
  const stuck = stuckAt(steps);
  if (!stuck?.step.failure) return null;
  return stepWords.stuckSentence(stuck.number, steps.length, failureMessage(stuck.step.failure).happened);
}

export interface Trouble {
  subject: string;
  failure: Failure;
}

/**
 * What is wrong beside the road that the steps tell of: another token that is blank or locked, a reader that can't be
 * read, a certificate out of date. A good token must not hide a bad one, nor the other way round.
 */
export function otherTroubles({ modules, steps = [] }: TokenState): Trouble[] {
  const tokens = modules.flatMap((module) => module.tokens);
  const found = [
    ...modules.flatMap(({ readers = [] }) =>
      readers.flatMap(({ description, failure }) => (failure ? [{ subject: description, failure }] : [])),
    ),
    ...tokens.flatMap((token): Trouble[] => {
      const subject = token.label || careWords.unnamed;
      const because = (code: Failure['code']) => [
        { subject, failure: { code, params: { token: token.label }, retryable: false } },
      ];
      if (token.flags.pinLocked) return because('token-locked');
      if (token.initialised === false) return because('token-uninitialised');
      if (token.certificates.length === 0) return because('token-empty');
      return token.certificates
        .filter(isForSigning)
        .flatMap(({ subject: holder, refusal }) => (refusal ? [{ subject: holder, failure: refusal }] : []));
    }),
  ];
  const told = new Set(steps.map(({ failure, subject }) => `${failure?.code} ${subject}`));
  return found.filter(({ failure, subject }) => !told.has(`${failure.code} ${subject}`));
}
