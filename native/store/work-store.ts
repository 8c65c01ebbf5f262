import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../contract/failure.ts';
import type { ChainState } from '../audit/chain.ts';
import { HeadFile } from '../audit/head-file.ts';
import { AddedAnchors } from './added-anchor.ts';
import { AuditLog } from './audit-log.ts';
import { DailyCopies } from './daily-copy.ts';
import { setAside } from './damage.ts';
import { checkpoint, closeDatabase, openDatabase, quickCheck } from './database.ts';
import { Evidence } from './evidence.ts';
import { LocalFileRows } from './local-file.ts';
import { schemaVersion } from './migration.ts';
import { workMigrations } from './migrations/work.ts';
import { Outbox } from './outbox.ts';
import { profileKey } from './profile-key.ts';
import { SignedFiles } from './signed-file.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { StampJobs } from './stamp-job.ts';

/** What opening found: damage is repaired from a copy, and the person is told which. */
export type WorkStoreFinding =
  | { readonly kind: 'sound' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'restored'; readonly copyDay: string | null };

/** work.db: what can't be fetched again. */
export class WorkStore {
  readonly outbox: Outbox;
  readonly signedFiles: SignedFiles;
  readonly stampJobs: StampJobs;
  readonly addedAnchors: AddedAnchors;
  readonly evidence: Evidence;
  readonly localFiles: LocalFileRows;
  readonly audit: AuditLog;
  readonly finding: WorkStoreFinding;
  readonly #database: Database;
  readonly #copies: DailyCopies;
  #auditState: ChainState | null = null;

  private constructor(database: Database, copies: DailyCopies, finding: WorkStoreFinding, folder: string) {
    this.#database = database;
    this.#copies = copies;
    this.finding = finding;
    this.outbox = new Outbox(database);
    this.signedFiles = new SignedFiles(database);
    this.stampJobs = new StampJobs(database);
    const key = profileKey(folder);
    this.addedAnchors = new AddedAnchors(database, key);
    this.evidence = new Evidence(database);
    this.localFiles = new LocalFileRows(database);
    this.audit = new AuditLog(database, new HeadFile(join(folder, 'audit-head.json'), key));
  }

  /**
   * Opens work.db in a folder, checks it whole, and brings it forward. A damaged file is set aside and the newest
   * whole daily copy takes its place. One that a newer program has written is opened to read only.
   */
  static open(folder: string, now: Date): WorkStore {
    const path = join(folder, 'work.db');
    const copies = new DailyCopies(join(folder, 'copies'));
    try {
      return WorkStore.#openSound(path, copies, { kind: 'sound' }).#beginAudit(now);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store-damaged') throw error;
      if (existsSync(path)) setAside(path, now);
      const copyDay = copies.restore(path);
      const store = WorkStore.#openSound(path, copies, { kind: 'restored', copyDay });
      const detail = { copy: copyDay ?? 'none' };
      store.audit.add({ event: 'restore', personId: null, documentId: null, detail }, now);
      return store.#beginAudit(now);
    }
  }

  static #openSound(path: string, copies: DailyCopies, finding: WorkStoreFinding): WorkStore {
    const { database, newer } = openDatabase(path, {
      migrations: workMigrations,
      synchronous: 'FULL',
      beforeMigration: (old) => copies.keepBeforeMigration(old, schemaVersion(old)),
    });
    try {
      // Always, not only after a crash: the file is small, and damage must be known before it is built upon.
      if (!newer) quickCheck(database);
    } catch (error) {
      database.close();
      throw sqliteFailure(error);
    }
    return new WorkStore(database, copies, newer ? { kind: 'newer' } : finding, dirname(path));
  }

  /** Whether the audit was what the last run left; `null` in a file from a newer program. */
  get auditState(): ChainState | null {
    return this.#auditState;
  }

  /**
   * Says so in the audit itself where it isn't, and goes on with it either way: what follows must be written down,
   * too.
   */
  #beginAudit(now: Date): this {
    if (this.finding.kind === 'newer') return this;
    const state = this.audit.check();
    this.#auditState = state;
    if (!state.whole) {
      const { fault, at } = state;
      this.audit.add({ event: 'auditBroken', personId: null, documentId: null, detail: { fault, at } }, now);
    }
    this.audit.mark(false);
    return this;
  }

  /** Runs `action` so that all of it is stored, or nothing. What it returns is returned. */
  transaction<T>(action: () => T): T {
    try {
      return this.#database.transaction(action).immediate();
    } catch (error) {
      throw sqliteFailure(error);
    }
  }

  /** Makes today's copy unless it is there; `day` is YYYY-MM-DD. */
  async copyDaily(day: string): Promise<void> {
    if (this.finding.kind !== 'newer') await this.#copies.make(this.#database, day);
  }

  /** To be called when nothing else is going on. */
  checkpoint(): void {
    checkpoint(this.#database);
  }

  close(): void {
    if (this.#database.open && this.finding.kind !== 'newer') this.audit.mark(true);
    closeDatabase(this.#database);
  }
}
