import type { BatchItem, BatchPhase, BatchState, SigningStep } from '../../contract/batch.ts';
import type { ConsentDocument } from '../../contract/consent.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import { type BatchEvent, type BatchFile, type BatchOutcome, SigningBatch } from '../signing/batch.ts';
import type { Signer } from '../signing/signer.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Events } from './events.ts';
import type { KeyWish, MadeFile, Signing } from './signing.ts';
import type { StandingFile, TakenFile } from './signing-acts.ts';

/**
 * How often the window hears of progress at most, in milliseconds: a quick token signs a hundred documents a second.
 */
const toldEveryMs = 100;

/** A document of the batch: taken to be signed, or the reason why it can't be. */
export type BatchEntry = { readonly id: BatchItem['id']; readonly subject: string } & (
  | { readonly taken: TakenFile; readonly asked: ConsentDocument }
  | { readonly failure: Failure }
);

export interface BatchParts {
  readonly wish: KeyWish;
  readonly of: BatchState['of'];
  readonly entries: readonly BatchEntry[];
  /** Logged in. */
  readonly signer: Signer;
  readonly warning: Failure | null;
  readonly signing: Pick<Signing, 'open' | 'adopt' | 'signingTime'>;
  readonly files: Pick<FileStore, 'check' | 'workPath'>;
  readonly events: Pick<Events, 'publish'>;
  /** A signature has been stored; it is to be sent where there is a key. */
  readonly onSigned: (key: Awaited<ReturnType<TakenFile['finish']>>) => void;
  readonly startedAt: Date;
}

