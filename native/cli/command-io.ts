import { AppError, type Failure } from '../../contract/failure.ts';
import { failureMessage, type Language } from '../../contract/messages/message.ts';
import { writtenOut } from '../../contract/plain-text.ts';

/** What a command may touch of the world outside: its streams, its environment and the language it speaks. */
export interface CommandIo {
  readonly language: Language;
  readonly env: NodeJS.ProcessEnv;
  /** Results, and nothing else. */
  out(text: string): void;
  /** Diagnostics and progress. */
  err(text: string): void;
}

/** Exit code for a call that can't be understood (EX_USAGE of sysexits); distinct from every verdict's. */
export const usageError = 64;

/**
 * The command line of this process. What a terminal would obey, or show as something else, is written out, whoever's
 * name it stands in. The reader of our output may close it early (`| head`): that's no failure.
 */
export function processIo(language: Language): CommandIo {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    language,
    env: process.env,
    out: (text) => void process.stdout.write(`${writtenOut(text)}\n`),
    err: (text) => void process.stderr.write(`${writtenOut(text)}\n`),
  };
}

/**
 * What `read` makes of a call's arguments. Null where it fails, once the person has been told why: the command then
 * ends with `usageError`, before it has touched anything.
 */
export function understood<Call>(io: CommandIo, read: () => Call): Call | null {
  try {
    return read();
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return null;
  }
}

/** A failure as a person reads it on a terminal: what happened, why, what to do. */
export function failureLines(failure: Pick<Failure, 'code' | 'params'>, language: Language): string {
  const { happened, why, todo } = failureMessage(failure, language);
  return [happened, why, todo].filter((line) => line !== '').join(' ');
}

/** The failure in the form that `--json` prints: no stack, no cause. */
export function jsonError(thrown: unknown): { code: string; params: Failure['params'] } {
  const { code, params } = AppError.from(thrown);
  return { code, params };
}
