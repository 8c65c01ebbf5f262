import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ProgressReader } from './progress.ts';
import { bounds, type Done, type Order } from './protocol.ts';

const usualProgram = fileURLToPath(new URL('./worker.ts', import.meta.url));
const lookEveryMs = 100;
/** A tick of /proc's clock: USER_HZ is 100 on every Linux that Node runs on. */
const tickMs = 10;
const pageKb = 4;

export interface WorkerSetting {
  readonly corpus: string;
  readonly seed: number;
  /** A file of this worker's own. */
  readonly progress: string;
  /** What it runs, where it isn't `worker.ts`. */
  readonly program?: string | undefined;
  /** Processor time for one input, in milliseconds, where it isn't what `bounds` say. */
  readonly cpuMs?: number | undefined;
  /** Memory in MB, likewise. */
  readonly memoryMb?: number | undefined;
}

/** The worker was killed, or died, at this input. */
export interface Ended {
  readonly at: number;
  readonly why: string;
}

/** A worker process that doesn't outlive its bounds, nor this process. */
export class WatchedWorker {
  readonly #child: ChildProcess;
  readonly #progress: ProgressReader;
  readonly #bounds: { readonly cpuMs: number; readonly memoryMb: number };

  private constructor(
    child: ChildProcess,
    progress: ProgressReader,
    own: { readonly cpuMs: number; readonly memoryMb: number },
  ) {
    this.#child = child;
    this.#progress = progress;
    this.#bounds = own;
  }

  static async start(setting: WorkerSetting): Promise<WatchedWorker> {
    const { corpus, seed, progress, program } = setting;
    const { cpuMs = bounds.cpuMs, memoryMb = bounds.memoryMb } = setting;
    const child = fork(program ?? usualProgram, [corpus, String(seed), progress], {
      execArgv: ['--max-semi-space-size=4'],
    });
    await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => failed(code))]);
    return new WatchedWorker(child, new ProgressReader(progress), { cpuMs, memoryMb });
  }

  /** Has a range judged. Either the answer, or where and why the process came to its end. */
  async judge(order: Order): Promise<Done | Ended> {
    let why = '';
    const timer = setInterval(() => {
      why ||= this.#breach() ?? '';
      if (why) this.#child.kill('SIGKILL');
    }, lookEveryMs);
    const watching = new AbortController();
    const { signal } = watching;
    try {
      this.#child.send(order);
      return await Promise.race([
        once(this.#child, 'message', { signal }).then(([done]) => done as Done),
        once(this.#child, 'exit', { signal }).then(([code, by]) => ({
          at: this.#progress.read().index,
          why: why || `died: ${code ?? by}`,
        })),
      ]);
    } finally {
      clearInterval(timer);
      watching.abort();
    }
  }

  close(): void {
    this.#child.kill('SIGKILL');
    this.#progress.close();
  }

  #breach(): string | null {
    const used = usage(this.#child.pid ?? 0);
    if (!used) return null;
    // Memory first: whoever fills it spends time on that, too, and may be over both bounds by the next look.
    if (used.memoryMb > this.#bounds.memoryMb) return `memory: ${Math.round(used.memoryMb)} MB`;
    const spent = used.cpuMs - this.#progress.read().begunMs;
    return spent > this.#bounds.cpuMs ? `hang: ${Math.round(spent)} ms` : null;
  }
}

function failed(code: unknown): never {
  throw new Error(`a worker ended at its start with ${code}`);
}

/** What a process has used (proc(5)); null where it is gone. */
function usage(pid: number): { cpuMs: number; memoryMb: number } | null {
  try {
    // The name in parentheses may hold anything; fields are counted behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, resident = 0] = [fields[11], fields[12], fields[21]];
    return { cpuMs: (user + system) * tickMs, memoryMb: (resident * pageKb) / 1024 };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
