import type { OfficialDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { overriddenFindings } from '../../contract/gate.ts';
import type { DocumentId, FileDigest, IdempotencyKey } from '../../contract/identity.ts';
import type { OutboxRequest } from '../store/outbox-request.ts';
import type { WorkStore } from '../store/work-store.ts';
import { newIdempotencyKey } from '../sync/idempotency-key.ts';
import { mainFile } from '../workflow/desk-facts.ts';
import type { Session } from './session.ts';

interface Decided {
  readonly id: DocumentId;
  readonly version: number;
  /** The main file that the act was decided on, as the server has it. */
  readonly basedOn: FileDigest;
  readonly key: IdempotencyKey;
}

/** The road from an act to its row in the outbox. */
export class ActQueue {
  readonly #work: WorkStore;
  readonly #session: Session;
  readonly #now: () => Date;

  constructor(parts: { readonly work: WorkStore; readonly session: Session; readonly now: () => Date }) {
    this.#work = parts.work;
    this.#session = parts.session;
    this.#now = parts.now;
  }

  /**
   * What every request begins with: which document, as the person saw it, and a key of its own. Fails with
   * `file-missing` where it has no file.
   */
  decide(document: OfficialDocument): Decided {
    const main = mainFile(document);
    if (main === null) throw new AppError('file-missing');
    const { id, version } = document;
    return { id, version, basedOn: main.digest, key: newIdempotencyKey(this.#now()) };
  }

  /** Queues a request, to be called in the transaction that stores what it is about. */
  add(document: OfficialDocument, request: OutboxRequest): IdempotencyKey {
    const personId = this.#session.require().person.id;
    this.#work.outbox.add({ personId, subject: document.subject, request }, this.#now());
    const detail = { act: request.act, key: request.input.key };
    this.#work.audit.add({ event: 'queue', personId, documentId: document.id, detail }, this.#now());
    const override = request.act === 'register' ? request.input.override : undefined;
    if (override) {
      const codes = new Set(overriddenFindings(override).map(({ code }) => code));
      const why = { reason: override.reason, findings: [...codes].join(' ') };
      this.#work.audit.add(
        { event: 'override', personId, documentId: document.id, detail: why },
        this.#now(),
      );
    }
    return request.input.key;
  }
}
