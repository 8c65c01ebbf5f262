import type { SigningStep } from '../../contract/batch.ts';
import type { DeskDocument, OutboxEntry } from '../../contract/desktop.ts';
import type { OfficialDocument } from '../../contract/document.ts';
import { AppError, assertNever, type Failure } from '../../contract/failure.ts';
import { findingsThat, type GateOverride, overrideOf, unsoundParams } from '../../contract/gate.ts';
import type { AgencyCode, DocumentId, IdempotencyKey } from '../../contract/identity.ts';
import type { ShownDocument, ShownFile } from '../../contract/shown.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';
import type { StampPlace } from '../../contract/stamp-place.ts';
import type { KeyReference } from '../../contract/token.ts';
import type { OutboxRequest } from '../store/outbox-request.ts';
import type { WorkStore } from '../store/work-store.ts';
import { type DeskFacts, signedHere } from '../workflow/desk-facts.ts';
import { assertPermitted, type DeskAct } from '../workflow/permission.ts';
import { assertAsShown } from '../workflow/shown.ts';
import type { ActQueue } from './act-queue.ts';
import type { Confirmations } from './confirmations.ts';
import { consentDocument } from './consent-question.ts';
import type { Documents } from './documents.ts';
import type { Events } from './events.ts';
import type { Online } from './online.ts';
import type { Places } from './places.ts';
import type { Session } from './session.ts';
import type { MadeFile, Signing } from './signing.ts';
import type { SigningActs, StandingFile } from './signing-acts.ts';
import type { Stamping } from './stamping.ts';

/** How long an act's answer waits for the server's, in milliseconds; the act itself waits as long as it must. */
const answerWaitMs = 5000;
/** How long an issue waits for a time stamp that is being got, in milliseconds; then the document goes without one. */
const stampWaitMs = 5000;

export interface ActsParts {
  readonly work: WorkStore;
  readonly documents: Documents;
  readonly session: Session;
  readonly signing: Signing;
  readonly stamping: Stamping;
  readonly events: Events;
  readonly online: () => Online | null;
  readonly queue: ActQueue;
  readonly signingActs: SigningActs;
  readonly places: Pick<Places, 'of' | 'require'>;
  readonly confirmations: Pick<Confirmations, 'require'>;
}

/**
 * How a person signs: what they were shown, with which key, and where they want the stamp instead of where the rules
 * put it.
 */
export interface SigningPress {
  readonly shown: ShownFile;
  readonly use: { readonly key: KeyReference };
  readonly place?: StampPlace | undefined;
}

type PlainAct =
  | { readonly act: 'return' | 'refuse'; readonly reason: string }
  | { readonly act: 'assignNumber' }
  /** `override`: why it is registered although its signatures don't suffice. */
  | { readonly act: 'register'; readonly override?: string | undefined }
  | { readonly act: 'issue'; readonly recipients: AgencyCode[] };

/** What a person does to documents: each act is stored before it is sent, and one try to send it is waited for. */
export class Acts {
  readonly #parts: ActsParts;

  constructor(parts: ActsParts) {
    this.#parts = parts;
  }

