import { join } from 'node:path';
import type { ConnectionState } from '../../contract/connection.ts';
import type { DeskDocument, KeyUse, SessionState, TokenState } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import type { DocumentId } from '../../contract/identity.ts';
import type { TokenReference } from '../../contract/token.ts';
import { LocalFiles } from '../desk/local-files.ts';
import { LocalSigning } from '../desk/local-signing.ts';
import { makePrivate } from '../disk/private-folder.ts';
import { CacheStore } from '../store/cache-store.ts';
import { FileStore } from '../store/file-store.ts';
import { WorkStore } from '../store/work-store.ts';
import { Connection } from '../sync/connection.ts';
import type { PinChange } from '../token/token-client.ts';
import { forgetFailures, HttpFetcher } from '../verification/index.ts';
import { ActQueue } from './act-queue.ts';
import { Acts } from './acts.ts';
import { Batches } from './batches.ts';
import { CertificateCheck } from './certificate-check.ts';
import { type CoreConfig, readImage, serverOf } from './config.ts';
import { Confirmations } from './confirmations.ts';
import { Consent } from './consent.ts';
import { Diagnoses } from './diagnoses.ts';
import { Documents } from './documents.ts';
import { Drivers } from './drivers.ts';
import { Events } from './events.ts';
import { HeldFiles } from './held-files.ts';
import { judgeOf } from './judge.ts';
import { keptEvidence } from './kept-evidence.ts';
import type { Log } from './log.ts';
import { Modules } from './modules.ts';
import { Online } from './online.ts';
import { OutboxView } from './outbox-view.ts';
import { Places } from './places.ts';
import type { CoreParts } from './ports.ts';
import { Reports } from './reports.ts';
import { openSession, Session } from './session.ts';
import { Signing } from './signing.ts';
import { SigningActs } from './signing-acts.ts';
import { Stamping } from './stamping.ts';
import { Standings } from './standings.ts';
import { storeNotice } from './store-notice.ts';
import { Tokens } from './tokens.ts';
import { TrustStore } from './trust-store.ts';
import { Turnstile } from './turnstile.ts';
import { Verifier, vietnameseDay } from './verifier.ts';

/** What is opened in a profile by its name. */
const ownNames = [
  'work.db',
  'cache.db',
  'files',
  'copies',
  'logs',
  'config.json',
  'modules.json',
  'store.key',
  'audit-head.json',
] as const;
/** How often the stores are looked after, in milliseconds. */
const housekeepingMs = 60_000;
/** Whatever a server says of its end, or of the time: after half a day the person signs in again. */
const longestSessionMs = 12 * 60 * 60 * 1000;

interface Stores {
  readonly work: WorkStore;
  readonly cache: CacheStore;
  readonly files: FileStore;
}

/**
 * The program without its window: owns the stores, the session, the token and the line to the server. One for each
 * profile folder. Everything that the window asks for is a method here or on one of its parts.
 */
