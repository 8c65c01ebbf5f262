import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../contract/failure.ts';
import { setAside } from './damage.ts';
import { checkpoint, closeDatabase, endedUncleanly, openDatabase, quickCheck } from './database.ts';
import { DocumentCache } from './document-cache.ts';
import { cacheMigrations } from './migrations/cache.ts';
import { ReadingCache } from './reading-cache.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { StatusEvidence } from './status-evidence.ts';
import { VerificationCache } from './verification-cache.ts';

/** cache.db: what the server can give again. */
export class CacheStore {
  readonly documents: DocumentCache;
  readonly verifications: VerificationCache;
  readonly readings: ReadingCache;
  readonly statusEvidence: StatusEvidence;
  /** True where the file was damaged, or newer than this program, and a new one was begun. */
  readonly rebuilt: boolean;
  readonly #database: Database;

  private constructor(database: Database, rebuilt: boolean) {
    this.#database = database;
    this.rebuilt = rebuilt;
    this.documents = new DocumentCache(database);
    this.statusEvidence = new StatusEvidence(database);
    this.readings = new ReadingCache(database);
    this.verifications = new VerificationCache(database);
  }

  /** Opens cache.db in a folder; one that can't be used is set aside, never deleted, and begun anew. */
  static open(folder: string, now: Date): CacheStore {
    const path = join(folder, 'cache.db');
    try {
      const checked = existsSync(path) && endedUncleanly(path);
      const { database, newer } = openDatabase(path, { migrations: cacheMigrations, synchronous: 'NORMAL' });
      try {
        if (newer) throw new AppError('store-newer');
        if (checked) quickCheck(database);
        return new CacheStore(database, false);
      } catch (error) {
        database.close();
        throw sqliteFailure(error);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'store-damaged' && error.code !== 'store-newer') throw error;
      setAside(path, now);
      const { database } = openDatabase(path, { migrations: cacheMigrations, synchronous: 'NORMAL' });
      return new CacheStore(database, true);
    }
  }

  /** To be called when nothing else is going on. */
  checkpoint(): void {
    checkpoint(this.#database);
  }

  close(): void {
    closeDatabase(this.#database);
  }
}
