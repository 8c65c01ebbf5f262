import { EventPublisher, implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { BatchState } from '../../../../contract/batch.ts';
import type { ConnectionState } from '../../../../contract/connection.ts';
import {
  type CertificateStanding,
  type CoreEvent,
  type DeskDocument,
  type DocumentBox,
  type DocumentCard,
  desktopContract,
  type KeyUse,
  type OutboxEntry,
  type SessionState,
  type TokenState,
} from '../../../../contract/desktop.ts';
import type { Person } from '../../../../contract/document.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { DocumentId } from '../../../../contract/identity.ts';
import type { LocalFile } from '../../../../contract/local-file.ts';
import { PinReceiver, type SealedPin } from '../../../../contract/sealed-pin.ts';
import type { PlannedPlace } from '../../../../contract/stamp-place.ts';
import type { AnchorCertificate, TrustState } from '../../../../contract/trust.ts';
import { fakeBatch } from './fake-batch.ts';
import { fakeFiles } from './fake-files.ts';
import { changeTokens, tokenStateOf } from './fake-tokens.ts';
import { fakeTrust } from './fake-trust.ts';
import { leader, online, token } from './samples.ts';

/** What the fake answers; changed by whoever looks at the screens, then announced by `announce`. */
export interface FakeState {
  person: Person;
  session: SessionState;
  tokens: TokenState;
  documents: DeskDocument[];
  boxes: Partial<Record<DocumentBox, readonly DocumentId[]>>;
  outbox: OutboxEntry[];
  connection: ConnectionState;
  /** What the person picks when they are asked for a driver. */
  picked: string | null;
  /** What the responders say of each certificate. */
  standing: CertificateStanding;
  batch: BatchState | null;
  place: PlannedPlace | null;
  trust: TrustState;
  /** What is in the certificate's file that the person picks; null where they cancel. */
  candidates: AnchorCertificate[] | null;
  /** Where the person saves what they are asked to. */
  savedAs: string | null;
  localFiles: readonly LocalFile[];
  /** Acts that go well do so with this to know. */
  warning: Failure | null;
  /** The next act on a document or a token fails with this. */
  failNext: Failure | null;
  /** The next act waits here until `release` is called, at this step. */
  hold: 'reading' | 'token' | 'writing' | 'checking' | null;
}

/** The contract's other end without a core: answers from a state in memory, over a real MessagePort. */
export class FakeCore {
  readonly state: FakeState;
  /** PINs that arrived, opened: proof that they can be, and that nothing else came. */
  readonly pins: string[] = [];
  readonly #events = new EventPublisher<{ event: CoreEvent }>();
  readonly #receiver: PinReceiver;
  #release: () => void = () => undefined;

  private constructor(receiver: PinReceiver) {
    this.#receiver = receiver;
    this.state = {
      person: leader,
      session: { status: 'signedOut' },
      tokens: {
        modules: [{ path: '/lab/module.so', ok: true, error: null, description: 'Lab', tokens: [token()] }],
        problem: null,
        checkedAt: '2026-11-22T01:31:00Z',
      },
      documents: [],
      boxes: {},
      outbox: [],
      connection: online,
      picked: '/opt/maker/libdriver.so',
      batch: null,
      place: {
        page: 1,
        box: { x: 120, y: 215, width: 52, height: 22 },
        pageSize: { width: 210, height: 297 },
        isFixed: false,
      },
      standing: { state: 'good', at: '2026-11-22T01:31:00Z' },
      trust: { anchors: [], known: [] },
      candidates: null,
      savedAs: '/home/van-thu/an-tin-2026-11-22.zip',
      localFiles: [],
      warning: null,
      failNext: null,
      hold: null,
    };
  }

  static async create(): Promise<FakeCore> {
    return new FakeCore(await PinReceiver.create());
  }

  announce(topic: Exclude<CoreEvent['topic'], 'progress'>): void {
    this.#events.publish('event', { topic });
  }

  release(): void {
    this.#release();
  }

  /** Serves one port, as the core does. */
  serve(port: MessagePort): void {
    new RPCHandler(this.#router()).upgrade(port);
    port.start();
  }

  #router() {
    const os = implement(desktopContract);
    const { state } = this;
    const events = this.#events;
    const byId = (id: DocumentId) => {
      const found = state.documents.find(({ document }) => document.id === id);
      if (!found) throw this.#failure('document-missing');
      return found;
    };
    const act = async (id: DocumentId, use?: KeyUse) => {
      await this.#perform(id, use);
      const done = { ...byId(id), task: 'none' as const, warning: state.warning };
      state.documents = state.documents.map((held) => (held.document.id === id ? done : held));
      return done;
    };
    return os.router({
      session: {
        state: os.session.state.handler(() => state.session),
        signIn: os.session.signIn.handler(async ({ input }) => {
          await this.#perform(null, input);
          state.session = {
            status: 'signedIn',
            person: state.person,
            key: input.key,
            expiresAt: '2026-11-22T09:00:00Z',
          };
          return state.session;
        }),
        signOut: os.session.signOut.handler(() => {
          state.session = { status: 'signedOut' };
          return state.session;
        }),
      },
      tokens: {
        state: os.tokens.state.handler(() => tokenStateOf(state)),
        refresh: os.tokens.refresh.handler(async () => {
          await this.#perform(null);
          state.tokens = { ...state.tokens, checkedAt: new Date().toISOString() };
          return tokenStateOf(state);
        }),
        standing: os.tokens.standing.handler(() => state.standing),
        pinKey: os.tokens.pinKey.handler(() => this.#receiver.key),
        logout: os.tokens.logout.handler(() => {
          changeTokens(state, (token) => ({ ...token, loggedIn: false }));
          state.tokens.loginEnded = { reason: 'asked', at: new Date().toISOString() };
          return tokenStateOf(state);
        }),
        pickModule: os.tokens.pickModule.handler(() => ({ path: state.picked })),
        addModule: os.tokens.addModule.handler(async ({ input: { path } }) => {
          await this.#perform(null);
          const added = {
            path,
            ok: true,
            error: null,
            description: '',
            tokens: [],
            source: 'added' as const,
          };
          state.tokens = { ...state.tokens, modules: [...state.tokens.modules, added] };
          return tokenStateOf(state);
        }),
        removeModule: os.tokens.removeModule.handler(({ input }) => {
          const modules = state.tokens.modules.filter(({ path }) => path !== input.path);
          state.tokens = { ...state.tokens, modules };
          return tokenStateOf(state);
        }),
        diagnose: os.tokens.diagnose.handler(async () => {
          await this.#perform(null);
          return { path: state.savedAs };
        }),
        changePin: os.tokens.changePin.handler(async ({ input: { oldPin, newPin } }) => {
          await this.#open(oldPin);
          await this.#open(newPin);
          await this.#perform(null);
          changeTokens(state, (token) => ({
            ...token,
            loggedIn: false,
            flags: { ...token.flags, pinToBeChanged: false },
          }));
          return tokenStateOf(state);
        }),
      },
      documents: {
        list: os.documents.list.handler(({ input }) => (state.boxes[input.box] ?? []).map(byId).map(cardOf)),
        counts: os.documents.counts.handler(() => ({
          toSign: state.boxes.toSign?.length ?? 0,
          toIssue: state.boxes.toIssue?.length ?? 0,
          incoming: state.boxes.incoming?.length ?? 0,
          outgoing: 0,
        })),
        get: os.documents.get.handler(({ input }) => byId(input.id)),
        hold: os.documents.hold.handler(() => ({})),
        place: os.documents.place.handler(() => state.place),
        approve: os.documents.approve.handler(({ input }) => act(input.id, input.use)),
        seal: os.documents.seal.handler(({ input }) => act(input.id, input.use)),
        return: os.documents.return.handler(({ input }) => act(input.id)),
        refuse: os.documents.refuse.handler(({ input }) => act(input.id)),
        assignNumber: os.documents.assignNumber.handler(({ input }) => act(input.id)),
        issue: os.documents.issue.handler(({ input }) => act(input.id)),
        register: os.documents.register.handler(({ input }) => act(input.id)),
        saveReport: os.documents.saveReport.handler(() => ({ path: state.savedAs })),
        saveFlatCopy: os.documents.saveFlatCopy.handler(() => ({ path: state.savedAs })),
        signedVersion: os.documents.signedVersion.handler(({ input }) => {
          const { file } = byId(input.id);
          if (!file) throw this.#failure('pdf-revision-missing');
          return { file };
        }),
        destroyEvidence: os.documents.destroyEvidence.handler(({ input }) => {
          const left = { ...byId(input.id), evidence: null };
          state.documents = state.documents.map((held) => (held.document.id === input.id ? left : held));
          return {};
        }),
      },
      files: fakeFiles(state),
      batch: fakeBatch(state, (sealed) => this.#open(sealed)),
      outbox: {
        list: os.outbox.list.handler(() => state.outbox),
        dismiss: os.outbox.dismiss.handler(({ input: { keys } }) => {
          state.outbox = state.outbox.filter(({ key }) => !keys.includes(key));
          return state.outbox;
        }),
        retry: os.outbox.retry.handler(({ input }) => {
          const found = state.outbox.find(({ key }) => key === input.key);
          if (!found) throw this.#failure('internal');
          const waiting: OutboxEntry = { ...found, state: 'waiting', failure: null };
          state.outbox = state.outbox.map((entry) => (entry === found ? waiting : entry));
          return waiting;
        }),
      },
      connection: { state: os.connection.state.handler(() => state.connection) },
      trust: fakeTrust(state),
      events: {
        watch: os.events.watch.handler(async function* ({ signal }) {
          yield* events.subscribe('event', signal ? { signal } : {});
        }),
      },
    });
  }

  /** Opens the PIN, shows the steps, waits where it was told to, and fails where it was told to. */
  async #perform(id: DocumentId | null, use?: KeyUse): Promise<void> {
    await this.#open(use?.pin ?? null);
    const { hold, failNext } = this.state;
    if (hold) {
      if (id) this.#events.publish('event', { topic: 'progress', id, step: hold });
      await new Promise<void>((resolve) => {
        this.#release = resolve;
      });
      this.state.hold = null;
    }
    if (failNext) {
      this.state.failNext = null;
      throw this.#failure(failNext.code, failNext.params);
    }
  }

  async #open(sealed: SealedPin | null): Promise<void> {
    if (!sealed) return;
    const pin = await this.#receiver.open(sealed);
    this.pins.push(pin ? new TextDecoder().decode(pin) : 'unreadable');
  }

  #failure(code: Failure['code'], params: Failure['params'] = {}) {
    return new ORPCError('FAILURE', { defined: true, data: { code, params, retryable: false } });
  }
}

function cardOf({ document, file, task, pending, verification }: DeskDocument): DocumentCard {
  return {
    id: document.id,
    version: document.version,
    file: file?.digest ?? null,
    kind: document.kind,
    type: document.type,
    subject: document.subject,
    referenceCode: document.reference?.code ?? null,
    arrivalNumber: document.kind === 'incoming' ? document.arrivalNumber : null,
    issuer: document.issuer.name,
    urgency: document.urgency,
    state: document.state,
    task,
    updatedAt: document.updatedAt,
    deliveries:
      document.kind === 'outgoing'
        ? document.recipients.map(({ agency, state }) => ({ agency: agency.name, state }))
        : [],
    pending: pending?.state ?? null,
    verdict: task === 'none' ? null : (verification?.verdict ?? null),
  };
}
