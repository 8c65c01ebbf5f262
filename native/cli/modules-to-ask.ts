import type { ModuleInfo } from '../../contract/token.ts';
import { discoverModules, eachOnce } from '../token/discovery.ts';
import type { TokenClient } from '../token/token-client.ts';

/** What the modules given by `--module` see, or without any, those of this system. */
export async function modulesToAsk(
  client: TokenClient,
  given: readonly string[] | undefined,
): Promise<ModuleInfo[]> {
  if (given !== undefined) return client.list(given);
  const found = eachOnce(await discoverModules());
  const modules = await client.list(found.map(({ path }) => path));
  const sources = new Map(found.map(({ path, source }) => [path, source]));
  return modules.map((module) => {
    const source = sources.get(module.path);
    return source === undefined ? module : { ...module, source };
  });
}
