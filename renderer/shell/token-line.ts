import type { TokenState } from '../../contract/desktop.ts';
import { expiryOf } from '../token/expiry.ts';
import { allKeys } from '../token/key-choice.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { tokenWords } from '../words/screens.ts';

export interface TokenLine {
  tone: Tone;
  icon: IconName;
  title: string;
  detail: string | null;
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
  const open = tokens.some(({ loggedIn }) => loggedIn);
  const title = open ? tokenWords.open : tokenWords.plugged(tokens.length);
  const ends = allKeys(state)
    .filter(({ certificate }) => certificate.canSign)
    .map(({ certificate }) => expiryOf(certificate, now));
  if (ends.some(({ kind }) => kind === 'expired')) {
    return { tone: 'bad', icon: 'alert', title, detail: tokenWords.expired };
  }
  const days = ends.flatMap((end) => (end.kind === 'soon' ? [end.days] : []));
  if (days.length > 0) {
    return { tone: 'doubt', icon: 'alert', title, detail: tokenWords.expiresSoon(Math.min(...days)) };
  }
  return { tone: open ? 'good' : 'info', icon: 'token', title, detail: null };
}