export class Core {
  readonly events = new Events();
  readonly session = new Session();
  readonly tokens: Tokens;
  readonly drivers: Drivers;
  readonly diagnoses: Diagnoses;
  readonly standings: Standings;
  readonly documents: Documents;
  readonly acts: Acts;
  readonly batches: Batches;
  readonly places: Places;
  readonly reports: Reports;
  readonly outbox: OutboxView;
  readonly trust: TrustStore;
  readonly localFiles: LocalFiles;
  readonly heldFiles: HeldFiles;
  readonly localSigning: LocalSigning;
  readonly #config: CoreConfig;
  readonly #stores: Stores;
  readonly #connection: Connection;
  readonly #confirmations: Confirmations;
  readonly #signing: Signing;
  readonly #stamping: Stamping;
  readonly #verifier: Verifier;
  readonly #log: Log;
  readonly #now: () => Date;
  readonly #signInTurnstile = new Turnstile();
  #online: Online | null = null;
  #stopping: Promise<void> = Promise.resolve();
  #expiry: NodeJS.Timeout | undefined;
  #housekeeping: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  private constructor(config: CoreConfig, stores: Stores, parts: CoreParts, log: Log) {
    const { events, session } = this;
    const { now, signPdf, verifyPdf, readPdf, validateCertificate } = parts;
    const { work, cache, files } = stores;
    this.#config = config;
    this.#stores = stores;
    this.#log = log;
    this.#now = now;
    const modules = new Modules({
      configured: config.modulePaths,
      discover: config.discoverModules ?? config.modulePaths.length === 0,
      file: join(config.profile, 'modules.json'),
    });
    const options = { pollMs: config.tokenPollMs, idleMs: config.tokenIdleMinutes * 60_000 };
    this.tokens = new Tokens({ port: parts.tokens, modules, options, events, log, now });
    const picker = parts.filePicker ?? (() => null);
    const person = parts.person ?? (() => null);
    const confirmations = new Confirmations(person);
    this.#confirmations = confirmations;
    this.drivers = new Drivers({ tokens: this.tokens, picker });
    this.diagnoses = new Diagnoses({
      ...{ tokens: this.tokens, picker, now },
      notice: () => storeNotice(this.#stores.work),
    });
    const check = new CertificateCheck(validateCertificate, log);
    const fetcher = parts.fetcher ?? new HttpFetcher({ allowPrivate: config.allowPrivateNetworks });
    const connection = new Connection(now, {
      onBack: () => {
        forgetFailures(fetcher);
        check.forgetDoubts();
        this.#verifier.askAgain();
      },
      onChange: () => events.publish('connection'),
    });
    this.#connection = connection;
    const trust = new TrustStore({
      ...{ work, session, picker, confirmations, now, fetcher, configured: config.anchors },
      withoutServer: config.serverUrl === undefined,
      onChange: () => {
        check.forget();
        this.#verifier.forget();
        for (const topic of ['trust', 'tokens', 'documents', 'files'] as const) events.publish(topic);
      },
    });
    this.trust = trust;
    this.#verifier = new Verifier({
      ...{ files, cache, work, verifyPdf, readPdf, trust, now, log },
      kept: keptEvidence(cache, log),
      // While nobody is signed in nothing is known of the line: then it is tried.
      isOnline: () => session.current === null || connection.line.online,
      onDone: () => {
        for (const topic of ['documents', 'files'] as const) events.publish(topic);
      },
    });
    this.documents = new Documents({
      ...{ work, cache, files, session, verifier: this.#verifier },
      obsoleteUntil: config.obsoleteHashUntil,
    });
    this.standings = new Standings({ tokens: this.tokens, check, session, connection, trust });
    this.#stamping = new Stamping({
      ...{ work, files, now, log, trust, stampPdf: parts.stampPdf ?? null },
      onDone: () => events.publish('documents'),
    });
    const { documents, tokens } = this;
    const standingLoginMs = config.standingLoginMinutes * 60_000;
    this.#signing = new Signing({
      ...{ signPdf, now, files, session, connection, trust, check, tokens },
      consent: new Consent({ tokens, person, standingLoginMs, now }),
    });
    const queue = new ActQueue({ work, session, now });
    const online = () => this.#online;
    const signingActs = new SigningActs({
      ...{ work, session, events, documents, queue, online, now },
      stamping: this.#stamping,
      verifier: this.#verifier,
      readImage: (setting) => readImage(config, setting),
    });
    const places = new Places({ documents, files, tokens, signingActs });
    this.places = places;
    this.localFiles = new LocalFiles({
      ...{ files, work, cache, events, picker, log, now },
      verifier: this.#verifier,
    });
    const { localFiles } = this;
    this.heldFiles = new HeldFiles({ work, cache, files, session, online, documents, localFiles });
    this.reports = new Reports({
      ...{ files, work, session, events, picker, readPdf, now, confirmations },
      checked: (id) => this.heldFiles.checked(id),
    });
    this.outbox = new OutboxView({ documents: cache.documents, work, session, events, now });
    this.acts = new Acts({
      ...{ work, session, events, documents, queue, online, signingActs, places, confirmations },
      signing: this.#signing,
      stamping: this.#stamping,
    });
    this.batches = new Batches({
      ...{ signingActs, documents, session, files, events, now },
      signing: this.#signing,
      send: (key) => void this.#online?.send(key, 0),
    });
    this.localSigning = new LocalSigning({
      ...{ files, work, session, places, tokens, events, picker, now },
      localFiles,
      signing: this.#signing,
      batches: this.batches,
      verifier: this.#verifier,
      readPicture: (setting) => readImage(config, setting),
    });
  }

  /**
   * Opens a profile's stores, recovers what the last run left under way, and begins to look for tokens. Fails with
   * `store-damaged` only where not even a copy can be put in place, with `store-exposed` where the profile isn't this
   * account's alone, and with `disk-full` or `write-failed`.
   */
  static async open(config: CoreConfig, parts: CoreParts, log: Log): Promise<Core> {
    const now = parts.now();
    makePrivate(config.profile, ownNames);
    const work = WorkStore.open(config.profile, now);
    const cache = CacheStore.open(config.profile, now);
    const files = await FileStore.open(join(config.profile, 'files'));
    const core = new Core(config, { work, cache, files }, parts, log);
    if (cache.verifications.keepOf(judgeOf(config, core.trust))) cache.readings.clear();
    await core.localFiles.begin();
    core.#begin();
    return core;
  }

  async signIn(use: KeyUse): Promise<SessionState> {
    if (use.lastTryConfirmed) await this.#confirmLastTry(use.key);
    return this.#signInTurnstile.pass(async () => {
      const { work, cache } = this.#stores;
      if (work.finding.kind === 'newer') throw new AppError('store-newer');
      const connection = this.#connection;
      const session = await openSession({
        ...{ tokens: this.tokens, use, server: serverOf(this.#config), observer: connection },
        clocks: connection,
      }).catch((error: unknown) => {
        const detail = { code: AppError.from(error).code };
        work.audit.add({ event: 'signInFailed', personId: null, documentId: null, detail }, this.#now());
        throw error;
      });
      await this.#leave(null);
      const { person } = session;
      work.transaction(() => {
        const detail = { role: person.role, agency: person.agency.code };
        work.audit.add({ event: 'signIn', personId: person.id, documentId: null, detail }, this.#now());
      });
      cache.documents.claim(person.id);
      this.session.begin(session);
      this.#goOnline(session);
      return this.session.state();
    });
  }

  /** One try to change a token's PIN, with the person's yes. Fails as `Tokens.changePin` does, and with `cancelled`. */
  async changePin(change: PinChange): Promise<TokenState> {
    if (change.lastTryConfirmed) await this.#confirmLastTry(change);
    else await this.#confirmations.require({ step: 'changePin', token: this.tokens.label(change) });
    return this.tokens.changePin(change);
  }

  async signOut(): Promise<SessionState> {
    const online = this.#online;
    const person = this.session.current?.person;
    await this.#leave(null);
    if (person) {
      const { work } = this.#stores;
      work.audit.add({ event: 'signOut', personId: person.id, documentId: null, detail: {} }, this.#now());
    }
    // Both are courtesies: a server or a token that doesn't answer must not keep anybody signed in.
    const courtesies = await Promise.allSettled([online?.closeSession(), this.tokens.end('asked')]);
    for (const each of courtesies) if (each.status === 'rejected') this.#log.failure('signOut', each.reason);
    return this.session.state();
  }

  /** A document with its file on the way here, if it isn't held. Fails with `document-missing`. */
  async show(id: DocumentId): Promise<DeskDocument> {
    const shown = await this.documents.get(id);
    if (shown.file && !shown.fileHeld) {
      this.#online?.fetch(shown.file).catch((error) => this.#log.failure('file.fetch', error));
    }
    return shown;
  }

  connection(): ConnectionState {
    const { online, ...line } = this.#connection.line;
    const person = this.session.current?.person;
    const waiting = person ? this.#stores.work.outbox.waiting(person.id) : 0;
    const notice = storeNotice(this.#stores.work);
    const withoutServer = this.#config.serverUrl === undefined;
    const status = person === undefined ? 'signedOut' : online ? 'online' : 'offline';
    return {
      ...{ status, ...line, waiting },
      ...(withoutServer && { withoutServer }),
      ...(notice && { storeNotice: notice }),
    };
  }

  /** Finishes what is at hand and closes the stores. May be called more than once. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The page's word isn't enough: wrong PINs of its own would lock the token. */
  #confirmLastTry(token: TokenReference): Promise<void> {
    return this.#confirmations.require({ step: 'lastTry', token: this.tokens.label(token) });
  }

  #begin(): void {
    const { work, cache } = this.#stores;
    if (work.finding.kind !== 'newer') {
      const unknown = work.transaction(() => work.outbox.recover());
      if (unknown > 0) this.#log.info('outbox.recovered', { acts: unknown });
    }
    const audit = work.auditState;
    if (audit && !audit.whole) this.#log.info('audit.broken', { fault: audit.fault, at: audit.at });
    if (work.finding.kind !== 'sound' || cache.rebuilt) {
      this.#log.info('store.opened', { work: work.finding.kind, cacheRebuilt: cache.rebuilt });
    }
    this.tokens.start();
    if (work.finding.kind !== 'newer') this.#stamping.start();
    void this.#keepHouse();
  }

  #goOnline(session: NonNullable<Session['current']>): void {
    const online = new Online({
      session,
      ...this.#stores,
      server: serverOf(this.#config),
      waitSeconds: this.#config.changesWaitSeconds,
      connection: this.#connection,
      events: this.events,
      log: this.#log,
      now: this.#now,
      onSessionLost: (reason) => {
        if (this.#online === online) void this.#leave(reason);
      },
    });
    this.#online = online;
    online.start();
    const left = Date.parse(session.expiresAt) - this.#connection.serverNow().getTime();
    const expire = () => void this.#leave(new AppError('session-expired'));
    this.#expiry = setTimeout(expire, Math.min(Math.max(left, 0), longestSessionMs));
    this.#expiry.unref();
    for (const topic of ['session', 'documents', 'outbox', 'connection'] as const) this.events.publish(topic);
  }

  /** Ends the session at this end; what was under way for it stops. `reason`: why, where nobody wished it. */
  async #leave(reason: AppError | null): Promise<void> {
    clearTimeout(this.#expiry);
    const online = this.#online;
    if (online === null) return this.#stopping;
    this.#online = null;
    this.session.end(reason);
    this.#connection.closed(reason);
    for (const topic of ['session', 'documents', 'outbox'] as const) this.events.publish(topic);
    if (reason) this.#log.failure('session.ended', reason);
    this.#stopping = Promise.all([online.stop(), this.batches.leave()]).then(() => undefined);
    return this.#stopping;
  }

  async #keepHouse(): Promise<void> {
    const { work, cache } = this.#stores;
    try {
      work.checkpoint();
      cache.checkpoint();
      await work.copyDaily(vietnameseDay(this.#now()));
    } catch (error) {
      this.#log.failure('housekeeping', error);
    }
    if (this.#closing) return;
    this.#housekeeping = setTimeout(() => void this.#keepHouse(), housekeepingMs);
    this.#housekeeping.unref();
  }

  async #close(): Promise<void> {
    clearTimeout(this.#housekeeping);
    this.#signing.close();
    await this.#leave(null);
    await this.localFiles.stop();
    await this.#verifier.close();
    await this.#stamping.close();
    await this.tokens.close();
    this.events.close();
    this.#stores.cache.close();
    this.#stores.work.close();
  }
}
