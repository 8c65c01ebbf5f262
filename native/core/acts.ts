import type { DeskDocument, KeyUse, OutboxEntry, SigningStep } from '../../contract/desktop.ts';
import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import { AppError, assertNever, type Failure } from '../../contract/failure.ts';
import type { AgencyCode, DocumentId, FileDigest, IdempotencyKey } from '../../contract/identity.ts';
import type { OutboxRequest } from '../store/outbox-request.ts';
import type { WorkStore } from '../store/work-store.ts';
import { newIdempotencyKey } from '../sync/idempotency-key.ts';
import { type DeskFacts, mainFile, signedHere } from '../workflow/desk-facts.ts';
import { assertPermitted, type DeskAct } from '../workflow/permission.ts';
import type { Documents } from './documents.ts';
import type { Events } from './events.ts';
import type { Online } from './online.ts';
import type { DeskStamp } from './ports.ts';
import type { Session } from './session.ts';
import type { Signing } from './signing.ts';

/** How long an act's answer waits for the server's, in milliseconds; the act itself waits as long as it must. */
const answerWaitMs = 5000;

export interface ActsParts {
  readonly work: WorkStore;
  readonly documents: Documents;
  readonly session: Session;
  readonly signing: Signing;
  readonly events: Events;
  readonly online: () => Online | null;
  readonly readImage: (setting: 'approvalImage' | 'sealImage') => Promise<Uint8Array | null>;
  readonly now: () => Date;
}

type PlainAct =
  | { readonly act: 'return' | 'refuse'; readonly reason: string }
  | { readonly act: 'assignNumber' | 'register' }
  | { readonly act: 'issue'; readonly recipients: AgencyCode[] };

/** What a person does to documents: each act is stored before it is sent, and one try to send it is waited for. */
export class Acts {
  readonly #parts: ActsParts;
  readonly #signingNow = new Set<DocumentId>();

  constructor(parts: ActsParts) {
    this.#parts = parts;
  }

