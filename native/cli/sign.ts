import { AppError } from '../../contract/failure.ts';
import { SigningBatch } from '../signing/batch.ts';
import { type CommandIo, failureLines, usageError } from './command-io.ts';
import { keyOptions, type OpenKey, openKey } from './key.ts';
import { readOptions } from './options.ts';
import { outputPaths } from './output-path.ts';
import { passwordOption } from './secret.ts';
import { SignReport } from './sign-report.ts';
import { readWishes, signatureOptions } from './signature-options.ts';
import { readStamp, stampOptions } from './stamp-options.ts';
import { readTrust } from './trust.ts';
import { words } from './words.ts';

const options = {
  ...keyOptions,
  ...signatureOptions,
  ...stampOptions,
  out: { type: 'string' },
  level: { type: 'string', default: 'b' },
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
  const report = new SignReport(files, io, asJson);
  let key: OpenKey;
  let targets: string[];
  try {
    targets = outputPaths(files, out);
    key = await openKey(values, readTrust(values.trust ?? []), io);
    report.signedBy(targets, key.signer.certificate);
  } catch (error) {
    const failure = AppError.from(error);
    for (const index of files.keys()) report.add(index, { state: 'untouched', failure });
    return 1;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  // What is half written is taken away again before the program ends.
  for (const name of signals) process.once(name, interrupt);
  try {
    const batch = new SigningBatch(
      files.map((source, index) => {
        const target = targets[index] ?? out;
        return { source, target, stamp, ...wishes, replace: values.force, password };
      }),
      {
        signer: key.signer,
        // A script that reads our lines wouldn't know of a question.
        ...(key.awaitToken && !asJson ? { awaitToken: key.awaitToken } : {}),
        signal: interruption.signal,
        onEvent: (event) => event.kind === 'outcome' && report.add(event.index, event.outcome),
      },
    );
    await batch.run();
  } finally {
    for (const name of signals) process.off(name, interrupt);
    await key.close();
  }
  if (!asJson && files.length > 1) io.err(wordsHere.signedSummary(report.done, files.length));
  return report.done === files.length ? 0 : 1;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
