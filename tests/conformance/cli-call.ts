import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from '../unit/pdf/scratch.ts';

const entry = fileURLToPath(new URL('../../native/cli/main.ts', import.meta.url));

export interface CliOptions {
  readonly env?: Record<string, string>;
  /** Bytes for file descriptor 3, as a shell gives a PIN: `3<pipe`. */
  readonly third?: string;
  readonly cwd?: string;
  /** Seen while it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Standard output as one JSON value a line. */
  readonly json: unknown[];
}

/** Compiled code is kept for the tests of one file: half of a call's time is reading our own sources. */
const codeCache = scratchFolder();

/** Runs the command line as a person does: a process of its own, without a terminal. */
export async function antin(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: codeCache, ...options.env },
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  const third = child.stdio[3];
  if (third && 'end' in third) {
    third.on('error', () => undefined);
    third.end(options.third ?? '');
  }
  options.onStart?.(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const said = Buffer.concat(out).toString('utf8');
  return {
    code,
    out: said,
    err: Buffer.concat(err).toString('utf8'),
    get json() {
      return said
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line));
    },
  };
}
