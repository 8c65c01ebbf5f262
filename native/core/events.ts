import type { CoreEvent, Topic } from '../../contract/desktop.ts';

/** One listener's events, as `for await` takes them. */
class Subscription implements AsyncIteratorObject<CoreEvent, undefined, void> {
  /** At most one event of each topic, and one of progress for each document: a slow listener costs no memory. */
  readonly #pending = new Map<string, CoreEvent>();
  readonly #onEnd: () => void;
  #waiting: ((result: IteratorResult<CoreEvent, undefined>) => void) | undefined;
  #ended = false;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  offer(event: CoreEvent): void {
    if (this.#ended) return;
    if (this.#waiting) {
      const resolve = this.#waiting;
      this.#waiting = undefined;
      resolve({ done: false, value: event });
      return;
    }
    const key = event.topic === 'progress' ? `progress ${event.id}` : event.topic;
    // Deleted first, so that the newest comes last: after `documents` nobody must hear of an older step.
    this.#pending.delete(key);
    this.#pending.set(key, event);
  }

  next(): Promise<IteratorResult<CoreEvent, undefined>> {
    const [first] = this.#pending;
    if (first) {
      this.#pending.delete(first[0]);
      return Promise.resolve({ done: false, value: first[1] });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const { promise, resolve } = Promise.withResolvers<IteratorResult<CoreEvent, undefined>>();
    this.#waiting = resolve;
    return promise;
  }

  return(): Promise<IteratorResult<CoreEvent, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending.clear();
    this.#waiting?.({ done: true, value: undefined });
    this.#waiting = undefined;
    this.#onEnd();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}

/** Tells every listener what has changed, by topic. Telling the same twice before it was heard is telling it once. */
export class Events {
  readonly #subscriptions = new Set<Subscription>();

  publish(topic: Exclude<Topic, 'progress'>): void {
    this.#offer({ topic });
  }

  progress(event: Omit<Extract<CoreEvent, { topic: 'progress' }>, 'topic'>): void {
    this.#offer({ topic: 'progress', ...event });
  }

  /** Events from now on, until the listener stops or `signal` is aborted. */
  watch(signal?: AbortSignal): AsyncIteratorObject<CoreEvent, undefined, void> {
    const subscription = new Subscription(() => this.#subscriptions.delete(subscription));
    this.#subscriptions.add(subscription);
    if (signal?.aborted) subscription.end();
    signal?.addEventListener('abort', () => subscription.end(), { once: true });
    return subscription;
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.end();
  }

  #offer(event: CoreEvent): void {
    for (const subscription of this.#subscriptions) subscription.offer(event);
  }
}
