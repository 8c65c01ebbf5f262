import type { TokenInfo } from '../../contract/token.ts';

/**
 * How a PIN is to be asked for, decided by what the token says of itself before each try: a person must know what a
 * wrong PIN would cost, and a locked token isn't asked at all.
 */
export type PinPlan =
  | { asks: 'nothing' }
  | { asks: 'locked' }
  /** Not here: the shell's own window asks for it, with the person's yes. */
  | { asks: 'elsewhere' }
  | { asks: 'field' | 'pad'; tries: 'enough' | 'low' | 'last' };

/** `again`: the token wants its PIN although a login stands (keys that ask for each signature). */
export function pinPlan({ flags, loggedIn }: Pick<TokenInfo, 'flags' | 'loggedIn'>, again = false): PinPlan {
  if (flags.pinLocked) return { asks: 'locked' };
  if (loggedIn && !again) return { asks: 'nothing' };
  const tries = flags.pinFinalTry ? 'last' : flags.pinCountLow ? 'low' : 'enough';
  return { asks: flags.protectedPath ? 'pad' : 'field', tries };
}

/** For a signature: nothing that the page could type, or read, counts as a PIN. */
export function signingPlan({ flags }: Pick<TokenInfo, 'flags'>): PinPlan {
  return { asks: flags.pinLocked ? 'locked' : 'elsewhere' };
}
