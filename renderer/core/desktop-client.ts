import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RequestValidationPlugin, ResponseValidationPlugin } from '@orpc/contract/plugins';
import { desktopContract } from '../../contract/desktop.ts';

export type DesktopClient = ContractRouterClient<typeof desktopContract>;

/** The core's calls over a port, checked against the contract in both directions: neither end trusts the other. */
export function desktopClient(port: MessagePort): DesktopClient {
  const link = new RPCLink({
    port,
    plugins: [new RequestValidationPlugin(desktopContract), new ResponseValidationPlugin(desktopContract)],
  });
  // Messages wait in the port until it is started; the link has its listeners in place by now.
  port.start();
  return createORPCClient(link);
}
