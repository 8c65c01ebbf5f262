import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/failure.ts';
import type { FileFinding } from '../../contract/file-finding.ts';
import type { Ending, Order, Told } from './protocol.ts';

/** What a comparison found; `isFinished`: every page was compared. */
export interface Reading {
  readonly findings: readonly FileFinding[];
  readonly pages: number;
  readonly isFinished: boolean;
}

export interface ReadingBounds {
  /** Milliseconds without a page done. */
  readonly silenceMs: number;
  /** Milliseconds for a whole file of any length. */
  readonly totalMs: number;
  readonly heapMb: number;
  /** What the whole process may grow by meanwhile: pictures lie outside of a thread's heap. */
  readonly growthMb: number;
}

export const usualBounds: ReadingBounds = {
  silenceMs: 60_000,
  totalMs: 1_200_000,
  heapMb: 768,
  growthMb: 2048,
};
const lookEveryMs = 250;
const mostFindings = 50;

export interface ReadingOptions {
  /** Opens a protected file. */
  readonly password?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/**
 * Where the thread's program lies: `main.ts` beside this file, or `reading.js` beside the bundle or one folder up from
 * a chunk.
 */
function threadEntry(from: string = import.meta.url): string {
  if (from.endsWith('.ts')) return fileURLToPath(new URL('./main.ts', from));
  const paths = ['./reading.js', '../reading.js'].map((name) => fileURLToPath(new URL(name, from)));
  const entry = paths.find((file) => existsSync(file));
  if (entry === undefined) throw new AppError('internal', {}, { cause: `no reading entry beside ${from}` });
  return entry;
}

/** Which program compares: another one, or another PDF.js, may find what this one doesn't. */
export function readerIdentity(): string {
  const { version } = createRequire(import.meta.url)('pdfjs-dist/package.json') as { version: string };
  return createHash('sha256').update(readFileSync(threadEntry())).update(version).digest('hex');
}

/**
 * Compares files, one after the other, in a thread that is kept for the next one, holds up no process' end while it is
 * idle, and is ended where a file keeps it too long or makes it grow too large.
 */
export class Reader {
  readonly #bounds: ReadingBounds;
  #thread: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(bounds: Partial<ReadingBounds> = {}) {
    this.#bounds = { ...usualBounds, ...bounds };
  }

  /**
   * Whether the window shows of this file what we read in it. What the file says never throws: what couldn't be
   * finished is the finding `reading-unfinished`. A file that we can't read at all has no findings; nobody signs it,
   * and its verdict is `unreadable`. Throws `file-missing`, `file-unreadable`, and the signal's reason.
   */
  read(file: string, options: ReadingOptions = {}): Promise<Reading> {
    const reading = this.#last.then(() => this.#read(file, options));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end();
    await this.#last;
  }

  async #read(file: string, { password, signal, onProgress }: ReadingOptions): Promise<Reading> {
    signal?.throwIfAborted();
    const folder = await mkdtemp(path.join(tmpdir(), 'antin-reading-'));
    try {
      const order = { path: path.resolve(file), password, spill: path.join(folder, 'copy') };
      return await this.#perform(order, signal, onProgress);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #perform(
    order: Order,
    signal: AbortSignal | undefined,
    onProgress: ReadingOptions['onProgress'],
  ): Promise<Reading> {
    if (this.#isClosed) throw new AppError('cancelled');
    const { silenceMs, totalMs, growthMb } = this.#bounds;
    this.#thread ??= this.#start();
    const thread = this.#thread;
    const course = new Course(onProgress);
    const begun = performance.now();
    const before = process.memoryUsage.rss();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onTold = (told: Told) => {
      if (told.kind === 'failed') reject(new AppError(told.code, told.params));
      if (course.note(told)) resolve();
    };
    const onError = (error: unknown) => (isTooLarge(error) ? resolve() : reject(error));
    const watch = setInterval(() => {
      const now = performance.now();
      const grown = (process.memoryUsage.rss() - before) / (1 << 20);
      if (now - course.lastAt > silenceMs || now - begun > totalMs || grown > growthMb) resolve();
    }, lookEveryMs);
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    thread.on('message', onTold).on('error', onError).on('exit', resolve);
    thread.ref();
    try {
      thread.postMessage(order);
      await promise;
      return course.reading;
    } finally {
      clearInterval(watch);
      signal?.removeEventListener('abort', onAbort);
      thread.off('message', onTold).off('error', onError).off('exit', resolve);
      if (course.hasEnded) thread.unref();
      else await this.#end();
    }
  }

  #start(): Worker {
    const { heapMb } = this.#bounds;
    const compileCache = process.env['NODE_COMPILE_CACHE'];
    const thread = new Worker(threadEntry(), {
      name: 'reading',
      // Flags of whoever runs us (a debugger, a test runner) would be passed on.
      execArgv: [],
      // Nothing of ours is its business but where compiled code is kept: PDF.js takes longer to compile than to run.
      env: compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache },
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      // What PDF.js prints is nobody's answer.
      stdout: true,
      stderr: true,
    });
    // A thread that dies while nobody waits for it is begun anew.
    return thread
      .on('error', () => undefined)
      .on('exit', () => {
        if (this.#thread === thread) this.#thread = null;
      });
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** What has been told of a file so far. */
class Course {
  readonly #onProgress: ReadingOptions['onProgress'];
  readonly #findings: FileFinding[] = [];
  #done = 0;
  #all = 0;
  #ending: Ending | null = null;
  lastAt = performance.now();

  constructor(onProgress: ReadingOptions['onProgress']) {
    this.#onProgress = onProgress;
  }

  get hasEnded(): boolean {
    return this.#ending !== null;
  }

  /** Whether that was the last. */
  note(told: Told): boolean {
    this.lastAt = performance.now();
    if (told.kind === 'ended' || told.kind === 'failed') {
      this.#ending = told;
      return true;
    }
    // A file of which two readings are compared has its pages twice.
    if (told.kind === 'pages') this.#all += told.all;
    else this.#add(told.findings);
    if (told.kind === 'page') this.#done++;
    if (told.kind !== 'whole') this.#onProgress?.(this.#done, this.#all);
    return false;
  }

  get reading(): Reading {
    const isFinished = this.#ending?.kind === 'ended' && this.#ending.how !== 'exhausted';
    const findings = [...this.#findings];
    if (!isFinished) {
      const params: FileFinding['params'] = this.#all > 0 ? { pages: this.#done, all: this.#all } : {};
      findings.push({ code: 'reading-unfinished', weight: 'blocks', page: null, params });
    }
    return { findings, pages: this.#all, isFinished };
  }

  #add(findings: readonly FileFinding[]): void {
    for (const finding of findings) {
      const isKnown = this.#findings.some(({ code, page }) => code === finding.code && page === finding.page);
      if (!isKnown && this.#findings.length < mostFindings) this.#findings.push(finding);
    }
  }
}
