import { statfs } from 'node:fs/promises';
import { AppError } from '../contract/failure.ts';
import type { PersonId } from '../contract/identity.ts';
import { type Clock, vietNamDate } from './clock.ts';
import type { Database } from './database.ts';

/** What one person may send. */
export interface UploadLimits {
  /** Uploads at a time, so that nobody holds all of the server's disk or sockets. */
  readonly atOnce: number;
  /** In one day in Viet Nam, whatever became of them. */
  readonly filesADay: number;
  readonly bytesADay: number;
}

/** A clerk with a hundred documents a day, each with appendices and signed twice, comes nowhere near. */
export const ordinaryLimits: UploadLimits = { atOnce: 4, filesADay: 2000, bytesADay: 8 * 1024 ** 3 };

/** Left free for the database: without it no act could be written down any more. */
const reservedBytes = 256 * 1024 * 1024;
/** Counts are kept this long, for whoever asks who filled the disk. */
const keptDays = 90;

/** An upload that was let in; `end` is to be called once, however it ended. */
export interface AllowedUpload {
  /** @param received bytes that came, which count though they were of no use */
  end(received: number): void;
}

export interface UploadAllowanceParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly folder: string;
  readonly limits: UploadLimits;
  /** Free bytes where files are kept; by default, asks the system. */
  readonly freeBytes?: () => Promise<number>;
}

/** How much each person sends: counted before a byte is read, so that many at once can't go past the bound together. */
export class UploadAllowance {
  readonly #parts: UploadAllowanceParts;
  readonly #running = new Map<PersonId, number>();

  constructor(parts: UploadAllowanceParts) {
    this.#parts = parts;
  }

  /**
   * Lets an upload of at most `bytes` bytes in. Fails with `upload-limit` {reason: 'uploads-at-once' |
   * 'uploads-a-day' | 'bytes-a-day' | 'server-disk-full', limit?}, all of which pass.
   */
  async begin(person: PersonId, bytes: number): Promise<AllowedUpload> {
    const { limits, clock } = this.#parts;
    const running = this.#running.get(person) ?? 0;
    if (running >= limits.atOnce) throw refused('uploads-at-once', limits.atOnce);
    this.#running.set(person, running + 1);
    const day = vietNamDate(clock());
    try {
      await this.#requireSpace(bytes);
      this.#count(person, day, bytes);
    } catch (error) {
      this.#release(person);
      throw error;
    }
    return {
      end: (received) => {
        this.#release(person);
        this.#add(person, day, 0, received - bytes);
      },
    };
  }

  /** Forgets old days' counts. */
  sweep(): void {
    const before = vietNamDate(new Date(this.#parts.clock().getTime() - keptDays * 24 * 60 * 60 * 1000));
    this.#parts.database.prepare('DELETE FROM upload_use WHERE day < ?').run(before);
  }

  async #requireSpace(bytes: number): Promise<void> {
    const { folder, freeBytes = () => freeIn(folder) } = this.#parts;
    if ((await freeBytes()) < bytes + reservedBytes) throw refused('server-disk-full');
  }

  #count(person: PersonId, day: string, bytes: number): void {
    const { database, limits } = this.#parts;
    const used = database
      .prepare<[string, string], { files: number; bytes: number }>(
        'SELECT files, bytes FROM upload_use WHERE person_id = ? AND day = ?',
      )
      .get(person, day) ?? { files: 0, bytes: 0 };
    if (used.files >= limits.filesADay) throw refused('uploads-a-day', limits.filesADay);
    if (used.bytes + bytes > limits.bytesADay) throw refused('bytes-a-day');
    this.#add(person, day, 1, bytes);
  }

  #add(person: PersonId, day: string, files: number, bytes: number): void {
    this.#parts.database
      .prepare(
        `INSERT INTO upload_use (person_id, day, files, bytes) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET files = files + excluded.files, bytes = bytes + excluded.bytes`,
      )
      .run(person, day, files, bytes);
  }

  #release(person: PersonId): void {
    const left = (this.#running.get(person) ?? 1) - 1;
    if (left > 0) this.#running.set(person, left);
    else this.#running.delete(person);
  }
}

function refused(reason: string, limit?: number): AppError {
  const params = limit === undefined ? { reason } : { reason, limit };
  return new AppError('upload-limit', params, { retryable: true });
}

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
