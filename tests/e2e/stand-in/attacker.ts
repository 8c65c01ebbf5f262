import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';

/**
 * What a page does that was taken over: takes the core's port before the program's own script sees it, and calls what
 * it likes, unvalidated. Only while the window bears this name (takeover.test.ts), so that the honest page can be
 * loaded again in the same run.
 */
const attackersName = 'taken over';

const called = Promise.withResolvers<Record<string, Record<string, (input: unknown) => Promise<unknown>>>>();

(globalThis as unknown as EventTarget).addEventListener('message', (event: Event) => {
  const { data, ports } = event as Event & { data?: { antin?: string }; ports?: (EventTarget & Port)[] };
  const [port] = ports ?? [];
  if ((globalThis as { name?: string }).name !== attackersName || data?.antin !== 'desktop' || !port) return;
  event.stopImmediatePropagation();
  const link = new RPCLink({ port: port as never });
  port.start();
  called.resolve(createORPCClient(link));
});

interface Port {
  start(): void;
}

/** Calls the core; what it fails with comes back as its code. */
async function call(room: string, name: string, input: unknown): Promise<unknown> {
  const core = await called.promise;
  try {
    return await core[room]?.[name]?.(input);
  } catch (error) {
    const { data, message } = error as { data?: { code?: string }; message?: string };
    return `failed: ${data?.code ?? message}`;
  }
}

Object.assign(globalThis, { attack: call });
