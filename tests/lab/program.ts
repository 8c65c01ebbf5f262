import { spawn } from 'node:child_process';

export interface ProgramOptions {
  /** Bytes for standard input; it is closed after them. */
  input?: Uint8Array | string;
  cwd?: string;
  /** Added to the environment; the place for what must not stand in an argument. */
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Runs a program to its end and returns its standard output. Fails with the program's name where it is missing, and with
 * what it said on standard error where it ends with another code than 0.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Buffer> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    signal: options.signal,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const problems: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => problems.push(chunk));
  // A program may end without reading its input; its exit code tells more than the broken pipe.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) => {
      const missing = cause.code === 'ENOENT' && options.cwd === undefined;
      reject(missing ? new Error(`the program ${program} is not installed`, { cause }) : cause);
    });
    child.on('close', resolve);
  });
  if (code !== 0) {
    const said = Buffer.concat(problems).toString('utf8').trim();
    throw new Error(`${program} ${args[0] ?? ''} ended with ${code}: ${said}`);
  }
  return Buffer.concat(out);
}
