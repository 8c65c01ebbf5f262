import type { LoginEnd, ModuleInfo } from '../../contract/token.ts';

/** Tokens that somebody is logged in to, by serial number. */
function loggedIn(modules: readonly ModuleInfo[]): string[] {
  const tokens = modules.flatMap((module) => module.tokens);
  return tokens.filter((token) => token.loggedIn).map((token) => token.serial);
}

/** Serial numbers of tokens that were logged in to and aren't there any more. */
export function removedLogins(before: readonly ModuleInfo[], after: readonly ModuleInfo[]): string[] {
  const present = new Set(after.flatMap((module) => module.tokens).map((token) => token.serial));
  return loggedIn(before).filter((serial) => !present.has(serial));
}

/**
 * Watches a login on a token: ends it after a time in which nobody used a token, and remembers why the last one
 * ended, so that a person who is asked for the PIN again can be told.
 */
export class LoginWatch {
  readonly #idleMs: number;
  readonly #onIdle: () => void;
  readonly #now: () => Date;
  #timer: NodeJS.Timeout | undefined;
  #endsAt: Date | null = null;
  #stands = false;
  #ended: LoginEnd | null = null;
  #asked: LoginEnd['reason'] | null = null;

  constructor(options: { idleMs: number; onIdle: () => void; now: () => Date }) {
    this.#idleMs = options.idleMs;
    this.#onIdle = options.onIdle;
    this.#now = options.now;
  }

  /** When the login that stands ends by itself. */
  get endsAt(): string | null {
    return this.#endsAt?.toISOString() ?? null;
  }

  /** How the last login ended; null while one stands. */
  get ended(): LoginEnd | null {
    return this.#ended;
  }

  get stands(): boolean {
    return this.#stands;
  }

  /** A token has been used: the time starts anew. */
  used(): void {
    if (this.#stands) this.#arm();
  }

  /** Logins are about to be ended, for this reason; the next look finds them gone. */
  ending(reason: LoginEnd['reason']): void {
    if (this.#stands) this.#asked = reason;
  }

  /** What a look at the tokens has found. */
  seen(before: readonly ModuleInfo[], after: readonly ModuleInfo[]): void {
    const stands = loggedIn(after).length > 0;
    // What was about to end it has not.
    if (stands) this.#asked = null;
    if (stands && !this.#stands) {
      this.#ended = null;
      this.#asked = null;
      this.#arm();
    }
    if (!stands && this.#stands) {
      const reason = this.#asked ?? (removedLogins(before, after).length > 0 ? 'removed' : 'stopped');
      this.#ended = { reason, at: this.#now().toISOString() };
      this.close();
    }
    this.#stands = stands;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#endsAt = null;
    this.#asked = null;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    this.#endsAt = new Date(this.#now().getTime() + this.#idleMs);
    this.#timer = setTimeout(this.#onIdle, this.#idleMs);
    this.#timer.unref();
  }
}
