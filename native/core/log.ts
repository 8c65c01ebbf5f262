import { AppError } from '../../contract/failure.ts';
import { writtenOut } from '../../contract/plain-text.ts';

type Fact = string | number | boolean | null | undefined;

/** Names of facts that are never written, whoever passes them. */
const secretName = /pin|password|bearer|authorization|secret|ciphertext|statement|signature/i;
/** Base64 or hexadecimal runs of a secret's length; a file's digest is one, and no secret, so it is named apart. */
const secretRun = /[A-Za-z0-9+/_=-]{48,}/g;

function redact(text: string): string {
  return text.replace(secretRun, (run) => (/^[0-9a-f]{64}$/.test(run) ? run : '[…]')).slice(0, 4000);
}

function causeText(error: unknown): string {
  const parts: string[] = [];
  for (
    let each = error;
    each !== undefined && parts.length < 6;
    each = each instanceof Error ? each.cause : undefined
  ) {
    parts.push(each instanceof Error ? `${each.name}: ${each.message}` : String(each));
    if (!(each instanceof Error)) break;
  }
  return redact(parts.join(' ← '));
}

/**
 * The core's diary: one JSON object a line on standard error, for support staff. What a person saw stands as its
 * code, what it came from as `cause`; nothing secret gets in, neither by name nor by look.
 */
export class Log {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void = (line) => process.stderr.write(line)) {
    this.#write = write;
  }

  info(event: string, facts: Record<string, Fact> = {}): void {
    this.#line('info', event, facts);
  }

  /** A failure, however it was thrown. */
  failure(event: string, thrown: unknown, facts: Record<string, Fact> = {}): void {
    const error = AppError.from(thrown);
    // What isn't an AppError is a fault of the program's: its stack says where.
    const stack = error.code === 'internal' && error.cause instanceof Error ? error.cause.stack : undefined;
    this.#line(error.code === 'internal' ? 'error' : 'warning', event, {
      ...facts,
      code: error.code,
      cause: causeText(error.cause ?? error),
      stack: stack === undefined ? undefined : redact(stack),
    });
  }

  #line(level: string, event: string, facts: Record<string, Fact>): void {
    const kept = Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        if (secretName.test(name)) return [name, '[…]'];
        return [name, typeof value === 'string' && name !== 'stack' ? redact(value) : value];
      });
    const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...Object.fromEntries(kept) });
    // A file's name in it may come from anywhere, and support staff read it in a terminal.
    this.#write(`${writtenOut(line)}\n`);
  }
}
