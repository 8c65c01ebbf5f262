import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import type { Channel } from '../contract/channel.ts';
import { AppError, failure } from '../contract/failure.ts';
import type { FileDigest } from '../contract/identity.ts';
import { coreContract } from '../contract/shell.ts';

/** How long the core may take to say where a file lies: one look into its database. */
const locateMs = 15_000;
/** How long logging out of every token may take; a hanging driver is the core's to kill. */
const lockMs = 30_000;

export interface CoreClient {
  locateFile(digest: FileDigest): Promise<{ path: string; bytes: number }>;
  /** Resolves once the core has taken them on its list. */
  openFiles(paths: readonly string[]): Promise<void>;
  lockTokens(reason: 'screenLocked' | 'suspended'): Promise<void>;
  shutDown(deadline: AbortSignal): Promise<void>;
}

/** The shell's end of `coreContract`. Answers are checked: the core reads hostile files, so it may be turned. */
export function connectCore(channel: Channel): CoreClient {
  const client: ContractRouterClient<typeof coreContract> = createORPCClient(
    new RPCLink({ port: channel, plugins: [new ResponseValidationPlugin(coreContract)] }),
  );
  return {
    async locateFile(digest) {
      try {
        return await client.locateFile({ digest }, { signal: AbortSignal.timeout(locateMs) });
      } catch (error) {
        const told = failure.safeParse(error instanceof ORPCError ? error.data : null);
        if (told.success) throw AppError.fromFailure(told.data);
        throw new AppError('core-stopped', {}, { cause: error });
      }
    },
    async openFiles(paths) {
      await client.openFiles({ paths: [...paths] });
    },
    async lockTokens(reason) {
      await client.lockTokens({ reason }, { signal: AbortSignal.timeout(lockMs) });
    },
    async shutDown(deadline) {
      await client.shutDown({}, { signal: deadline });
    },
  };
}
