import type { ModuleInfo, TokenInfo } from '../../contract/token.ts';

/** What makes a token that token, whichever module shows it; null where there is too little to tell by. */
function identityOf(token: TokenInfo): string | null {
  if (token.serial === '') return null;
  const certificates = token.certificates.map(({ issuer, serial }) => `${serial} ${issuer}`).sort();
  return JSON.stringify([token.serial, token.label, certificates]);
}

/**
 * One token that several modules see (a maker's own and OpenSC, say) is shown once: by the module that it is logged in to,
 * else by the first in order. Shown twice, a person would have to choose between two equals.
 */
export function withoutRepeats(modules: readonly ModuleInfo[]): ModuleInfo[] {
  const seen = new Map<string, { path: string; token: TokenInfo }[]>();
  for (const { path, tokens } of modules) {
    for (const token of tokens) {
      const identity = identityOf(token);
      if (identity === null) continue;
      seen.set(identity, [...(seen.get(identity) ?? []), { path, token }]);
    }
  }
  return modules.map((module) => {
    const tokens = module.tokens.flatMap((token) => {
      const identity = identityOf(token);
      const all = identity === null ? [] : (seen.get(identity) ?? []);
      const paths = [...new Set(all.map(({ path }) => path))];
      if (paths.length < 2) return [token];
      const shown = all.find((each) => each.token.loggedIn) ?? all[0];
      if (shown?.path !== module.path) return [];
      return [{ ...token, alsoSeenBy: paths.filter((path) => path !== module.path) }];
    });
    return { ...module, tokens };
  });
}
