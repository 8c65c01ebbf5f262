import type { OutboxEntry } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import type { IdempotencyKey } from '../../contract/identity.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { QueuedAct } from '../store/outbox.ts';
import type { WorkStore } from '../store/work-store.ts';
import { pendingAct } from '../workflow/desk-facts.ts';
import type { Events } from './events.ts';
import type { Session } from './session.ts';

export interface OutboxViewParts {
  readonly work: WorkStore;
  readonly documents: Pick<CacheStore['documents'], 'get'>;
  readonly session: Session;
  readonly events: Events;
  readonly now: () => Date;
}

/** The outbox as its person sees it: what is on its way, what ended, and what of it may be put away. */
export class OutboxView {
  readonly #parts: OutboxViewParts;

  constructor(parts: OutboxViewParts) {
    this.#parts = parts;
  }

  list(): OutboxEntry[] {
    const { work, session } = this.#parts;
    const { id } = session.require().person;
    const open = work.outbox.open(id);
    return work.outbox.list(id).map(({ documentVersion, ...entry }) => ({
      ...entry,
      dismissible: this.#isOver({ ...entry, documentVersion }, open),
    }));
  }

  /**
   * Puts acts out of sight; their rows stay, and the audit says who did it. Fails with `document-state` unless each of them has
   * ended, and then puts none away.
   */
  dismiss(keys: readonly IdempotencyKey[]): OutboxEntry[] {
    const { work, session, events, now } = this.#parts;
    const personId = session.require().person.id;
    const shown = new Map(this.list().map((entry) => [entry.key, entry]));
    work.transaction(() => {
      for (const key of keys) {
        const entry = shown.get(key);
        if (!entry?.dismissible) throw new AppError('document-state');
        work.outbox.dismiss(key, now());
        const { documentId } = entry;
        work.audit.add({ event: 'dismiss', personId, documentId, detail: { key } }, now());
      }
    });
    events.publish('outbox');
    return this.list();
  }

  /** Confirmed, or refused and overtaken: the document has gone on without it. What still needs attention stays in sight. */
  #isOver(act: QueuedAct, open: readonly QueuedAct[]): boolean {
    if (act.state === 'confirmed') return true;
    if (act.state !== 'needsAttention') return false;
    const document = this.#parts.documents.get(act.documentId);
    if (document === null) return true;
    const own = open.filter(({ documentId }) => documentId === act.documentId);
    return pendingAct(document, own)?.key !== act.key;
  }
}
