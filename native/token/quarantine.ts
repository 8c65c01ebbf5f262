import { statSync } from 'node:fs';
import type { AppError } from '../../contract/failure.ts';

interface Entry {
  readonly failure: AppError;
  readonly strikes: number;
  readonly file: string;
  readonly until: number;
}

/** First wait in milliseconds, doubled with each further time, up to the longest. A hang costs its whole deadline each time. */
const firstWaitMs = 5_000;
const firstWaitAfterHangMs = 30_000;
const longestWaitMs = 600_000;

/** What an installer changes when it replaces a file. */
export function fileState(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino}:${found.size}:${found.mtimeMs}` : 'missing';
}

/**
 * Modules that can't be used: they crash, hang, or aren't for this computer. They are left alone, so that one bad driver doesn't
 * cost the others their login at each turn, and tried again after a while, once their file changes, or when the person asks.
 */
export class Quarantine {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  /** @param now milliseconds on a clock that only runs forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Notes why the module can't be used; returns it. */
  add(path: string, failure: AppError): AppError {
    const strikes = (this.#entries.get(path)?.strikes ?? 0) + 1;
    const first = failure.code === 'module-hung' ? firstWaitAfterHangMs : firstWaitMs;
    const wait = Math.min(first * 2 ** (strikes - 1), longestWaitMs);
    this.#entries.set(path, { failure, strikes, file: fileState(path), until: this.#now() + wait });
    return failure;
  }

  /**
   * Why the module is left alone right now; null if it may be tried.
   * @param costly whether a login stands that trying it could disturb
   */
  holds(path: string, costly: boolean): AppError | null {
    const entry = this.#entries.get(path);
    if (!entry) return null;
    if (costly) return entry.failure;
    return this.#now() < entry.until && fileState(path) === entry.file ? entry.failure : null;
  }

  /** The module has shown that it works. */
  release(path: string): void {
    this.#entries.delete(path);
  }

  /** Lets every module be tried at once; how often each has failed isn't forgotten. */
  recall(): void {
    for (const [path, entry] of this.#entries) this.#entries.set(path, { ...entry, until: this.#now() });
  }
}
