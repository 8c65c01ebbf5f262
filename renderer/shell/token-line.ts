import type { TokenState } from '../../contract/desktop.ts';
import { type Expiry, expiryLook, expiryOf, isReplaced } from '../token/expiry.ts';
import { allKeys, isForSigning } from '../token/key-choice.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { tokenWords } from '../words/screens.ts';

export interface TokenLine {
  tone: Tone;
  icon: IconName;
  title: string;
  detail: string | null;
}

/** How near the first end is, of those that nothing has replaced. */
function pressingExpiry(state: TokenState, now: Date): Expiry {
  const ends = allKeys(state).flatMap(({ certificate, token }) =>
    isForSigning(certificate) && !isReplaced(certificate, token.certificates, now)
      ? [expiryOf(certificate, now)]
      : [],
  );
  const [first = { kind: 'fine', days: 0 }] = ends.toSorted((one, other) => one.days - other.days);
  return first;
}

/** The tokens' state in one line, the most pressing thing first, and a warning where a certificate runs out. */
export function tokenLine(state: TokenState, now: Date): TokenLine {
  const tokens = state.modules.flatMap((module) => module.tokens);
  if (tokens.length === 0) {
    const unusable = state.problem !== null || !state.modules.some(({ ok }) => ok);
    return unusable
      ? { tone: 'bad', icon: 'alert', title: tokenWords.unusable, detail: null }
      : { tone: 'quiet', icon: 'token', title: tokenWords.none, detail: null };
  }
  if (tokens.some(({ flags }) => flags.pinLocked)) {
    return { tone: 'bad', icon: 'lock', title: tokenWords.locked, detail: null };
  }
  if (tokens.every(({ initialised }) => initialised === false)) {
    return { tone: 'bad', icon: 'alert', title: tokenWords.blank, detail: null };
  }
  const open = tokens.some(({ loggedIn }) => loggedIn);
  const title = open ? tokenWords.open : tokenWords.plugged(tokens.length);
  const warning = expiryLook(pressingExpiry(state, now));
  if (warning) return { tone: warning.tone, icon: 'alert', title, detail: warning.word };
  return { tone: open ? 'good' : 'info', icon: 'token', title, detail: null };
}
