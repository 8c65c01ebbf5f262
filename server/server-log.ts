import { AppError } from '../contract/failure.ts';
import { writtenOut } from '../contract/plain-text.ts';

/** One line of the log. Never a bearer, a body, a query or a header. */
export interface LogEntry {
  level: 'info' | 'error';
  event: string;
  [detail: string]: string | number;
}

export type Log = (entry: LogEntry) => void;

/** One JSON object a line on standard error. */
export const logToStandardError: Log = (entry) => {
  process.stderr.write(`${writtenOut(JSON.stringify({ time: new Date().toISOString(), ...entry }))}\n`);
};

const maxText = 4000;

/** An unexpected error's facts: its name, text and stack, and what lay beneath it; never the data that it met. */
export function describeError(error: unknown): Record<string, string> {
  const cause = error instanceof AppError && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return { error: String(cause).slice(0, maxText) };
  const description: Record<string, string> = { error: (cause.stack ?? cause.message).slice(0, maxText) };
  if (cause.cause instanceof Error) description['cause'] = cause.cause.message.slice(0, maxText);
  return description;
}
