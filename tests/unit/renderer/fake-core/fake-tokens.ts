import type { TokenState } from '../../../../contract/desktop.ts';
import type { TokenInfo } from '../../../../contract/token.ts';
import { signingSteps } from '../../../../native/token/signing-steps.ts';

interface HoldsTokens {
  tokens: TokenState;
}

/** The tokens' state with its steps, as the core itself finds them, unless a scene has set its own. */
export function tokenStateOf({ tokens }: HoldsTokens): TokenState {
  return { ...tokens, steps: tokens.steps ?? signingSteps(tokens.modules, tokens.problem) };
}

/** Changes every token that is plugged in. */
export function changeTokens(held: HoldsTokens, change: (token: TokenInfo) => TokenInfo): void {
  const modules = held.tokens.modules.map((module) => ({ ...module, tokens: module.tokens.map(change) }));
  held.tokens = { ...held.tokens, modules };
}
