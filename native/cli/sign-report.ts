import type { X509Certificate } from 'node:crypto';
import type { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import type { BatchOutcome } from '../signing/batch.ts';
import type { SignedPdf } from '../signing/sign-pdf.ts';
import { commonName } from '../signing/subject.ts';
import { type CommandIo, failureLines, jsonError } from './command-io.ts';
import { words } from './words.ts';

/**
 * One line a file, in the order of the files: JSON for scripts, a sentence for people. A line waits until those of
 * the files before it are there.
 */
export class SignReport {
  /** Files that are signed. */
  done = 0;
  readonly #files: readonly string[];
  readonly #io: CommandIo;
  readonly #asJson: boolean;
  readonly #started = Date.now();
  readonly #waiting = new Map<number, BatchOutcome>();
  readonly #unapproved = new Set<number>();
  #next = 0;
  #targets: readonly string[] = [];
  #signer: { subject: string; serial: string } | null = null;

  constructor(files: readonly string[], io: CommandIo, asJson: boolean) {
    this.#files = files;
    this.#io = io;
    this.#asJson = asJson;
  }

  signedBy(targets: readonly string[], certificate: X509Certificate): void {
    this.#targets = targets;
    this.#signer = { subject: commonName(certificate), serial: certificate.serialNumber };
  }

  /** A file that is to be sealed and that nobody has approved: told at once, and beside what becomes of it. */
  unapproved(index: number): void {
    this.#unapproved.add(index);
    this.#io.err(`${plainLine(this.#files[index] ?? '')}: ${words(this.#io.language).unapproved}`);
  }

  add(index: number, outcome: BatchOutcome): void {
    this.#waiting.set(index, outcome);
    if (outcome.state === 'signed') this.done += 1;
    for (let next = this.#waiting.get(this.#next); next; next = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      this.#tell(this.#next, next);
      this.#next += 1;
    }
    this.#progress();
  }

  #tell(index: number, outcome: BatchOutcome): void {
    if (outcome.state === 'signed') this.#signed(index, outcome.signed);
    else this.#failed(this.#files[index] ?? '', outcome.failure);
  }

  #signed(index: number, signed: SignedPdf): void {
    const [file = '', out = ''] = [this.#files[index], this.#targets[index]];
    const { digestAlgorithm: digest, certification, field, level, subFilter, ...figures } = signed;
    const line = {
      ...{ file, out, ok: true, field, level, subFilter, digest },
      ...(certification === null ? {} : { certification }),
      ...{ signer: this.#signer, ...figures },
      ...(this.#unapproved.has(index) && { warnings: ['approval-missing'] }),
    };
    this.#io.out(
      this.#asJson ? JSON.stringify(line) : `${words(this.#io.language).signed}: ${plainLine(out)}`,
    );
  }

  #failed(file: string, failure: AppError): void {
    if (this.#asJson) this.#io.out(JSON.stringify({ file, ok: false, error: jsonError(failure) }));
    const { language } = this.#io;
    this.#io.err(`${words(language).failed}: ${plainLine(file)}\n  ${failureLines(failure, language)}`);
  }

  /** On a terminal, for work that takes over a second. */
  #progress(): void {
    const all = this.#files.length;
    if (all < 2 || !process.stderr.isTTY || Date.now() - this.#started < 1000) return;
    process.stderr.write(`\r${words(this.#io.language).progress(this.done, all)}\u001b[K\r`);
  }
}
