import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Channel } from '../../../contract/channel.ts';
import { AppError } from '../../../contract/failure.ts';
import { coreContract, type shellContract } from '../../../contract/shell.ts';
import { listenToParent } from '../../../native/process/parent.ts';

/**
 * The smallest program that the shell takes for a core: it serves one file of its profile, echoes what the page says,
 * and asks the shell for a token process (also a stand-in) when the page says so.
 */
const profile = process.argv[2] ?? '';
const file = path.join(profile, 'document.pdf');

const core = implement(coreContract);
const router = core.router({
  locateFile: core.locateFile.handler(({ input, errors }) => {
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    if (createHash('sha256').update(bytes).digest('hex') !== input.digest) {
      throw errors.FAILURE({ data: new AppError('file-missing').toFailure() });
    }
    return { path: file, bytes: bytes.length };
  }),
  openFiles: core.openFiles.handler(({ input }) => {
    page?.postMessage({ from: 'shell', paths: input.paths });
    return {};
  }),
  lockTokens: core.lockTokens.handler(() => ({})),
  shutDown: core.shutDown.handler(() => {
    console.error('stand-in: shut down');
    setImmediate(() => process.exit(0));
    return {};
  }),
});

let shell: ContractRouterClient<typeof shellContract> | null = null;
let page: Channel | null = null;

const acts: Record<string, () => void> = {
  die: () => process.kill(process.pid, 'SIGKILL'),
  startToken: () => void shell?.startToken({}),
  killToken: () => void shell?.killToken({}).then(() => page?.postMessage({ from: 'shell', killed: true })),
};

listenToParent(
  (name, channel) => {
    if (name === 'core') new RPCHandler(router).upgrade(channel);
    if (name === 'shell') shell = createORPCClient(new RPCLink({ port: channel }));
    if (name === 'token') {
      channel.on('message', (event) => page?.postMessage(event?.data));
      channel.on('close', () => page?.postMessage({ from: 'token', closed: true }));
    }
    if (name !== 'desktop') return;
    page = channel;
    channel.on('message', (event) => {
      const said = event?.data;
      const act =
        typeof said === 'object' && said !== null && 'act' in said ? acts[String(said.act)] : undefined;
      if (act) act();
      else channel.postMessage({ from: 'core', pid: process.pid, said, variable: process.env['STAND_IN'] });
    });
  },
  () => process.exit(0),
);
