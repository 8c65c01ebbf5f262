import type { Database } from 'better-sqlite3';

/** One step of a database's schema. Numbers run from 1 without a gap; a step that has shipped is never edited. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** The schema's version as written in the database file; 0 for a new one. */
export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** The version that a database has after all its migrations. */
export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.number ?? 0;
}

/**
 * Brings a database forward, each step and its version number in one transaction: a crash leaves whole steps only.
 * There is no way back; an older program refuses a newer file instead.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    if (migration.number <= schemaVersion(database)) continue;
    database
      .transaction(() => {
        database.exec(migration.sql);
        database.pragma(`user_version = ${migration.number}`);
      })
      .immediate();
  }
}
