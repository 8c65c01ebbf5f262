import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import type { Channel } from '../../contract/channel.ts';
import { shellContract } from '../../contract/shell.ts';

export type ShellClient = ContractRouterClient<typeof shellContract>;

/** The core's end of channel `shell`; answers are held to the contract. */
export function connectShell(channel: Channel): ShellClient {
  return createORPCClient(
    new RPCLink({ port: channel, plugins: [new ResponseValidationPlugin(shellContract)] }),
  );
}
