import type { DeskDocument, DocumentBox, DocumentCard, StampStanding } from '../../contract/desktop.ts';
import type { OfficialDocument, Person } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { distinctFindings, findingsThat, type GateFinding, unsoundFinding } from '../../contract/gate.ts';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { FileStore } from '../store/file-store.ts';
import type { QueuedAct } from '../store/outbox.ts';
import type { WorkStore } from '../store/work-store.ts';
import { differencesOf, gateFindingsOf } from '../verification/index.ts';
import { boxesOf } from '../workflow/box.ts';
import { cardOf } from '../workflow/card.ts';
import { type DeskFacts, fileAtDesk, pendingAct } from '../workflow/desk-facts.ts';
import { taskOf } from '../workflow/task.ts';
import type { Session } from './session.ts';
import type { Verifier } from './verifier.ts';

/** A document's facts with the queued acts whole. */
export interface FullFacts extends DeskFacts {
  readonly open: readonly QueuedAct[];
}

const noFacts: FullFacts = { open: [], signed: [] };

/** What the person sees: the server's documents with what this desk has done to them since. */
export class Documents {
  readonly #work: WorkStore;
  readonly #cache: CacheStore;
  readonly #files: FileStore;
  readonly #session: Session;
  readonly #verifier: Verifier;
  readonly #obsoleteUntil: string;

  constructor(parts: {
    work: WorkStore;
    cache: CacheStore;
    files: FileStore;
    session: Session;
    verifier: Verifier;
    /** The last day on which documents signed with SHA-1 are registered, in Viet Nam (YYYY-MM-DD). */
    obsoleteUntil: string;
  }) {
    this.#work = parts.work;
    this.#cache = parts.cache;
    this.#files = parts.files;
    this.#session = parts.session;
    this.#verifier = parts.verifier;
    this.#obsoleteUntil = parts.obsoleteUntil;
  }

  list(box: DocumentBox): DocumentCard[] {
    const { person } = this.#session.require();
    const facts = this.#allFacts(person);
    return this.#cache.documents.all().flatMap((document) => {
      const own = facts.get(document.id) ?? noFacts;
      if (!boxesOf(document, person.role, own).includes(box)) return [];
      const pending = pendingAct(document, own.open);
      const task = taskOf(document, person.role, own);
      const report = task === 'none' ? null : this.#glance(document, own);
      const file = fileAtDesk(document, own)?.digest ?? null;
      const card = cardOf(document, file, task, pending?.state ?? null, report?.verdict ?? null);
      const isClosed =
        task === 'register' &&
        report !== null &&
        findingsThat('closes', this.#gateOf(document, report, pending)).length > 0;
      const findings = report?.findings;
      return [{ ...card, ...(isClosed && { gateClosed: true }), ...(findings && { findings }) }];
    });
  }

  /** Nobody waits for a list: a verdict that there isn't yet is worked out when nothing more urgent is. */
  #glance(document: OfficialDocument, facts: DeskFacts): VerificationReport | null {
    const file = fileAtDesk(document, facts);
    return file && this.#verifier.glance(file.digest);
  }

  counts(): Record<DocumentBox, number> {
    const { person } = this.#session.require();
    const facts = this.#allFacts(person);
    const counts = { toSign: 0, toIssue: 0, incoming: 0, outgoing: 0 };
    for (const document of this.#cache.documents.all()) {
      for (const box of boxesOf(document, person.role, facts.get(document.id) ?? noFacts)) counts[box] += 1;
    }
    return counts;
  }

  /** Fails with `document-missing`. */
  async get(id: DocumentId): Promise<DeskDocument> {
    const { person } = this.#session.require();
    const { document, facts } = this.read(id);
    const file = fileAtDesk(document, facts);
    const fileHeld = file !== null && (await this.#files.has(file.digest));
    const verification = file !== null && fileHeld ? this.#verifier.find(file.digest) : null;
    const pending = pendingAct(document, facts.open);
    const differences =
      document.kind === 'outgoing' && verification ? differencesOf(verification, document) : [];
    return {
      document,
      task: taskOf(document, person.role, facts),
      file,
      fileHeld,
      verification,
      checkFailed:
        file !== null && fileHeld && verification === null && this.#verifier.hasFailed(file.digest),
      timeStamp: file === null ? null : this.#stampOf(file.digest),
      evidence: file === null ? null : this.#work.evidence.find(file.digest),
      gate:
        document.kind === 'incoming' && verification ? this.#gateOf(document, verification, pending) : null,
      ...(differences.length > 0 && { differences }),
      pending,
    };
  }

  #stampOf(digest: FileDigest): StampStanding | null {
    const job = this.#work.stampJobs.find(digest);
    return job === null || job.state === 'stamped' ? null : { state: job.state, failure: job.failure };
  }

  /** A document and what this desk knows of it, as they stand at this moment. Fails with `document-missing`. */
  read(id: DocumentId): { document: OfficialDocument; facts: FullFacts } {
    const { person } = this.#session.require();
    const document = this.#cache.documents.get(id);
    if (document === null) throw new AppError('document-missing');
    return { document, facts: this.#allFacts(person).get(id) ?? noFacts };
  }

  #allFacts(person: Person): Map<DocumentId, FullFacts> {
    const facts = new Map<DocumentId, { open: QueuedAct[]; signed: FullFacts['signed'][number][] }>();
    const of = (id: DocumentId) => {
      const own = facts.get(id) ?? { open: [], signed: [] };
      facts.set(id, own);
      return own;
    };
    for (const act of this.#work.outbox.open(person.id)) of(act.documentId).open.push(act);
    for (const file of this.#work.signedFiles.standing()) of(file.documentId).signed.push(file);
    return facts;
  }

  /**
   * What this desk finds, and what the server found when it was asked to register: it knows its people's certificates.
   */
  #gateOf(document: OfficialDocument, report: VerificationReport, pending: QueuedAct | null): GateFinding[] {
    const findings = gateFindingsOf(report, { document, obsoleteUntil: this.#obsoleteUntil });
    const { code, params } = pending?.failure ?? {};
    const found = code === 'incoming-unsound' && params ? unsoundFinding(params) : null;
    return found ? distinctFindings([...findings, found]) : findings;
  }
}
