import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { ChainHead } from './chain.ts';

/** How long a new head may stay unwritten, in milliseconds: an act mustn't wait for a second flush of the disk. */
const delayMs = 1000;
const maxBytes = 4096;

/** `confirmed`: written with the key that this computer's program has; null where there was no key to tell by. */
export interface RememberedHead {
  readonly head: ChainHead;
  readonly confirmed: boolean | null;
}

/**
 * A log's head in a file apart from the log, so that whoever cuts the log's end off, or puts another in its place, is
 * found out. With a key it bears a MAC: without the key nobody can write a head for a log of their own.
 */
export class HeadFile {
  readonly #path: string;
  readonly #key: Uint8Array | null;
  #waiting: (() => Omit<ChainHead, 'closed'>) | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, key: Uint8Array | null) {
    this.#path = path;
    this.#key = key;
  }

  /** What is remembered; null where nothing is, or nothing that can be read. */
  read(): RememberedHead | null {
    let stored: unknown;
    try {
      const text = readFileSync(this.#path, 'utf8');
      stored = text.length > maxBytes ? null : JSON.parse(text);
    } catch {
      return null;
    }
    if (!isStored(stored)) return null;
    const { sequence, digest, closed, mac } = stored;
    const head = { sequence, digest, closed };
    if (this.#key === null) return { head, confirmed: null };
    const expected = Buffer.from(this.#mac(head), 'hex');
    const given = Buffer.from(mac, 'hex');
    return { head, confirmed: given.length === expected.length && timingSafeEqual(given, expected) };
  }

  /**
   * The log has a new head; it is written within a second. `newest` is asked only then: what was added in a
   * transaction may be gone again, and a head must never run ahead of its log.
   */
  note(newest: () => Omit<ChainHead, 'closed'>): void {
    this.#waiting = newest;
    this.#timer ??= setTimeout(() => this.#writeWaiting(), delayMs).unref();
  }

  /** Writes at once; fails as the disk does. `closed`: nothing comes after it in this run. */
  write(head: ChainHead): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = null;
    const beside = `${this.#path}.${randomBytes(8).toString('hex')}.part`;
    try {
      const descriptor = openSync(beside, 'wx', 0o600);
      try {
        writeSync(descriptor, JSON.stringify({ ...head, mac: this.#mac(head) }));
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(beside, this.#path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  }

  #writeWaiting(): void {
    this.#timer = undefined;
    if (this.#waiting === null) return;
    try {
      this.write({ ...this.#waiting(), closed: false });
    } catch {
      // A full disk: the head stays behind the log, which is no fault, and the next entry tries again.
    }
  }

  #mac({ sequence, digest, closed }: ChainHead): string {
    if (this.#key === null) return '';
    return createHmac('sha256', this.#key).update(`log head ${sequence} ${digest} ${closed}`).digest('hex');
  }
}

function isStored(value: unknown): value is ChainHead & { mac: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { sequence, digest, closed, mac } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(sequence) &&
    typeof digest === 'string' &&
    /^[0-9a-f]{64}$/.test(digest) &&
    typeof closed === 'boolean' &&
    typeof mac === 'string'
  );
}
