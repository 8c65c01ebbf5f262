import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboxState } from '../../../contract/desktop.ts';
import type { OutgoingDocument } from '../../../contract/document.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { IdempotencyKey } from '../../../contract/identity.ts';
import { CacheStore } from '../../../native/store/cache-store.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import type { OutboxRequest } from '../../../native/store/outbox-request.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { newIdempotencyKey } from '../../../native/sync/idempotency-key.ts';
import { OutboxSender } from '../../../native/sync/outbox-sender.ts';
import { ProvinceClient } from '../../../native/sync/province-client.ts';
import { decidedOn, people, type Who } from '../server/test-province.ts';

/** Stores and a sender for one person: what of the core sends acts, without the rest. */
export class SenderDesk {
  readonly folder: string;
  readonly work: WorkStore;
  readonly cache: CacheStore;
  readonly files: FileStore;
  readonly sender: OutboxSender;
  readonly unexpected: unknown[] = [];
  readonly sessionLosses: Failure[] = [];
  readonly #who: Who;
  #changed: (() => void) | undefined;

  private constructor(
    stores: Pick<SenderDesk, 'folder' | 'work' | 'cache' | 'files'>,
    options: { who: Who; url: string; bearer: string; deadlineMs?: number },
  ) {
    const { folder, work, cache, files } = stores;
    this.folder = folder;
    this.work = work;
    this.cache = cache;
    this.files = files;
    this.#who = options.who;
    const { url: serverUrl, bearer, deadlineMs = 5000 } = options;
    this.sender = new OutboxSender({
      ...{ work, cache, files },
      client: new ProvinceClient({ serverUrl, bearer, deadlineMs }),
      channel: { serverUrl, bearer },
      personId: people[options.who].id,
      now: () => new Date(),
      onOutbox: () => this.#changed?.(),
      onDocument: () => undefined,
      onSessionLost: (failure) => this.sessionLosses.push(failure),
      onUnexpected: (error) => this.unexpected.push(error),
    });
  }

  static async open(options: {
    who: Who;
    url: string;
    bearer: string;
    folder?: string;
    deadlineMs?: number;
  }): Promise<SenderDesk> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'antin-sender-')));
    const work = WorkStore.open(folder, new Date());
    work.outbox.recover();
    const cache = CacheStore.open(folder, new Date());
    cache.documents.claim(people[options.who].id);
    const files = await FileStore.open(join(folder, 'files'));
    return new SenderDesk({ folder, work, cache, files }, options);
  }

  queue(request: OutboxRequest): IdempotencyKey {
    const { id: personId } = people[this.#who];
    this.work.transaction(() =>
      this.work.outbox.add({ personId, subject: 'Thử nghiệm', request }, new Date()),
    );
    this.sender.wake();
    return request.input.key;
  }

  queueNumber(document: OutgoingDocument): IdempotencyKey {
    const input = { ...decidedOn(document), key: newIdempotencyKey(new Date()) };
    return this.queue({ act: 'assignNumber', input });
  }

  /** Resolves when the act is in this state. */
  async until(key: IdempotencyKey, state: OutboxState): Promise<void> {
    const deadline = AbortSignal.timeout(20_000);
    while (this.work.outbox.entry(key).state !== state) {
      await new Promise<void>((resolve, reject) => {
        this.#changed = resolve;
        deadline.addEventListener('abort', () => {
          reject(new Error(`still ${this.work.outbox.entry(key).state}, not ${state}`));
        });
      });
    }
  }

  async close(): Promise<void> {
    await this.sender.stop();
    this.work.close();
    this.cache.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
