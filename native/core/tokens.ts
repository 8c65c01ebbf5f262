import type { TokenState } from '../../contract/desktop.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import type { PinKey } from '../../contract/sealed-pin.ts';
import type { CertificateInfo, KeyReference, ModuleInfo, TokenInfo } from '../../contract/token.ts';
import type { Events } from './events.ts';
import type { Log } from './log.ts';
import type { TokenPort } from './ports.ts';
import { Turnstile } from './turnstile.ts';

/** After the process itself has failed, looking again at once would only start it in vain. */
const pauseAfterFailureMs = 15_000;

export interface TokensOptions {
  readonly modulePaths: readonly string[];
  /** 0: looked for only when asked. */
  readonly pollMs: number;
}

function loggedInSerials(modules: readonly ModuleInfo[]): Set<string> {
  const tokens = modules.flatMap((module) => module.tokens);
  return new Set(tokens.filter((token) => token.loggedIn).map((token) => token.serial));
}

/**
 * What is plugged in. Looks at it in turn while nobody uses a token, never two calls at a time, and tells only of
 * what has changed. When the token process fails, what was last seen stays, with the problem beside it.
 */
export class Tokens {
  readonly #port: TokenPort;
  readonly #options: TokensOptions;
  readonly #events: Events;
  readonly #log: Log;
  readonly #now: () => Date;
  readonly #turnstile = new Turnstile();
  #state: TokenState = { modules: [], problem: null, checkedAt: null };
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: { port: TokenPort; options: TokensOptions; events: Events; log: Log; now: () => Date }) {
    this.#port = parts.port;
    this.#options = parts.options;
    this.#events = parts.events;
    this.#log = parts.log;
    this.#now = parts.now;
  }

  start(): void {
    if (this.#options.pollMs > 0) this.#schedule(0);
  }

  state(): TokenState {
    return this.#state;
  }

  /** Looks now; waits for whoever uses the token. */
  async refresh(): Promise<TokenState> {
    await this.#turnstile.pass(() => this.#look());
    return this.#state;
  }

  /** What a PIN is sealed with; starts the token process where it isn't running. */
  async pinKey(): Promise<PinKey> {
    return this.#turnstile.pass(() => this.#port.pinKey());
  }

  /** Ends every login that stands. */
  async logout(): Promise<TokenState> {
    await this.#turnstile.pass(async () => {
      await this.#port.logout();
      await this.#look();
    });
    return this.#state;
  }

  /** Uses the token alone: no look at it comes between, which some drivers take badly while they sign. */
  async use<T>(action: (port: TokenPort) => Promise<T>): Promise<T> {
    try {
      return await this.#turnstile.pass(() => action(this.#port));
    } finally {
      // Tries left, a login, a token pulled out in the middle: shown at once.
      if (!this.#closed) this.#schedule(0);
    }
  }

  /**
   * The certificate that a key belongs to, as last seen; looks again where it isn't known. Fails with `token-missing`
   * or `certificate-missing`.
   */
  async find(key: KeyReference): Promise<CertificateInfo> {
    if (this.#token(key) === undefined) await this.refresh();
    const token = this.#token(key);
    if (token === undefined) {
      if (this.#state.problem) throw AppError.fromFailure(this.#state.problem);
      throw new AppError('token-missing');
    }
    const certificate = token.certificates.find((each) => each.id === key.certificateId);
    if (certificate === undefined) throw new AppError('certificate-missing');
    return certificate;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#port.close();
  }

  #token(key: KeyReference): TokenInfo | undefined {
    const module = this.#state.modules.find((each) => each.path === key.modulePath);
    return module?.tokens.find((each) => each.serial === key.tokenSerial);
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#turn(), afterMs);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    if (!this.#turnstile.busy) await this.#turnstile.pass(() => this.#look());
    if (this.#options.pollMs > 0) {
      this.#schedule(
        this.#state.problem ? Math.max(pauseAfterFailureMs, this.#options.pollMs) : this.#options.pollMs,
      );
    }
  }

  async #look(): Promise<void> {
    const before = this.#state;
    let { modules } = before;
    let problem: Failure | null = null;
    try {
      modules = await this.#port.list(this.#options.modulePaths);
      await this.#endLoginsOfRemoved(before.modules, modules);
    } catch (error) {
      problem = AppError.from(error).toFailure();
      if (before.problem?.code !== problem.code) this.#log.failure('tokens.list', error);
    }
    this.#state = { modules, problem, checkedAt: this.#now().toISOString() };
    const changed = JSON.stringify([before.modules, before.problem]) !== JSON.stringify([modules, problem]);
    if (changed || before.checkedAt === null) this.#events.publish('tokens');
  }

  /** A token that was pulled out must ask for its PIN when it comes back, whatever its driver remembers. */
  async #endLoginsOfRemoved(before: readonly ModuleInfo[], after: readonly ModuleInfo[]): Promise<void> {
    const present = new Set(after.flatMap((module) => module.tokens).map((token) => token.serial));
    const removed = [...loggedInSerials(before)].some((serial) => !present.has(serial));
    if (removed) await this.#port.logout();
  }
}
