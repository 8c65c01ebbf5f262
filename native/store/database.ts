import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../contract/failure.ts';
import { claimFile } from '../disk/private-folder.ts';
import { latestVersion, type Migration, migrate, schemaVersion } from './migration.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** Before 3.51.3 a WAL reset could lose a commit when a checkpoint met a writer (sqlite.org, "WAL-reset bug"). */
const oldestSqlite = [3, 51, 3] as const;

export interface DatabaseOptions {
  readonly migrations: readonly Migration[];
  /** FULL: a commit survives a power cut. NORMAL: it survives a crash of the program; for what can be rebuilt. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** Called between opening an existing database and its first migration, to keep a copy. */
  readonly beforeMigration?: (database: Database.Database) => void;
}

export interface OpenedDatabase {
  readonly database: Database.Database;
  /** True where a newer program has written the file: it can be read, never changed. */
  readonly newer: boolean;
}

function assertSqlite(database: Database.Database): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least) throw new AppError('internal', {}, { cause: `SQLite ${version} is too old` });
  }
}

/** Fails with `store-damaged` unless the file's pages and indexes hang together. Reads the whole file. */
export function quickCheck(database: Database.Database): void {
  const findings = database.pragma('quick_check(1)', { simple: true });
  if (findings !== 'ok') throw new AppError('store-damaged', {}, { cause: String(findings) });
}

/** Whether the last program that had this database open ended without closing it. */
export function endedUncleanly(path: string): boolean {
  return existsSync(`${path}-wal`);
}

/**
 * Opens a database with the one connection that it gets, and brings its schema forward. Fails with `store-damaged`,
 * `disk-full` or `write-failed` ({reason: 'in-use'} where another process has it); the file is left as it was.
 */
export function openDatabase(path: string, options: DatabaseOptions): OpenedDatabase {
  let database: Database.Database | undefined;
  try {
    // SQLite gives its own files the modes that this one has.
    for (const each of [path, `${path}-wal`, `${path}-shm`])
      if (each === path || existsSync(each)) claimFile(each);
    database = new Database(path, { timeout: 5000 });
    assertSqlite(database);
    const version = schemaVersion(database);
    if (version > latestVersion(options.migrations)) {
      database.close();
      database = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
      return { database, newer: true };
    }
    // One process, one connection: a second core on the same profile would take this one's acts for a dead one's.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${options.synchronous}`);
    database.pragma('foreign_keys = ON');
    database.pragma('journal_size_limit = 8388608');
    // What a person has destroyed must not lie about in free pages until something else happens to need them.
    database.pragma('secure_delete = ON');
    if (version > 0 && version < latestVersion(options.migrations)) options.beforeMigration?.(database);
    migrate(database, options.migrations);
    return { database, newer: false };
  } catch (error) {
    database?.close();
    throw sqliteFailure(error);
  }
}

/**
 * Moves the write-ahead log into the database file and empties it. With one connection nothing stands in its way, so
 * the log can't grow without bound as it does under passive checkpoints.
 */
export function checkpoint(database: Database.Database): void {
  if (database.open && !database.readonly && !database.inTransaction) {
    database.pragma('wal_checkpoint(TRUNCATE)');
  }
}

/** Checkpoints and closes; after it no `-wal` file is left, which is how the next start knows of a clean end. */
export function closeDatabase(database: Database.Database): void {
  if (!database.open) return;
  try {
    checkpoint(database);
  } finally {
    database.close();
  }
}
