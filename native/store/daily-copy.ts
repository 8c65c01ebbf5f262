import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../contract/failure.ts';
import { quickCheck } from './database.ts';
import { renameDurably, syncFile } from './durable.ts';
import { sqliteFailure } from './sqlite-failure.ts';

const copyName = /^work-(\d{4}-\d{2}-\d{2})\.db$/;
const copiesKept = 7;

/** Verified copies of work.db, one a day, in a folder of their own; the newest seven are kept. */
export class DailyCopies {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Days (YYYY-MM-DD) that have a copy, newest first. */
  days(): string[] {
    return readdirSync(this.#folder)
      .map((name) => copyName.exec(name)?.[1])
      .filter((day) => day !== undefined)
      .sort()
      .reverse();
  }

  /**
   * Makes the copy of a day unless it is there. The copy is read back whole before it gets its name, so that a copy
   * under its name is one that can be restored. Returns whether one was made.
   */
  async make(database: Database.Database, day: string): Promise<boolean> {
    if (existsSync(this.#path(day))) return false;
    const part = `${this.#path(day)}.part`;
    try {
      rmSync(part, { force: true });
      database.prepare('VACUUM INTO ?').run(part);
      verifyCopy(part);
      await syncFile(part);
      await renameDurably(part, this.#path(day));
    } catch (error) {
      rmSync(part, { force: true });
      throw sqliteFailure(error);
    }
    for (const old of this.days().slice(copiesKept)) rmSync(this.#path(old), { force: true });
    return true;
  }

  /** A copy to go back to if a migration turns out wrong; kept apart from the daily ones and never removed. */
  keepBeforeMigration(database: Database.Database, version: number): void {
    const path = join(this.#folder, `before-migration-from-${version}.db`);
    if (!existsSync(path)) database.prepare('VACUUM INTO ?').run(path);
  }

  /** Puts the newest copy that is whole at `target`, and returns its day; null where there is none. */
  restore(target: string): string | null {
    for (const day of this.days()) {
      try {
        verifyCopy(this.#path(day));
      } catch (error) {
        if (error instanceof AppError || error instanceof Database.SqliteError) continue;
        throw error;
      }
      copyFileSync(this.#path(day), target);
      return day;
    }
    return null;
  }

  #path(day: string): string {
    return join(this.#folder, `work-${day}.db`);
  }
}

function verifyCopy(path: string): void {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    quickCheck(copy);
  } finally {
    copy.close();
  }
}
