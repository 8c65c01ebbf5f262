import type { TokenState } from '../../contract/desktop.ts';
import type { LoginEnd, TokenInfo, TokenReference } from '../../contract/token.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { timeText } from '../words/format.ts';
import { loginEndAdvice, loginEnds } from '../words/token.ts';

export type TokenStanding = 'locked' | 'blank' | 'mustChange' | 'lastTry' | 'open' | 'triesLow' | 'closed';

/** What there is to know first about a token, the most pressing thing before the rest. */
export function tokenStanding({
  flags,
  loggedIn,
  initialised,
}: Pick<TokenInfo, 'flags' | 'loggedIn' | 'initialised'>): TokenStanding {
  if (flags.pinLocked) return 'locked';
  if (initialised === false) return 'blank';
  if (flags.pinToBeChanged) return 'mustChange';
  if (loggedIn) return 'open';
  if (flags.pinFinalTry) return 'lastTry';
  return flags.pinCountLow ? 'triesLow' : 'closed';
}

/** Picture and colour of each; the word is in `tokenStandings`. */
export const standingLook: Record<TokenStanding, { tone: Tone; icon: IconName }> = {
  locked: { tone: 'bad', icon: 'lock' },
  blank: { tone: 'bad', icon: 'cross' },
  mustChange: { tone: 'doubt', icon: 'alert' },
  lastTry: { tone: 'bad', icon: 'alert' },
  open: { tone: 'good', icon: 'check' },
  triesLow: { tone: 'doubt', icon: 'alert' },
  closed: { tone: 'info', icon: 'token' },
};

/** Why the PIN is asked for again; null where no login has ended, or the person ended it themselves. */
export function loginEndSentence(end: LoginEnd | null | undefined): string | null {
  if (!end || end.reason === 'asked') return null;
  return `${loginEnds[end.reason](timeText(end.at))} ${loginEndAdvice}`;
}

/** Tokens that want another PIN before they sign. */
export function tokensToChange({ modules }: TokenState): TokenReference[] {
  return modules.flatMap(({ path, tokens }) =>
    tokens
      .filter((token) => tokenStanding(token) === 'mustChange')
      .map(({ serial }) => ({ modulePath: path, tokenSerial: serial })),
  );
}
