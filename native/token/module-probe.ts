import { AppError } from '../../contract/failure.ts';
import type { TokenDeadlines } from './deadlines.ts';
import { assertLoadable } from './library-header.ts';
import { fileState } from './quarantine.ts';
import type { TokenHost } from './token-host.ts';
import { TokenProcess } from './token-process.ts';
import { shownPath } from './token-text.ts';

/**
 * Tries modules out, each in a process of its own that is thrown away: a module that crashes or hangs must not take with it the
 * process in which another token is logged in. What passed once is known by path, size and time of change, and not tried again.
 */
export class ModuleProbe {
  readonly #host: Pick<TokenHost, 'startProbe'>;
  readonly #deadlines: Pick<TokenDeadlines, 'start' | 'probe'>;
  readonly #passed = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: Pick<TokenHost, 'startProbe'>, deadlines: Pick<TokenDeadlines, 'start' | 'probe'>) {
    this.#host = host;
    this.#deadlines = deadlines;
  }

  /**
   * Settles once the module has shown all that it does before a login: load, initialise, slots, tokens, certificates.
   * @throws AppError `module-missing`, `module-wrong-architecture`, `module-not-pkcs11`, `module-dependency-missing`,
   * `module-crashed`, `module-hung`, `module-unusable`; `token-stopped` or `token-timeout` where no process could be started
   */
  async check(path: string): Promise<void> {
    assertLoadable(path);
    const state = fileState(path);
    if (this.#passed.get(path) === state) return;
    const startProbe = this.#host.startProbe?.bind(this.#host);
    if (!startProbe) return;
    // One after the other: the shell has room for one, and an old computer no use for several.
    const turn = this.#last.then(() => this.#try(path, startProbe));
    this.#last = turn.catch(() => undefined);
    await turn;
    this.#passed.set(path, state);
  }

  /** Tries the module out again, next time. */
  forget(path: string): void {
    this.#passed.delete(path);
  }

  async #try(path: string, startProbe: NonNullable<TokenHost['startProbe']>): Promise<void> {
    const { start, probe } = this.#deadlines;
    // Fails as it does: a process that can't be had is no module's fault.
    const process = await TokenProcess.start({ start: startProbe }, start);
    try {
      const module = await process.call(probe, (calls) => calls.list({ modulePath: path }));
      if (!module.ok)
        throw module.error ? AppError.fromFailure(module.error) : new AppError('module-unusable');
    } catch (thrown) {
      throw asModuleFailure(AppError.from(thrown), path);
    } finally {
      await process.kill();
    }
  }
}

/** The end of a process as its module's fault: nothing else ran in it, or it ended while that module was asked. */
export function asModuleFailure(failed: AppError, path: string): AppError {
  const params = { path: shownPath(path) };
  if (failed.code === 'token-timeout') {
    return new AppError('module-hung', { ...params, ...failed.params }, { retryable: true });
  }
  if (failed.code === 'token-stopped') return new AppError('module-crashed', params, { retryable: true });
  return failed;
}
