import { createRequire } from 'node:module';
import { MessageChannel } from 'node:worker_threads';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, test } from 'vitest';
import type { Channel } from '../../../contract/channel.ts';
import { PinReceiver } from '../../../contract/sealed-pin.ts';
import { TokenClient, type TokenHost } from '../../../native/token/token-client.ts';

/** A program library that is for this computer; what is in it doesn't matter, since nobody here loads it. */
const library = createRequire(import.meta.url).resolve('pkcs11js/build/Release/pkcs11.node');

/** A token process that answers whatever it likes, in this process: what a taken-over one could do. */
function nonsenseHost(list: unknown): TokenHost {
  return {
    async start() {
      const { port1, port2 } = new MessageChannel();
      const receiver = await PinReceiver.create();
      const router = { list: os.handler(() => list), pinKey: os.handler(() => receiver.key) };
      new RPCHandler(router).upgrade(port2);
      const exited = new Promise<void>((resolve) => port1.once('close', () => resolve()));
      const channel: Channel = {
        on(event: string, listener: (event?: { data: unknown }) => void) {
          port1.on(event as 'message', (data: unknown) => listener({ data }));
        },
        postMessage: (data) => port1.postMessage(data),
        close: () => port1.close(),
      };
      return { channel, exited, kill: () => port1.close() };
    },
  };
}

test.each([
  ['text', 'hello'],
  [
    'a label without end',
    { path: library, ok: true, error: null, description: 'x'.repeat(10_000), tokens: [] },
  ],
  [
    'a failure that nobody knows',
    { path: library, ok: false, error: { code: 'x' }, description: '', tokens: [] },
  ],
])('an answer that breaks the contract is the module’s failure: %s', async (_, answer) => {
  const client = new TokenClient(nonsenseHost(answer));
  expect(await client.list([library])).toEqual([
    {
      path: library,
      ok: false,
      error: { code: 'internal', params: {}, retryable: false },
      description: '',
      tokens: [],
    },
  ]);
  await client.close();
});

test('a process that does not start is a failure of the call', async () => {
  const client = new TokenClient({ start: () => new Promise(() => undefined) }, { deadlines: { start: 50 } });
  await expect(client.list([library])).rejects.toMatchObject({ code: 'token-timeout' });
  await client.close();
});

test('after close nothing is started any more', async () => {
  const client = new TokenClient(nonsenseHost(null));
  await client.close();
  await expect(client.pinKey()).rejects.toMatchObject({ code: 'token-stopped' });
});
