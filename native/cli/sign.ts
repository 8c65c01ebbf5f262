import { AppError } from '../../contract/failure.ts';
import { blockingFinding, deceptive } from '../../contract/file-finding.ts';
import { inputsAmong } from '../disk/same-file.ts';
import { Reader } from '../reading/index.ts';
import { type BatchOutcome, SigningBatch } from '../signing/batch.ts';
import { type CommandIo, failureLines, usageError } from './command-io.ts';
import { keyOptions, type OpenKey, openKey } from './key.ts';
import { levelHelp, levelOptions } from './level.ts';
import { lookOver } from './look-over.ts';
import { choiceOption, readOptions } from './options.ts';
import { inputsOf, outputPaths } from './output-path.ts';
import { Raising } from './raising.ts';
import { passwordOption } from './secret.ts';
import { SignReport } from './sign-report.ts';
import { readWishes, signatureOptions } from './signature-options.ts';
import { readStamp, stampOptions } from './stamp-options.ts';
import { readTrust } from './trust.ts';
import { isUnapproved } from './unapproved.ts';
import { words } from './words.ts';

const options = {
  ...keyOptions,
  ...signatureOptions,
  ...stampOptions,
  out: { type: 'string' },
  ...levelOptions,
  force: { type: 'boolean', default: false },
  'password-env': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function readCall(args: string[]) {
  const { values, positionals } = readOptions(args, options);
  if (positionals.length === 0) throw new AppError('input-invalid', { field: 'FILE' });
  if (values.out === undefined) throw new AppError('input-invalid', { field: '--out' });
  const level = choiceOption(values.level, ['b', 't', 'lt', 'lta'], '--level') ?? 'b';
  if (level !== 'b' && values.tsa === undefined) throw new AppError('input-invalid', { field: '--tsa' });
  const wishes = { ...readWishes(values), ...(level !== 'b' && { isTimeStamped: true }) };
  const raise = level === 'b' ? null : { level, ...levelHelp(values) };
  return { values, files: positionals, out: values.out, stamp: readStamp(values), wishes, raise };
}

/**
 * `antin sign` (cli.md): signs each file with one key opened once. Returns 0 where all were signed, 1 where at least
 * one wasn't. A failing file never stops the others; a failing key stops all, so that no try of the PIN is wasted.
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
  const { values, files, out } = call;
  const report = new SignReport(files, io, asJson);
  const refused = lookOver(files, password, io);
  for (const [index, failure] of refused) report.add(index, { state: 'failed', failure });
  let signable = [...files.keys()].filter((index) => !refused.has(index));
  if (call.stamp.kind === 'seal') {
    for (const index of signable)
      if (await isUnapproved(files[index] ?? '', password)) report.unapproved(index);
  }
  // No PIN is asked for where nothing is left to sign.
  if (signable.length === 0) return 1;
  let key: OpenKey;
  let targets: string[];
  try {
    targets = outputPaths(files, out);
    const replaced = inputsAmong(targets, inputsOf(files, values));
    for (const index of signable) {
      const failure = replaced.get(index);
      if (failure) report.add(index, { state: 'failed', failure });
    }
    signable = signable.filter((index) => !replaced.has(index));
    if (signable.length === 0) return 1;
    key = await openKey(values, readTrust(values.trust ?? []), io);
    report.signedBy(targets, key.signer.certificate);
  } catch (error) {
    const failure = AppError.from(error);
    for (const index of signable) report.add(index, { state: 'untouched', failure });
    return 1;
  }
  const reader = new Reader();
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = () => interruption.abort();
  // What is half written is taken away again before the program ends.
  for (const name of signals) process.once(name, interrupt);
  try {
    const raising =
      call.raise && new Raising({ ...call.raise, targets, replace: values.force, password, signal });
    const desk = { call, targets, key, raising, report, password, signal, reader, asksPeople: !asJson };
    await signFiles(signable, desk);
    await raising?.finished();
    // Signed once more, with the room that their stamps turned out to need.
    if (raising?.tooSmall.size) await signFiles([...raising.tooSmall.keys()], desk);
    await raising?.finished();
  } finally {
    for (const name of signals) process.off(name, interrupt);
    await reader.close();
    await key.close();
  }
  if (!asJson && files.length > 1) io.err(wordsHere.signedSummary(report.done, files.length));
  return report.done === files.length ? 0 : 1;
}

/** What all files of a call share. */
interface SigningDesk {
  readonly call: ReturnType<typeof readCall>;
  readonly targets: readonly string[];
  readonly key: OpenKey;
  readonly raising: Raising | null;
  readonly report: SignReport;
  readonly password: string | undefined;
  readonly signal: AbortSignal;
  readonly reader: Reader;
  /** A script that reads our lines wouldn't know of a question. */
  readonly asksPeople: boolean;
}

/**
 * Signs the files of these places in one batch; those that are to be more than B are raised while the token goes on.
 */
async function signFiles(places: readonly number[], desk: SigningDesk): Promise<void> {
  const { call, targets, key, raising, report, password, signal, reader, asksPeople } = desk;
  const { files, stamp, wishes, values } = call;
  const taken: { readonly index: number; readonly target: string }[] = [];
  for (const index of places) {
    try {
      taken.push({ index, target: raising?.path(index) ?? targets[index] ?? call.out });
    } catch (error) {
      report.add(index, { state: 'failed', failure: AppError.from(error) });
    }
  }
  const batch = new SigningBatch(
    taken.map(({ index, target }) => {
      const room = raising?.tooSmall.get(index);
      const source = files[index] ?? '';
      const confirm = () => assertReadAlike(reader, source, password);
      const common = { source, target, stamp, replace: values.force, password, confirm };
      return {
        ...common,
        ...wishes,
        isTimeStamped: raising !== null,
        ...(room === undefined ? {} : { room }),
      };
    }),
    {
      signer: key.signer,
      ...(key.awaitToken && asksPeople ? { awaitToken: key.awaitToken } : {}),
      signal,
      onEvent: (event) => {
        const index = event.kind === 'outcome' ? taken[event.index]?.index : undefined;
        if (event.kind !== 'outcome' || index === undefined) return;
        const { outcome } = event;
        const tell = (last: BatchOutcome) => report.add(index, last);
        if (raising && outcome.state === 'signed') raising.begin(index, outcome.signed, tell);
        else tell(outcome);
      },
    },
  );
  await batch.run();
}

/**
 * Nobody signs what the window would show otherwise than it is signed: asked beside the token's work, right before
 * its turn.
 */
async function assertReadAlike(reader: Reader, file: string, password: string | undefined): Promise<void> {
  const { findings } = await reader.read(file, { password });
  const deceit = blockingFinding(findings);
  if (deceit) throw deceptive(deceit);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
