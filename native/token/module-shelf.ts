import { realpathSync } from 'node:fs';
import { AppError } from '../../contract/failure.ts';
import { DriverModule } from './driver-module.ts';
import { shownPath } from './token-text.ts';

/**
 * A module is restarted at most this often, and so that restarting takes no more than a hundredth of the time: some initialise
 * in a millisecond, others ask every reader.
 */
const shortestPauseMs = 900;
const longestPauseMs = 30_000;
const pausePerEffort = 100;

interface Held {
  readonly module: DriverModule;
  nextRestart: number;
}

/** The modules of this process, each loaded once. */
export class ModuleShelf {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The module by its real path: the same library loaded under two names shares one state, and would be restarted twice.
   * @throws AppError as `DriverModule.load`
   */
  open(path: string): DriverModule {
    let real: string;
    try {
      real = realpathSync(path);
    } catch (thrown) {
      throw new AppError('module-missing', { path: shownPath(path) }, { cause: thrown });
    }
    const known = this.#held.get(real);
    if (known) {
      known.module.ensureInitialised();
      return known.module;
    }
    const module = DriverModule.load(path);
    this.#held.set(real, { module, nextRestart: this.#now() + shortestPauseMs });
    return module;
  }

  /**
   * Makes a module that needs it see new tokens. The caller knows that nobody is logged in through it: that login would end.
   * @param wanted somebody waits for a token, so that it is done whatever it costs
   */
  rescan(module: DriverModule, wanted: boolean): void {
    if (module.rescan !== 'restart') return;
    const held = [...this.#held.values()].find((each) => each.module === module);
    const begun = this.#now();
    if (!held || (!wanted && begun < held.nextRestart)) return;
    try {
      module.restart();
    } finally {
      const pause = (this.#now() - begun) * pausePerEffort;
      held.nextRestart = this.#now() + Math.min(Math.max(pause, shortestPauseMs), longestPauseMs);
    }
  }
}
