import { closeSync, readSync } from 'node:fs';
import { AppError } from '../../contract/failure.ts';
import type { CommandIo } from './command-io.ts';
import { words } from './words.ts';

const longestSecret = 1024;

export interface SecretOptions {
  readonly fd: string | undefined;
  readonly env: string | undefined;
}

/**
 * A PIN's bytes from a file descriptor, an environment variable or a hidden prompt, in this order; the caller clears
 * them. Never from an argument, which every process on the machine can read.
 */
export async function readSecret(
  { fd, env }: SecretOptions,
  io: CommandIo,
): Promise<Uint8Array<ArrayBuffer>> {
  if (fd !== undefined) return fromDescriptor(fd);
  if (env !== undefined) return fromEnvironment(env, io.env);
  return fromPrompt(io);
}

function fromDescriptor(text: string): Uint8Array<ArrayBuffer> {
  if (!/^\d{1,4}$/.test(text)) throw new AppError('input-invalid', { field: '--pin-fd' });
  const buffer = Buffer.alloc(longestSecret);
  try {
    let filled = 0;
    for (let count = -1; count !== 0 && filled < buffer.length; filled += count) {
      count = readSync(Number(text), buffer, filled, buffer.length - filled, null);
    }
    closeSync(Number(text));
    const end = buffer.subarray(0, filled).findIndex((byte) => byte === 0x0a || byte === 0x0d);
    const secret = Uint8Array.from(buffer.subarray(0, end < 0 ? filled : end));
    if (secret.length === 0) throw new AppError('pin-missing');
    return secret;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('pin-missing', {}, { cause: error });
  } finally {
    buffer.fill(0);
  }
}

/** Taken out of the environment at once, so that no child process inherits it. */
export function fromEnvironment(name: string, env: NodeJS.ProcessEnv): Uint8Array<ArrayBuffer> {
  const value = env[name];
  delete env[name];
  if (value === undefined || value === '') throw new AppError('pin-missing', { field: name });
  return new TextEncoder().encode(value);
}

/**
 * The password that opens protected documents, taken out of the environment like any other secret. Throws `input-invalid`
 * where the variable isn't set.
 */
export function passwordOption(name: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (name === undefined) return undefined;
  const value = env[name];
  delete env[name];
  if (value === undefined) throw new AppError('input-invalid', { field: '--password-env', detail: name });
  return value;
}

const enter = [0x0a, 0x0d];
const controlC = 0x03;
const backspace = [0x08, 0x7f];

/** Asks on the terminal without echo. Throws `pin-missing` where there is no terminal, `cancelled` on Ctrl-C. */
async function fromPrompt(io: CommandIo): Promise<Uint8Array<ArrayBuffer>> {
  const { stdin } = process;
  if (!stdin.isTTY) throw new AppError('pin-missing');
  // Quiet before it asks: what a quick hand types at the first sight of the question would be shown otherwise.
  stdin.setRawMode(true);
  process.stderr.write(words(io.language).pinPrompt);
  const typed: number[] = [];
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      for (const byte of chunk as Buffer) {
        if (byte === controlC) throw new AppError('cancelled');
        if (enter.includes(byte)) {
          if (typed.length === 0) throw new AppError('pin-missing');
          return Uint8Array.from(typed);
        }
        if (backspace.includes(byte)) typed.pop();
        else if (typed.length < longestSecret) typed.push(byte);
      }
    }
    throw new AppError('pin-missing');
  } finally {
    typed.fill(0);
    stdin.setRawMode(false);
    stdin.pause();
    process.stderr.write('\n');
  }
}
