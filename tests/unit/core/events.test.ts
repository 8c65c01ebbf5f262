import { expect, test } from 'vitest';
import type { CoreEvent } from '../../../contract/desktop.ts';
import { documentId } from '../../../contract/identity.ts';
import { Events } from '../../../native/core/events.ts';

const id = documentId.parse('0192f5a0-0000-7000-8000-000000000001');

async function take(iterator: AsyncIterator<CoreEvent>, count: number): Promise<CoreEvent[]> {
  const taken: CoreEvent[] = [];
  for (let index = 0; index < count; index += 1) {
    const { value, done } = await iterator.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

test('each listener hears what happens after it began to listen', async () => {
  const events = new Events();
  events.publish('session');
  const [one, two] = [events.watch(), events.watch()];
  const waiting = one.next();
  events.publish('documents');
  events.publish('outbox');
  expect(await waiting).toEqual({ done: false, value: { topic: 'documents' } });
  expect(await take(one, 1)).toEqual([{ topic: 'outbox' }]);
  expect(await take(two, 2)).toEqual([{ topic: 'documents' }, { topic: 'outbox' }]);
});

test('a slow listener gets each topic once, and of progress the newest step', async () => {
  const events = new Events();
  const slow = events.watch();
  for (let index = 0; index < 10_000; index += 1) events.publish('documents');
  events.progress({ id, step: 'reading' });
  events.publish('tokens');
  events.progress({ id, step: 'token' });
  const heard = await take(slow, 3);
  expect(heard).toEqual([
    { topic: 'documents' },
    { topic: 'tokens' },
    { topic: 'progress', id, step: 'token' },
  ]);
  events.close();
  expect(await slow.next()).toEqual({ done: true, value: undefined });
});

test.each(['return', 'abort', 'close'])('listening ends by %s, also while it waits', async (how) => {
  const events = new Events();
  const away = new AbortController();
  const listener = events.watch(away.signal);
  const waiting = listener.next();
  if (how === 'return') await listener.return?.();
  else if (how === 'abort') away.abort();
  else events.close();
  expect(await waiting).toEqual({ done: true, value: undefined });
  events.publish('documents');
  expect(await listener.next()).toEqual({ done: true, value: undefined });
});
