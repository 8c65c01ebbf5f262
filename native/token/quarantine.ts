import { statSync } from 'node:fs';
import { AppError } from '../../contract/failure.ts';
import { shownPath } from './token-text.ts';

interface Entry {
  readonly failure: AppError;
  readonly strikes: number;
  readonly file: string;
  readonly until: number;
}

/** First wait in milliseconds, doubled with each further time, up to the longest. */
const firstWait = { 'module-unusable': 5_000, 'token-timeout': 30_000 } as const;
const longestWait = 600_000;

/** What an installer changes when it replaces a file. */
function fileState(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino}:${found.size}:${found.mtimeMs}` : 'missing';
}

/**
 * Modules that took the token process down or made it hang while they were looked at. They are left alone, so that one
 * bad driver doesn't cost the others their login at each turn, and tried again after a while, or once their file changes.
 */
export class Quarantine {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  /** @param now milliseconds on a clock that only runs forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Notes that the process died, or had to be killed, while it was looking at this module. */
  add(path: string, how: 'crashed' | 'hung'): AppError {
    const code = how === 'hung' ? 'token-timeout' : 'module-unusable';
    const strikes = (this.#entries.get(path)?.strikes ?? 0) + 1;
    const failure = new AppError(code, { path: shownPath(path), reason: how });
    const wait = Math.min(firstWait[code] * 2 ** (strikes - 1), longestWait);
    this.#entries.set(path, { failure, strikes, file: fileState(path), until: this.#now() + wait });
    return failure;
  }

  /**
   * Why the module is left alone right now; null if it may be tried.
   * @param costly whether a login stands that another fall of the process would end
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
}
