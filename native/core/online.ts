import type { DocumentFile } from '../../contract/document.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { FileStore } from '../store/file-store.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { Connection } from '../sync/connection.ts';
import { OutboxSender } from '../sync/outbox-sender.ts';
import { ProvinceClient } from '../sync/province-client.ts';
import { Puller } from '../sync/puller.ts';
import type { ServerPlace } from '../sync/server-line.ts';
import type { Events } from './events.ts';
import { Intake } from './intake.ts';
import type { Log } from './log.ts';
import type { OpenSession } from './session.ts';

export interface OnlineParts {
  readonly session: OpenSession;
  readonly server: ServerPlace;
  readonly waitSeconds: number;
  readonly work: WorkStore;
  readonly cache: CacheStore;
  readonly files: FileStore;
  readonly connection: Connection;
  readonly events: Events;
  readonly log: Log;
  readonly now: () => Date;
  readonly onSessionLost: (reason: AppError) => void;
}

/**
 * Everything that talks to the server for one session: what comes in, what goes out, what is fetched. Ends with it.
 */
export class Online {
  readonly #client: ProvinceClient;
  readonly #sender: OutboxSender;
  readonly #puller: Puller;
  readonly #intake: Intake;

  constructor(parts: OnlineParts) {
    const { session, server, work, cache, files, connection, events, log, now } = parts;
    const { bearer, person } = session;
    const channel = { ...server, bearer, observer: connection };
    const onUnexpected = (error: unknown) => log.failure('sync', error);
    this.#client = new ProvinceClient(channel);
    this.#intake = new Intake({
      ...{ cache, work, files, channel, person, now, log },
      onQueued: () => {
        events.publish('outbox');
        this.#sender.wake();
      },
      onFile: () => events.publish('documents'),
    });
    this.#sender = new OutboxSender({
      ...{ work, cache, files, channel, now, onUnexpected },
      client: this.#client,
      personId: person.id,
      onOutbox: () => {
        events.publish('outbox');
        events.publish('connection');
      },
      onDocument: () => {
        events.publish('documents');
        this.#intake.review();
      },
      onSessionLost: (failure: Failure) => parts.onSessionLost(AppError.fromFailure(failure)),
    });
    this.#puller = new Puller({
      ...{ cache, onUnexpected },
      client: this.#client,
      waitSeconds: parts.waitSeconds,
      onDocuments: () => {
        events.publish('documents');
        this.#intake.review();
      },
      onOnline: () => {
        this.#sender.wake();
        this.#intake.review();
      },
      onSessionLost: parts.onSessionLost,
    });
  }

  start(): void {
    this.#sender.start();
    this.#puller.start();
  }

  /** Sends an act that has just been queued; resolves when it has been tried, or after `timeoutMs`. */
  async send(key: Parameters<OutboxSender['tryNow']>[0], timeoutMs: number): Promise<void> {
    this.#puller.wake();
    await this.#sender.tryNow(key, timeoutMs);
  }

  /** Fetches a file unless it is here. */
  async fetch(file: DocumentFile): Promise<void> {
    await this.#intake.fetch(file);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#sender.stop(), this.#puller.stop(), this.#intake.stop()]);
  }

  /** Tells the server that the session is over; unheard, it ends there by itself. */
  async closeSession(): Promise<void> {
    await this.#client.closeSession();
  }
}