/** One batch: many documents, one login. Each is signed, stored and queued for itself, as a single one is. */
export class Batch {
  readonly #parts: BatchParts;
  readonly #items: BatchItem[];
  readonly #stop = new AbortController();
  #phase: BatchPhase = 'running';
  #failure: Failure | null = null;
  #engine: SigningBatch | null = null;
  #unlocked: PromiseWithResolvers<Signer> | null = null;
  #telling: NodeJS.Timeout | null = null;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    this.#items = parts.entries.map((entry) => ({
      ...{ id: entry.id, subject: entry.subject, step: null },
      ...('taken' in entry
        ? { state: 'waiting', failure: null }
        : { state: 'failed', failure: entry.failure }),
    }));
  }

  get state(): BatchState {
    const { wish, of, warning, startedAt } = this.#parts;
    return {
      ...{ act: wish.act, of, key: wish.key, phase: this.#phase, failure: this.#failure, warning },
      ...{ startedAt: startedAt.toISOString(), items: [...this.#items] },
    };
  }

  get ended(): boolean {
    return this.#phase === 'ended';
  }

  /** Runs to the end, once. Never rejects. */
  async run(): Promise<void> {
    const { signer } = this.#parts;
    const { signal } = this.#stop;
    const places: number[] = [];
    const files: BatchFile[] = [];
    for (const [index] of this.#items.entries()) {
      const file = signal.aborted ? null : await this.#prepare(index);
      if (!file) continue;
      places.push(index);
      files.push(file);
    }
    const settled: Promise<void>[] = [];
    const onEvent = (event: BatchEvent) => {
      const done = this.#hear(event, places, files);
      if (done) settled.push(done);
    };
    const awaitToken = (lost: AppError, ended: AbortSignal) => this.#awaitToken(lost, ended);
    this.#engine = new SigningBatch(files, { signer, signal, onEvent, awaitToken });
    if (this.#phase === 'pausing') void this.#pause(this.#engine);
    await this.#engine.run();
    await Promise.all(settled);
    this.#end();
  }

  /** Finishes what is at the token, then waits. */
  pause(): void {
    if (this.#phase !== 'running') return;
    this.#set('pausing');
    if (this.#engine) void this.#pause(this.#engine);
  }

  resume(): void {
    if (this.#phase !== 'pausing' && this.#phase !== 'paused') return;
    this.#set('running');
    this.#engine?.resume();
  }

  /**
   * Goes on with the token that has come back, once the person has agreed to what is left. Fails as a login does,
   * with `cancelled`, and with `token-missing` for another key, and goes on waiting then.
   */
  async unlock(): Promise<void> {
    const waiting = this.#unlocked;
    if (!waiting) return;
    const { signing, wish, signer: before } = this.#parts;
    const { signer } = await signing.open(wish, this.#left(), true);
    // Another key's signature in half of the documents is nothing that anybody asked for.
    if (signer.certificate.fingerprint256 !== before.certificate.fingerprint256) {
      throw new AppError('token-missing');
    }
    waiting.resolve(signer);
  }

  cancel(): void {
    this.#stop.abort();
  }

  /** What is still to be signed. */
  #left(): ConsentDocument[] {
    return this.#parts.entries.flatMap((entry, index) => {
      const state = this.#items[index]?.state;
      return 'taken' in entry && (state === 'waiting' || state === 'running') ? [entry.asked] : [];
    });
  }

  async #pause(engine: SigningBatch): Promise<void> {
    await engine.pause();
    if (this.#phase !== 'pausing') return;
    this.#putBack();
    this.#set('paused');
  }

  /** What the engine needs to know of a document; null where it is done already or has failed. */
  async #prepare(index: number): Promise<BatchFile | null> {
    const entry = this.#parts.entries[index];
    if (!entry || !('taken' in entry)) return null;
    const { taken } = entry;
    this.#change(index, { state: 'running', step: 'reading' });
    try {
      if (taken.standing) {
        await this.#finish(index, taken, taken.standing);
        return null;
      }
      const stamp = await taken.stamp();
      await taken.hold();
      const { files, signing } = this.#parts;
      // Read through first: what gets signed is what the server showed, not what a disk made of it.
      const { path } = await files.check(taken.main.digest);
      this.#change(index, { state: 'waiting', step: null });
      return {
        source: path,
        target: files.workPath(),
        stamp,
        confirm: taken.confirm,
        // Asked for when its turn has come: a batch may be paused for an hour.
        get signedAt() {
          return signing.signingTime();
        },
      };
    } catch (thrown) {
      this.#fail(index, AppError.from(thrown));
      return null;
    }
  }

  #hear(event: BatchEvent, places: readonly number[], files: readonly BatchFile[]): Promise<void> | null {
    switch (event.kind) {
      case 'step': {
        const place = places[event.index];
        if (place !== undefined) this.#change(place, { state: 'running', step: event.step });
        return null;
      }
      case 'outcome': {
        const [place, file] = [places[event.index], files[event.index]];
        if (place === undefined || !file) return null;
        return this.#settle(place, file, event.outcome);
      }
      case 'waiting-for-token':
        this.#failure = event.failure.toFailure();
        this.#putBack();
        this.#set('waitingForToken');
        return null;
      case 'going-on':
        this.#failure = null;
        this.#set('running');
        return null;
    }
  }

  async #settle(place: number, file: BatchFile, outcome: BatchOutcome): Promise<void> {
    const entry = this.#parts.entries[place];
    if (!entry || !('taken' in entry)) return;
    if (outcome.state !== 'signed') {
      const failure = outcome.failure.toFailure();
      this.#change(place, { state: outcome.state, step: null, failure });
      entry.taken.release();
      return;
    }
    try {
      const { signing, signer } = this.#parts;
      await this.#finish(place, entry.taken, await signing.adopt(file.target, signer.certificate));
    } catch (thrown) {
      this.#fail(place, AppError.from(thrown));
    }
  }

  async #finish(place: number, taken: TakenFile, signed: MadeFile | StandingFile): Promise<void> {
    const key = await taken.finish(signed);
    taken.release();
    this.#change(place, { state: 'signed', step: null });
    this.#parts.onSigned(key);
  }

  #fail(place: number, error: AppError): void {
    const entry = this.#parts.entries[place];
    if (entry && 'taken' in entry) entry.taken.release();
    this.#change(place, { state: 'failed', step: null, failure: error.toFailure() });
  }

  #awaitToken(_lost: AppError, ended: AbortSignal): Promise<Signer> {
    const waiting = Promise.withResolvers<Signer>();
    this.#unlocked = waiting;
    ended.addEventListener('abort', () => waiting.reject(new AppError('cancelled')), { once: true });
    return waiting.promise.finally(() => {
      this.#unlocked = null;
    });
  }

  /** What was begun and isn't signed waits again: the engine has put it back. What is being written goes on. */
  #putBack(): void {
    for (const [place, { state, step }] of this.#items.entries()) {
      if (state !== 'running' || (step !== 'reading' && step !== 'token')) continue;
      this.#change(place, { state: 'waiting', step: null });
    }
  }

  #end(): void {
    for (const [place, { state }] of this.#items.entries()) {
      if (state === 'running' || state === 'waiting') this.#leave(place);
    }
    this.#failure = this.#items.find(({ state }) => state === 'untouched')?.failure ?? null;
    this.#set('ended');
  }

  /** One that the engine never heard of: the batch was cancelled before. */
  #leave(place: number): void {
    const entry = this.#parts.entries[place];
    if (entry && 'taken' in entry) entry.taken.release();
    const failure = new AppError('cancelled').toFailure();
    this.#change(place, { state: 'untouched', step: null, failure });
  }

  #change(
    place: number,
    change: { state: BatchItem['state']; step: SigningStep | null; failure?: Failure | null },
  ): void {
    const item = this.#items[place];
    if (!item) return;
    this.#items[place] = { ...item, ...change };
    this.#telling ??= setTimeout(() => this.#tell(), toldEveryMs);
  }

  #set(phase: BatchPhase): void {
    this.#phase = phase;
    this.#tell();
  }

  #tell(): void {
    if (this.#telling) clearTimeout(this.#telling);
    this.#telling = null;
    this.#parts.events.publish('batch');
  }
}
