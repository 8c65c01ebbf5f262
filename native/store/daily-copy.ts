import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../contract/failure.ts';
import { claimFile } from '../disk/private-folder.ts';
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
    // What an earlier run was writing when it died.
    for (const name of readdirSync(folder))
      if (name.endsWith('.part')) rmSync(join(folder, name), { force: true });
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
    const part = this.#newPart();
    try {
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
    if (existsSync(path)) return;
    const part = this.#newPart();
    try {
      database.prepare('VACUUM INTO ?').run(part);
      renameSync(part, path);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
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
      // Whatever came to stand there since the damaged file was set aside isn't written through.
      copyFileSync(this.#path(day), target, constants.COPYFILE_EXCL);
      return day;
    }
    return null;
  }

  /** An empty file of our own under a name that nobody knew: SQLite fills what is empty, and refuses anything else. */
  #newPart(): string {
    const part = join(this.#folder, `${randomUUID()}.part`);
    claimFile(part);
    return part;
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
