import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const patienceMs = 20_000;
const mark = 'answer ';

/**
 * A program that answers a line with a line that begins with "answer ". One that hangs or ends is started anew for
 * the next question, and so is one that has answered so many that its leaks would count.
 */
export class AnsweringProcess {
  readonly #command: readonly [string, ...string[]];
  readonly #mostAnswers: number;
  #child: ChildProcess | null = null;
  #given = 0;

  constructor(command: readonly [string, ...string[]], mostAnswers = 2000) {
    this.#command = command;
    this.#mostAnswers = mostAnswers;
  }

  /** The answer as JSON; a text says why there is none. */
  async ask(question: string): Promise<unknown> {
    const child = this.#child ?? this.#start();
    this.#given++;
    return new Promise((resolve) => {
      const lines = createInterface({ input: child.stdout ?? process.stdin });
      const finish = (answer: unknown, isSpent: boolean) => {
        clearTimeout(timer);
        lines.close();
        child.removeAllListeners('exit');
        if (isSpent || this.#given >= this.#mostAnswers) this.close();
        resolve(answer);
      };
      const timer = setTimeout(() => finish('hangs', true), patienceMs);
      lines.on('line', (line) => {
        if (line.startsWith(mark)) finish(JSON.parse(line.slice(mark.length)), false);
      });
      child.once('exit', (code, signal) => finish(`ended: ${signal ?? code}`, true));
      child.stdin?.write(`${question}\n`);
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  #start(): ChildProcess {
    const [program, ...args] = this.#command;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.on('error', () => undefined);
    // It may end between two questions.
    child.stdin?.on('error', () => undefined);
    this.#child = child;
    this.#given = 0;
    return child;
  }
}
