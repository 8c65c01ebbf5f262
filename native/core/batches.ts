import type { BatchState } from '../../contract/batch.ts';
import { AppError } from '../../contract/failure.ts';
import type { DocumentId, IdempotencyKey, PersonId } from '../../contract/identity.ts';
import type { ShownFile } from '../../contract/shown.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';
import type { KeyReference } from '../../contract/token.ts';
import type { FileStore } from '../store/file-store.ts';
import { Batch, type BatchEntry } from './batch.ts';
import { consentDocument } from './consent-question.ts';
import type { Documents } from './documents.ts';
import type { Events } from './events.ts';
import type { Session } from './session.ts';
import type { KeyWish, Signing } from './signing.ts';
import type { SigningActs, TakenDocument } from './signing-acts.ts';

export interface BatchesParts {
  readonly signingActs: Pick<SigningActs, 'take'>;
  readonly signing: Signing;
  readonly documents: Pick<Documents, 'read'>;
  readonly session: Session;
  readonly files: FileStore;
  readonly events: Events;
  /** An act that was queued is sent as soon as it can be; nobody waits for it. */
  readonly send: (key: IdempotencyKey) => void;
  readonly now: () => Date;
}

/** A document that is to be signed, as the list showed it. */
export interface BatchChoice {
  readonly id: DocumentId;
  readonly shown: ShownFile;
}

/** Batches, one at a time: there is one token to sign with, and one person to answer for it. */
export class Batches {
  readonly #parts: BatchesParts;
  #current: Batch | null = null;
  #owner: PersonId | null = null;
  #starting = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: BatchesParts) {
    this.#parts = parts;
  }

  /** Null for everybody but the person who began it; one that nobody was signed in for is anybody's. */
  state(): BatchState | null {
    const { current } = this.#parts.session;
    const isTheirs = this.#owner === null || current?.person.id === this.#owner;
    return isTheirs ? (this.#current?.state ?? null) : null;
  }

  /**
   * Has the files here, asks the person, logs in and begins; the answer doesn't wait for the end. Fails as a login
   * does, with `cancelled`, `certificate-revoked`, and with `document-state` while another one runs; where none of
   * the documents can be signed, with the first one's reason. Then nothing has been begun.
   */
  async start(
    act: DocumentSigningAct,
    choices: readonly BatchChoice[],
    { key }: { readonly key: KeyReference },
  ): Promise<BatchState> {
    this.#parts.session.require();
    const each = new Map(choices.map((choice) => [choice.id, choice]));
    const entries = [...each.values()].map((choice) => () => this.#entry(choice, act));
    return this.begin({ act, key, wish: null }, 'documents', entries);
  }

  /** The same for files taken by whoever asks, one after the other. */
  async begin(
    wish: KeyWish,
    of: BatchState['of'],
    makers: readonly (() => Promise<BatchEntry>)[],
  ): Promise<BatchState> {
    if (this.#starting || this.#current?.ended === false) throw new AppError('document-state');
    const owner = this.#parts.session.current?.person.id ?? null;
    this.#starting = true;
    const entries: BatchEntry[] = [];
    try {
      for (const make of makers) entries.push(await make());
      const asked = entries.flatMap((entry) => ('taken' in entry ? [entry.asked] : []));
      const [first] = entries;
      // Nobody is asked for nothing.
      if (first && 'failure' in first && asked.length === 0) throw AppError.fromFailure(first.failure);
      const { signing, files, events, now } = this.#parts;
      const { signer, warning } = await signing.open(wish, asked);
      const startedAt = now();
      const onSigned = (sent: IdempotencyKey | null) => this.#signed(sent);
      const batch = new Batch({
        ...{ wish, of, entries, signer, warning, signing, files, events, onSigned, startedAt },
      });
      this.#current = batch;
      this.#owner = owner;
      this.#running = batch.run();
      return batch.state;
    } catch (error) {
      for (const entry of entries) if ('taken' in entry) entry.taken.release();
      throw error;
    } finally {
      this.#starting = false;
    }
  }

  pause(): BatchState | null {
    this.#current?.pause();
    return this.state();
  }

  resume(): BatchState | null {
    this.#current?.resume();
    return this.state();
  }

  async unlock(): Promise<BatchState | null> {
    await this.#current?.unlock();
    return this.state();
  }

  cancel(): BatchState | null {
    this.#current?.cancel();
    return this.state();
  }

  dismiss(): BatchState | null {
    if (this.#current?.ended) this.#current = null;
    return this.state();
  }

  /** The session has ended, and with it the batch; how it ended is told to the same person when they are back. */
  async leave(): Promise<void> {
    this.#current?.cancel();
    await this.#running;
  }

  /**
   * Has the file here and looks at it, so that the person is asked about what will be signed, and nothing that can't
   * be.
   */
  async #entry({ id, shown }: BatchChoice, act: DocumentSigningAct): Promise<BatchEntry> {
    let taken: TakenDocument | null = null;
    try {
      taken = this.#parts.signingActs.take(id, act, shown);
      const { document, main } = taken;
      const report = await taken.hold();
      await this.#parts.files.check(main.digest);
      // In a batch nobody places stamps: it is read from the first page on.
      const asked = consentDocument(document, main, report, null);
      return { id, subject: document.subject, taken, asked };
    } catch (thrown) {
      taken?.release();
      return { id, subject: this.#subject(id), failure: AppError.from(thrown).toFailure() };
    }
  }

  /** Empty where the document isn't here at all. */
  #subject(id: DocumentId): string {
    try {
      return this.#parts.documents.read(id).document.subject;
    } catch (thrown) {
      if (AppError.from(thrown).code === 'document-missing') return '';
      throw thrown;
    }
  }

  #signed(key: IdempotencyKey | null): void {
    const { events, send } = this.#parts;
    events.publish('documents');
    if (key === null) return;
    events.publish('outbox');
    send(key);
  }
}
