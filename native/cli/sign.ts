import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { signPdf } from '../signing/sign-pdf.ts';
import type { Signer } from '../signing/signer.ts';
import type { Stamp } from '../signing/stamp.ts';
import { commonName } from '../signing/subject.ts';
import { type CommandIo, failureLines, jsonError, usageError } from './command-io.ts';
import { keyOptions, openKey } from './key.ts';
import { boxOption, dateOption, positiveInteger, readOptions } from './options.ts';
import { outputPaths } from './output-path.ts';
import { passwordOption } from './secret.ts';
import { readWishes, signatureOptions } from './signature-options.ts';
import { readTrust } from './trust.ts';
import { words } from './words.ts';

const options = {
  ...keyOptions,
  ...signatureOptions,
  out: { type: 'string' },
  as: { type: 'string', default: 'plain' },
  level: { type: 'string', default: 'b' },
  field: { type: 'string' },
  page: { type: 'string' },
  box: { type: 'string' },
  image: { type: 'string' },
  number: { type: 'string' },
  date: { type: 'string' },
  trust: { type: 'string', multiple: true },
  force: { type: 'boolean', default: false },
  'password-env': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function readCall(args: string[]) {
  const { values, positionals } = readOptions(args, options);
  if (positionals.length === 0) throw new AppError('input-invalid', { field: 'FILE' });
  if (values.out === undefined) throw new AppError('input-invalid', { field: '--out' });
  if (values.level !== 'b') throw new AppError('input-invalid', { field: '--level' });
  const wishes = readWishes(values);
  return { values, files: positionals, out: values.out, stamp: readStamp(values), wishes };
}

type SignValues = ReturnType<typeof readOptions<typeof options>>['values'];

function readStamp(values: SignValues): Stamp {
  const page = positiveInteger(values.page, '--page');
  const box = boxOption(values.box);
  const date = dateOption(values.date);
  const common = {
    ...(page === undefined ? {} : { page }),
    ...(box === undefined ? {} : { box }),
    ...(values.image === undefined ? {} : { image: readImage(values.image) }),
  };
  const field = values.field === undefined ? {} : { field: values.field };
  switch (values.as) {
    case 'plain':
      return { kind: 'plain', ...common, ...field };
    case 'approval':
      return { kind: 'approval', ...common, ...field };
    case 'seal':
      return {
        kind: 'seal',
        ...common,
        ...(values.number === undefined ? {} : { number: values.number }),
        ...(date === undefined ? {} : { date }),
      };
    default:
      throw new AppError('input-invalid', { field: '--as' });
  }
}

function readImage(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('file-missing', { file: basename(path) }, { cause: error });
  }
}

/**
 * `antin sign` (cli.md): signs each file with one key opened once. Returns 0 where all were signed, 1 where at least one
 * wasn't. A failing file never stops the others; a failing key stops all, so that no try of the PIN is wasted.
 */
export async function runSign(args: string[], io: CommandIo): Promise<number> {
  const asJson = args.includes('--json');
  const wordsHere = words(io.language);
  let call: ReturnType<typeof readCall>;
  let password: string | undefined;
  try {
    call = readCall(args);
    password = passwordOption(call.values['password-env'], io.env);
  } catch (error) {
    const failure = AppError.from(error);
    io.err(failureLines(failure, io.language));
    return usageError;
  }
  const { values, files, out, stamp, wishes } = call;
  const report = new SignReport(io, asJson, files.length);
  let key: Awaited<ReturnType<typeof openKey>>;
  let targets: string[];
  try {
    targets = outputPaths(files, out);
    key = await openKey(values, readTrust(values.trust ?? []), io);
  } catch (error) {
    for (const file of files) report.failed(file, error);
    return 1;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  // What is half written is taken away again before the program ends.
  for (const name of signals) process.once(name, interrupt);
  try {
    for (const [index, file] of files.entries()) {
      const target = targets[index] ?? out;
      try {
        const signed = await signPdf({
          source: file,
          target,
          signer: key.signer,
          stamp,
          ...wishes,
          replace: values.force,
          password,
          signal: interruption.signal,
        });
        report.signed(file, target, signed, key.signer);
      } catch (error) {
        report.failed(file, error);
      }
    }
  } finally {
    for (const name of signals) process.off(name, interrupt);
    await key.close();
  }
  if (!asJson && files.length > 1) io.err(wordsHere.signedSummary(report.done, files.length));
  return report.done === files.length ? 0 : 1;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One line a file: JSON for scripts, a sentence for people. */
class SignReport {
  done = 0;
  readonly #io: CommandIo;
  readonly #asJson: boolean;
  readonly #all: number;
  readonly #started = Date.now();

  constructor(io: CommandIo, asJson: boolean, all: number) {
    this.#io = io;
    this.#asJson = asJson;
    this.#all = all;
  }

  signed(
    file: string,
    out: string,
    signed: Awaited<ReturnType<typeof signPdf>>,
    { certificate }: Signer,
  ): void {
    this.done++;
    const {
      field,
      level,
      subFilter,
      digestAlgorithm: digest,
      certification,
      recovered,
      bytesIn,
      bytesOut,
      timings,
    } = signed;
    const signer = { subject: commonName(certificate), serial: certificate.serialNumber };
    const line = {
      file,
      out,
      ok: true,
      field,
      level,
      subFilter,
      digest,
      ...(certification === null ? {} : { certification }),
      signer,
      recovered,
      bytesIn,
      bytesOut,
      timings,
    };
    this.#io.out(this.#asJson ? JSON.stringify(line) : `${words(this.#io.language).signed}: ${out}`);
    this.#progress();
  }

  failed(file: string, thrown: unknown): void {
    if (this.#asJson) this.#io.out(JSON.stringify({ file, ok: false, error: jsonError(thrown) }));
    const failure = AppError.from(thrown);
    this.#io.err(
      `${words(this.#io.language).failed}: ${file}\n  ${failureLines(failure, this.#io.language)}`,
    );
    this.#progress();
  }

  /** On a terminal, for work that takes over a second. */
  #progress(): void {
    if (this.#all < 2 || !process.stderr.isTTY || Date.now() - this.#started < 1000) return;
    process.stderr.write(`\r${words(this.#io.language).progress(this.done, this.#all)}\u001b[K\r`);
  }
}