  /**
   * With the person's yes, signs with the leader's key and queues the act, or fills number and date and applies the
   * agency's seal; the sealed file stays here until it is issued.
   */
  async sign(
    id: DocumentId,
    act: DocumentSigningAct,
    { shown, use, place }: SigningPress,
  ): Promise<DeskDocument> {
    const { places, signingActs, signing, events, documents } = this.#parts;
    const taken = signingActs.take(id, act, shown);
    let warning: Failure | null = null;
    let key: IdempotencyKey | null;
    try {
      let signed: MadeFile | StandingFile | null = taken.standing;
      if (signed === null) {
        const { document, main, confirm } = taken;
        const stamp = await taken.stamp(place);
        const report = await taken.hold();
        if (place) await places.require(main, place);
        // Where the place can't be foretold, signing finds it or says why not.
        const planned = place ?? (await places.of(id, act, use.key).catch(() => null));
        const asked = consentDocument(document, main, report, planned);
        const onStep = (step: SigningStep) => events.progress({ id, step });
        const wished = { act, key: use.key, wish: null, digest: main.digest };
        const made = await signing.sign({ ...wished, asked, stamp, onStep, confirm });
        [signed, warning] = [made, made.warning];
      }
      key = await taken.finish(signed);
    } finally {
      taken.release();
    }
    if (key !== null) return { ...(await this.#sent(id, key)), warning };
    events.publish('documents');
    return { ...(await documents.get(id)), warning };
  }

  /** Queues an act that needs no signature. Fails with `document-changed` where the document isn't what was shown. */
  async plain(id: DocumentId, shown: ShownDocument, act: PlainAct): Promise<DeskDocument> {
    if (act.act === 'issue') await this.#stamped(id);
    if (act.act === 'assignNumber') {
      await this.#parts.signingActs.requireSound(this.#permitted(id, 'assignNumber').document);
    }
    const override = act.act === 'register' ? await this.#passGate(id, act.override) : undefined;
    const { document, facts } = this.#permitted(id, act.act);
    assertAsShown(document, facts, this.#stampedSince(shown));
    const request = this.#request(document, facts, act, override);
    const key = this.#parts.work.transaction(() => this.#parts.queue.add(document, request));
    return this.#sent(id, key);
  }

  /**
   * NĐ 30/2020 Đ21.1: what lacks a signature isn't registered by mistake; on purpose only with the reason, which is
   * kept.
   */
  async #passGate(id: DocumentId, reason: string | undefined): Promise<GateOverride | undefined> {
    const { gate } = await this.#parts.documents.get(id);
    if (gate === null) throw new AppError('document-state');
    const [first] = findingsThat('closes', gate);
    if (first === undefined) return undefined;
    if (reason === undefined) throw new AppError('incoming-unsound', unsoundParams(first));
    const { subject } = this.#parts.documents.read(id).document;
    await this.#parts.confirmations.require({ step: 'passGate', subject, findings: gate });
    return overrideOf(gate, reason);
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

  #request(
    document: OfficialDocument,
    facts: DeskFacts,
    act: PlainAct,
    override: GateOverride | undefined,
  ): OutboxRequest {
    const decided = this.#parts.queue.decide(document);
    switch (act.act) {
      case 'return':
      case 'refuse':
        return { act: act.act, input: { ...decided, reason: act.reason } };
      case 'assignNumber':
        return { act: act.act, input: decided };
      case 'register':
        return { act: act.act, input: { ...decided, ...(override && { override }) } };
      case 'issue': {
        const sealed = signedHere(document, facts, 'seal');
        if (sealed === null) throw new AppError('document-state');
        return { act: 'issue', input: { ...decided, file: sealed.digest, recipients: act.recipients } };
      }
      default:
        return assertNever(act);
    }
  }

  /** A time stamp that the shown file got meanwhile changes nothing of what it shows. */
  #stampedSince(shown: ShownDocument): ShownDocument {
    const stamped = shown.digest && this.#parts.work.stampJobs.find(shown.digest)?.stampedDigest;
    return stamped ? { ...shown, digest: stamped } : shown;
  }

  /** The last moment for a time stamp: once the issue is queued, the file that it names never changes. */
  async #stamped(id: DocumentId): Promise<void> {
    const { document, facts } = this.#permitted(id, 'issue');
    const sealed = signedHere(document, facts, 'seal');
    if (sealed) await this.#parts.stamping.settled(sealed.digest, stampWaitMs);
  }

  async #sent(id: DocumentId, key: IdempotencyKey): Promise<DeskDocument> {
    const { events, documents } = this.#parts;
    events.publish('outbox');
    events.publish('documents');
    await this.#parts.online()?.send(key, answerWaitMs);
    return documents.get(id);
  }
}
