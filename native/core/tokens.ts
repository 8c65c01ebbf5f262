import type { X509Certificate } from 'node:crypto';
import type { TokenState } from '../../contract/desktop.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import type { PinKey } from '../../contract/sealed-pin.ts';
import type {
  CertificateInfo,
  KeyReference,
  LoginEnd,
  ModuleInfo,
  TokenInfo,
  TokenReference,
} from '../../contract/token.ts';
import { signingSteps } from '../token/signing-steps.ts';
import type { PinChange } from '../token/token-client.ts';
import type { Events } from './events.ts';
import type { Log } from './log.ts';
import { LoginWatch, removedLogins } from './login-watch.ts';
import type { Modules } from './modules.ts';
import type { TokenPort } from './ports.ts';
import { Turnstile } from './turnstile.ts';

/** After the process itself has failed, looking again at once would only start it in vain. */
const pauseAfterFailureMs = 15_000;

export interface TokensOptions {
  /** 0: looked for only when asked. */
  readonly pollMs: number;
  /** A login ends when no token has been used for this long. */
  readonly idleMs: number;
}

export interface TokensParts {
  readonly port: TokenPort;
  readonly modules: Pick<Modules, 'list' | 'add' | 'remove'>;
  readonly options: TokensOptions;
  readonly events: Events;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * What is plugged in. Looks at it in turn while nobody uses a token, never two calls at a time, and tells only of
 * what has changed. When the token process fails, what was last seen stays, with the problem beside it.
 */
export class Tokens {
  readonly #parts: TokensParts;
  readonly #turnstile = new Turnstile();
  readonly #login: LoginWatch;
  #modules: readonly ModuleInfo[] = [];
  #problem: Failure | null = null;
  #checkedAt: string | null = null;
  readonly #pinGivenAt = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: TokensParts) {
    this.#parts = parts;
    const { now, options, log } = parts;
    this.#login = new LoginWatch({
      idleMs: options.idleMs,
      onIdle: () => void this.end('idle').catch((error) => log.failure('tokens.idle', error)),
      now,
    });
  }

  start(): void {
    if (this.#parts.options.pollMs > 0) this.#schedule(0);
  }

  state(): TokenState {
    const [modules, problem] = [[...this.#modules], this.#problem];
    return {
      ...{ modules, problem, checkedAt: this.#checkedAt },
      steps: signingSteps(modules, problem),
      loginEndsAt: this.#login.endsAt,
      loginEnded: this.#login.ended,
    };
  }

  /** Looks now, at modules that failed before, too; waits for whoever uses the token. */
  async refresh(): Promise<TokenState> {
    await this.#turnstile.pass(() => this.#look(true));
    return this.state();
  }

  /** What a PIN is sealed with; starts the token process where it isn't running. */
  async pinKey(): Promise<PinKey> {
    return this.#turnstile.pass(() => this.#parts.port.pinKey());
  }

  /** Ends every login that stands. */
  async end(reason: LoginEnd['reason']): Promise<TokenState> {
    await this.#turnstile.pass(async () => {
      this.#login.ending(reason);
      await this.#parts.port.logout();
      // Where nobody looks by themselves, nobody may be made to wait for a process that isn't running.
      if (this.#login.stands || reason === 'asked') await this.#look(false);
    });
    return this.state();
  }

  /** One try to change a token's PIN; the login there ends. Fails as `TokenClient.changePin` does. */
  async changePin(change: PinChange): Promise<TokenState> {
    await this.#turnstile.pass(async () => {
      this.#login.ending('asked');
      try {
        await this.#parts.port.changePin(change);
      } finally {
        await this.#look(false);
      }
    });
    return this.state();
  }

  /** Tries a driver out and keeps it, or fails with why it can't be used. */
  async addModule(path: string): Promise<TokenState> {
    await this.#turnstile.pass(async () => {
      const [tried] = await this.#parts.port.list([path], { again: true });
      if (!tried?.ok)
        throw tried?.error ? AppError.fromFailure(tried.error) : new AppError('module-unusable');
      await this.#parts.modules.add(path);
      await this.#look(false);
    });
    return this.state();
  }

  async removeModule(path: string): Promise<TokenState> {
    await this.#turnstile.pass(async () => {
      await this.#parts.modules.remove(path);
      await this.#look(false);
    });
    return this.state();
  }

  /** Uses the token alone: no look at it comes between, which some drivers take badly while they sign. */
  async use<T>(action: (port: TokenPort) => Promise<T>): Promise<T> {
    try {
      return await this.#turnstile.pass(() => action(this.#parts.port));
    } finally {
      this.#login.used();
      // Tries left, a login, a token pulled out in the middle: shown at once.
      if (!this.#closed) this.#schedule(0);
    }
  }

  /**
   * The certificate that a key belongs to, and its token, as last seen; looks again where it isn't known. Fails with
   * `token-missing` or `certificate-missing`.
   */
  async find(key: KeyReference): Promise<{ token: TokenInfo; certificate: CertificateInfo }> {
    if (this.#token(key) === undefined) await this.refresh();
    const token = this.#token(key);
    if (token === undefined) {
      if (this.#problem) throw AppError.fromFailure(this.#problem);
      throw new AppError('token-missing');
    }
    const certificate = token.certificates.find((each) => each.id === key.certificateId);
    if (certificate === undefined) throw new AppError('certificate-missing');
    return { token, certificate };
  }

  /**
   * A certificate as its token holds it; reading it is no use of the token, so a login ends no later for it. Fails as
   * `find` does.
   */
  async certificate(key: KeyReference): Promise<X509Certificate> {
    await this.find(key);
    return this.#turnstile.pass(() => this.#parts.port.certificate(key));
  }

  /** What a token is called, as last seen; its serial number where it has no name or isn't there. */
  label(token: TokenReference): string {
    return this.#token(token)?.label || token.tokenSerial;
  }

  /** A token has just taken its PIN. */
  pinGiven({ tokenSerial }: TokenReference): void {
    this.#pinGivenAt.set(tokenSerial, this.#parts.now());
  }

  /** A PIN was refused: what was logged in before has been logged out for it. */
  pinRefused(): void {
    this.#login.ending('asked');
  }

  /**
   * When a token last took its PIN in this run; null where it hasn't. Says nothing of whether that login still
   * stands.
   */
  pinGivenAt({ tokenSerial }: TokenReference): Date | null {
    return this.#pinGivenAt.get(tokenSerial) ?? null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#login.close();
    await this.#parts.port.close();
  }

  #token({ modulePath, tokenSerial }: TokenReference): TokenInfo | undefined {
    // Named by whichever module showed it: another may show it now.
    const modules = this.#modules.filter(({ path }) => path === modulePath);
    return modules.flatMap(({ tokens }) => tokens).find((each) => each.serial === tokenSerial);
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#turn(), afterMs);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    const { pollMs } = this.#parts.options;
    if (!this.#turnstile.busy) await this.#turnstile.pass(() => this.#look(false));
    if (pollMs > 0) this.#schedule(this.#problem ? Math.max(pauseAfterFailureMs, pollMs) : pollMs);
  }

  /** @param again somebody asks for it: modules that failed are tried again, and the system is searched anew */
  async #look(again: boolean): Promise<void> {
    const { port, modules, events, log, now } = this.#parts;
    const [before, told] = [this.#modules, this.#told()];
    const isFirst = this.#checkedAt === null;
    try {
      const found = await modules.list(again);
      const seen = await port.list(
        found.map(({ path }) => path),
        { again },
      );
      const sources = new Map(found.map(({ path, source }) => [path, source]));
      this.#modules = seen.map((module) => {
        const source = sources.get(module.path);
        return source === undefined ? module : { ...module, source };
      });
      // A token that was pulled out must ask for its PIN when it comes back, whatever its driver remembers.
      if (removedLogins(before, this.#modules).length > 0) await port.logout();
      this.#login.seen(before, this.#modules);
      this.#problem = null;
    } catch (error) {
      const problem = AppError.from(error).toFailure();
      if (this.#problem?.code !== problem.code) log.failure('tokens.list', error);
      this.#problem = problem;
    }
    this.#checkedAt = now().toISOString();
    if (isFirst || this.#told() !== told) events.publish('tokens');
  }

  #told(): string {
    return JSON.stringify([this.#modules, this.#problem, this.#login.endsAt, this.#login.ended]);
  }
}
