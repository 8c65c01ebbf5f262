import type { SigningStep } from '../../contract/batch.ts';
import type { Failure } from '../../contract/failure.ts';
import type { DocumentId } from '../../contract/identity.ts';
import type { SigningAct } from '../../contract/signing-act.ts';
import { failureOf } from './failure-of.ts';
import { Observable } from './observable.ts';

/** What a person can do with a document. */
export type DocumentAct = 'approve' | 'return' | 'assignNumber' | 'seal' | 'issue' | 'register' | 'refuse';

/** All that is told of on the board: files on this computer are signed in more ways. */
export type BoardAct = DocumentAct | SigningAct;

export type ActStatus =
  | { kind: 'running'; act: BoardAct; subject: string; step: SigningStep | null }
  | { kind: 'failed'; act: BoardAct; subject: string; failure: Failure; at: Date }
  /** `warning`: done, with something to know, as that nobody could say whether the certificate is revoked. */
  | { kind: 'done'; act: BoardAct; subject: string; at: Date; warning: Failure | null };

/**
 * Acts under way and how the last one on each document ended, for as long as the window is open. They outlive the
 * screen that started them, so that a person may read on while the token works, and no outcome is missed. Acts aren't
 * react-query mutations, because those keep their variables, among them the sealed PIN, in a cache.
 */
export class ActBoard {
  readonly entries = new Observable<ReadonlyMap<DocumentId, ActStatus>>(new Map());

  /**
   * Runs an act unless one is under way on the same document; it answers with a warning or null. Never rejects: the
   * outcome stands on the board.
   */
  async run(
    id: DocumentId,
    act: BoardAct,
    subject: string,
    perform: () => Promise<Failure | null>,
  ): Promise<void> {
    if (this.entries.get().get(id)?.kind === 'running') return;
    this.#put(id, { kind: 'running', act, subject, step: null });
    try {
      const warning = await perform();
      this.#put(id, { kind: 'done', act, subject, at: new Date(), warning });
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.#put(id, { kind: 'failed', act, subject, failure, at: new Date() });
      // Whoever said no needn't be told so.
      if (failure.code === 'cancelled') this.dismiss(id);
    }
  }

  /** Where a signature stands, as the core tells. */
  step(id: DocumentId, step: SigningStep | null): void {
    const status = this.entries.get().get(id);
    if (status?.kind === 'running') this.#put(id, { ...status, step });
  }

  /** The person has read it. An act under way stays. */
  dismiss(id: DocumentId): void {
    if (this.entries.get().get(id)?.kind === 'running') return;
    const entries = new Map(this.entries.get());
    entries.delete(id);
    this.entries.set(entries);
  }

  /** Another person may sit here next: nothing of the last one's acts is left. */
  clear(): void {
    this.entries.set(new Map());
  }

  #put(id: DocumentId, status: ActStatus): void {
    this.entries.set(new Map(this.entries.get()).set(id, status));
  }
}
