import { implement } from '@orpc/server';
import { coreContract } from '../../contract/shell.ts';
import type { Core } from './core.ts';

/** What the shell asks of the core. `onClosed` is called once the stores are closed, or never were open. */
export function coreRouter(opening: Promise<Core>, onClosed: () => void) {
  const os = implement(coreContract);
  return os.router({
    locateFile: os.locateFile.handler(async ({ input }) => (await opening).heldFiles.locate(input.digest)),
    openFiles: os.openFiles.handler(async ({ input }) => {
      await (await opening).localFiles.open(input.paths);
      return {};
    }),
    lockTokens: os.lockTokens.handler(async ({ input }) => {
      await (await opening).tokens.end(input.reason);
      return {};
    }),
    shutDown: os.shutDown.handler(async () => {
      try {
        await (await opening).close();
      } finally {
        onClosed();
      }
      return {};
    }),
  });
}
