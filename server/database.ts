import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { AppError } from '../contract/failure.ts';
import { claimFile } from '../native/disk/private-folder.ts';
import { province } from './migrations/0001-province.ts';
import { wire } from './migrations/0002-wire.ts';
import { agencyNames } from './migrations/0003-agency-names.ts';

export type Database = SQLite.Database;

/** Forward only, in order; the position in this list is the database's `user_version`. Never edited, only added to. */
const migrations: readonly string[] = [province, wire, agencyNames];

/**
 * Opens the province's database on its one connection, and brings it up to date. WAL with synchronous=FULL: an answer
 * that has left the server survives a power cut, or a number might be given twice.
 *
 * Fails with `store-newer` where a later version of this program has written it, with `store-damaged` where it is none.
 */
export function openDatabase(path: string): Database {
  // SQLite gives its own files the modes that this one has.
  claimFile(path);
  const database = new SQLite(path, { timeout: 5000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('journal_size_limit = 67108864');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    const damaged = error instanceof SQLite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
    throw damaged ? new AppError('store-damaged', {}, { cause: error }) : error;
  }
}

function migrate(database: Database): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > migrations.length) throw new AppError('store-newer', { version });
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
  database.transaction(() => {
    if (!database.prepare('SELECT 1 FROM epoch').get()) renewEpoch(database);
  })();
}

/**
 * Gives the database a new epoch, so that every cursor given out before is refused and clients read afresh. Needed
 * after a copy has been put back: sequences would be given a second time, and clients would miss what they now stand
 * for.
 */
export function renewEpoch(database: Database): void {
  database.prepare('DELETE FROM epoch').run();
  database.prepare('INSERT INTO epoch (value) VALUES (?)').run(randomUUID());
}

export function epochOf(database: Database): string {
  const row = database.prepare<[], { value: string }>('SELECT value FROM epoch').get();
  if (!row) throw new AppError('store-damaged', { table: 'epoch' });
  return row.value;
}