  /** Signs with the leader's key and queues the act, both or neither. */
  async approve(id: DocumentId, use: KeyUse): Promise<DeskDocument> {
    const before = this.#permitted(id, 'approve');
    const { key, warning } = await this.#alone(id, async () => {
      const signed = await this.#signed(before, 'approval', use, (image) => ({
        kind: 'approval',
        ...(image && { image }),
      }));
      const input = { ...this.#decided(before.document), file: signed.digest };
      const queued = this.#parts.work.transaction(() => {
        this.#assertUnchanged(before.document, 'approve');
        signed.store();
        return this.#queue(before.document, { act: 'approve', input });
      });
      return { key: queued, warning: signed.warning };
    });
    return { ...(await this.#sent(id, key)), warning };
  }

  /** Fills number and date and applies the agency's seal; the file stays here until it is issued. */
  async seal(id: DocumentId, use: KeyUse): Promise<DeskDocument> {
    const before = this.#permitted(id, 'seal');
    const { reference } = before.document;
    if (reference === null) throw new AppError('document-state');
    const warning = await this.#alone(id, async () => {
      const signed = await this.#signed(before, 'seal', use, (image) => ({
        kind: 'seal',
        ...(image && { image }),
        number: reference.code,
        date: reference.date,
      }));
      this.#parts.work.transaction(() => {
        this.#assertUnchanged(before.document, 'seal');
        signed.store();
      });
      return signed.warning;
    });
    this.#parts.events.publish('documents');
    return { ...(await this.#parts.documents.get(id)), warning };
  }

  /** Queues an act that needs no signature. */
  async plain(id: DocumentId, act: PlainAct): Promise<DeskDocument> {
    const { document, facts } = this.#permitted(id, act.act);
    const request = this.#request(document, facts, act);
    const key = this.#parts.work.transaction(() => this.#queue(document, request));
    return this.#sent(id, key);
  }

  /** Tries an act again, as it was queued. Fails with `document-missing` for one that isn't this person's. */
  async retry(key: IdempotencyKey): Promise<OutboxEntry> {
    const { work, session, events } = this.#parts;
    const own = work.outbox.open(session.require().person.id).find((entry) => entry.key === key);
    if (own === undefined) throw new AppError('document-missing');
    if (own.state === 'needsAttention') {
      work.transaction(() => work.outbox.markWaiting(key, null));
      events.publish('outbox');
    }
    await this.#parts.online()?.send(key, answerWaitMs);
    return work.outbox.entry(key);
  }

  #permitted(id: DocumentId, act: DeskAct): { document: OfficialDocument; facts: DeskFacts } {
    const found = this.#parts.documents.read(id);
    assertPermitted(act, found.document, this.#parts.session.require().person.role, found.facts);
    return found;
  }

  /** Within the transaction that stores a signature: the token took its time, and the document may have gone on. */
  #assertUnchanged(document: OfficialDocument, act: DeskAct): void {
    const now = this.#permitted(document.id, act).document;
    if (now.version !== document.version || mainFile(now)?.digest !== mainFile(document)?.digest) {
      throw new AppError('document-state');
    }
  }

  async #signed(
    before: { document: OfficialDocument; facts: DeskFacts },
    purpose: 'approval' | 'seal',
    use: KeyUse,
    stamp: (image: Uint8Array | null) => DeskStamp,
  ): Promise<{ digest: FileDigest; store: () => void; warning: Failure | null }> {
    const { document, facts } = before;
    // A signature made before on this very content stands: nothing is signed twice.
    const standing = signedHere(document, facts, purpose);
    if (standing) return { digest: standing.digest, store: () => undefined, warning: null };
    const main = mainFile(document);
    if (main === null) throw new AppError('file-missing');
    const { signing, readImage, events } = this.#parts;
    const image = await readImage(purpose === 'approval' ? 'approvalImage' : 'sealImage');
    const onStep = (step: SigningStep) => events.progress({ id: document.id, step });
    await this.#hold(main);
    return signing.sign({ document, main, purpose, use, stamp: stamp(image), onStep });
  }

  /** The file to sign lies here, or is fetched now. */
  async #hold(file: DocumentFile): Promise<void> {
    await this.#parts.online()?.fetch(file);
  }

  /** One signature a document at a time: a second press of the button finds the first under way. */
  async #alone<T>(id: DocumentId, action: () => Promise<T>): Promise<T> {
    if (this.#signingNow.has(id)) throw new AppError('document-state');
    this.#signingNow.add(id);
    try {
      return await action();
    } finally {
      this.#signingNow.delete(id);
      this.#parts.events.progress({ id, step: null });
    }
  }

  #decided(document: OfficialDocument) {
    return { id: document.id, version: document.version, key: newIdempotencyKey(this.#parts.now()) };
  }

  #request(document: OfficialDocument, facts: DeskFacts, act: PlainAct): OutboxRequest {
    const decided = this.#decided(document);
    switch (act.act) {
      case 'return':
      case 'refuse':
        return { act: act.act, input: { ...decided, reason: act.reason } };
      case 'assignNumber':
      case 'register':
        return { act: act.act, input: decided };
      case 'issue': {
        const sealed = signedHere(document, facts, 'seal');
        if (sealed === null) throw new AppError('document-state');
        return { act: 'issue', input: { ...decided, file: sealed.digest, recipients: act.recipients } };
      }
      default:
        return assertNever(act);
    }
  }

  #queue(document: OfficialDocument, request: OutboxRequest): IdempotencyKey {
    const { work, session, now } = this.#parts;
    const personId = session.require().person.id;
    work.outbox.add({ personId, subject: document.subject, request }, now());
    const detail = { act: request.act, key: request.input.key };
    work.audit.add({ event: 'queue', personId, documentId: document.id, detail }, now());
    return request.input.key;
  }

  async #sent(id: DocumentId, key: IdempotencyKey): Promise<DeskDocument> {
    const { events, documents } = this.#parts;
    events.publish('outbox');
    events.publish('documents');
    await this.#parts.online()?.send(key, answerWaitMs);
    return documents.get(id);
  }
}
