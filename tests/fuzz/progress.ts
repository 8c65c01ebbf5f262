import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * Where a worker is, and the processor time in milliseconds that it had used when it began there: two doubles in a file, which
 * who watches can read even when nothing else works in the worker any more.
 */
export interface Position {
  readonly index: number;
  readonly begunMs: number;
}

const positionBytes = 16;

/** Processor time of this process, in milliseconds; a busy machine doesn't lengthen it. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The worker's end. */
export class ProgressWriter {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Notes that an input is begun. Returns the processor time at which. */
  begin(index: number): number {
    const begun = cpuMs();
    writeSync(this.#file, new Uint8Array(Float64Array.of(index, begun).buffer), 0, positionBytes, 0);
    return begun;
  }
}

/** The watcher's end; the worker has begun to write. */
export class ProgressReader {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  read(): Position {
    const state = new Float64Array(2);
    readSync(this.#file, new Uint8Array(state.buffer), 0, positionBytes, 0);
    return { index: state[0] ?? 0, begunMs: state[1] ?? 0 };
  }

  close(): void {
    closeSync(this.#file);
  }
}
