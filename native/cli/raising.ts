import { lstatSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { Allowance } from '../signing/allowance.ts';
import type { BatchOutcome } from '../signing/batch.ts';
import { partName } from '../signing/leftovers.ts';
import { type ExtendedLevel, extendPdf } from '../signing/long-term/extend-pdf.ts';
import type { SignedPdf } from '../signing/sign-pdf.ts';
import { roundMs } from '../signing/stop-watch.ts';
import type { LevelHelp } from './level.ts';

/** The government's service takes up to two minutes for a stamp, and bears four requests at a time. */
export const stampsAtOnce = 4;

/** Bytes: the next stamp may be a little longer than the one before. */
const spareRoom = 512;

export interface RaisingOptions extends LevelHelp {
  readonly level: ExtendedLevel;
  readonly targets: readonly string[];
  readonly replace: boolean;
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Freshly signed files on their way to baseline T, LT or LTA. The token goes on with the next file meanwhile: a file is signed
 * into a hidden one beside its target, and gets its name only at the level that was asked for.
 */
export class Raising {
  /** Files whose stamp needs more room than was left, and the bytes of /Contents that it needs: to be signed once more. */
  readonly tooSmall = new Map<number, number>();
  readonly #options: RaisingOptions;
  readonly #paths: readonly string[];
  readonly #turns = new Allowance(stampsAtOnce);
  readonly #underWay: Promise<void>[] = [];

  constructor(options: RaisingOptions) {
    this.#options = options;
    this.#paths = options.targets.map((target) => join(dirname(target), partName()));
  }

  /** Where a file is signed to. Throws `file-exists` before a token is asked for what couldn't be kept. */
  path(index: number): string {
    const { targets, replace } = this.#options;
    const target = targets[index] ?? '';
    if (!replace && lstatSync(target, { throwIfNoEntry: false }))
      throw new AppError('file-exists', { file: basename(target) });
    return this.#paths[index] ?? target;
  }

  /** Raises a file that has been signed; `report` hears what became of it. */
  begin(index: number, signed: SignedPdf, report: (outcome: BatchOutcome) => void): void {
    this.#underWay.push(this.#raise(index, signed, report));
  }

  /** Resolves when nothing is under way any more. */
  async finished(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #raise(index: number, signed: SignedPdf, report: (outcome: BatchOutcome) => void): Promise<void> {
    const source = this.#paths[index] ?? '';
    const target = this.#options.targets[index] ?? '';
    const leave = await this.#turns.take(1);
    try {
      const { level, bytesOut, timings } = await extendPdf({ ...this.#options, source, target });
      const { readMs, networkMs, writeMs } = timings;
      const totalMs = roundMs(signed.timings.totalMs + readMs + networkMs + writeMs);
      report({
        state: 'signed',
        signed: { ...signed, level, bytesOut, timings: { ...signed.timings, totalMs } },
      });
    } catch (thrown) {
      const failure = AppError.from(thrown);
      const needed = Number(failure.params['needed']);
      // Once: a stamp that outgrows even the room made for it isn't chased.
      if (failure.code === 'signature-room-too-small' && !this.tooSmall.has(index))
        this.tooSmall.set(index, needed + spareRoom);
      else report({ state: 'failed', failure });
    } finally {
      leave();
      await rm(source, { force: true });
    }
  }
}
