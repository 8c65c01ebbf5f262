import { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import { inputsAmong } from '../disk/same-file.ts';
import { type ExtendedPdf, extendPdf } from '../signing/long-term/extend-pdf.ts';
import { type CommandIo, failureLines, jsonError, usageError } from './command-io.ts';
import { levelHelp, levelOptions } from './level.ts';
import { choiceOption, readOptions } from './options.ts';
import { inputsOf, outputPaths } from './output-path.ts';
import { stampsAtOnce } from './raising.ts';
import { passwordOption } from './secret.ts';
import { words } from './words.ts';

const options = {
  ...levelOptions,
  out: { type: 'string' },
  force: { type: 'boolean', default: false },
  'password-env': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function readCall(args: string[], io: CommandIo) {
  const { values, positionals } = readOptions(args, options);
  const level = choiceOption(values.level, ['t', 'lt', 'lta'], '--level');
  if (positionals.length === 0) throw new AppError('input-invalid', { field: 'FILE' });
  if (values.out === undefined) throw new AppError('input-invalid', { field: '--out' });
  if (level === undefined) throw new AppError('input-invalid', { field: '--level' });
  const password = passwordOption(values['password-env'], io.env);
  return { values, files: positionals, out: values.out, level, password, ...levelHelp(values) };
}

/**
 * `antin extend` (cli.md): raises signed files to baseline T, LT or LTA. Returns 0 where all were raised, 1 where at
 * least one wasn't; lines come in the order in which files are done.
 */
export async function runExtend(args: string[], io: CommandIo): Promise<number> {
  let call: ReturnType<typeof readCall>;
  let targets: string[];
  let replaced: ReadonlyMap<number, AppError>;
  try {
    call = readCall(args, io);
    targets = outputPaths(call.files, call.out);
    replaced = inputsAmong(targets, inputsOf(call.files, call.values));
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return usageError;
  }
  const { values, files, level, password, trust, authority } = call;
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = () => interruption.abort();
  // What is half written is taken away again before the program ends.
  for (const name of signals) process.once(name, interrupt);
  let done = 0;
  const waiting = files.entries();
  const work = async () => {
    for (const [index, source] of waiting) {
      const target = targets[index] ?? call.out;
      try {
        const refusal = replaced.get(index);
        if (refusal) throw refusal;
        const request = { source, target, level, authority, trust, password, signal };
        const extended = await extendPdf({ ...request, replace: values.force });
        done++;
        io.out(values.json ? asJson(source, target, extended) : asText(target, extended, io));
      } catch (error) {
        if (values.json) io.out(JSON.stringify({ file: source, ok: false, error: jsonError(error) }));
        const lines = failureLines(AppError.from(error), io.language);
        io.err(`${words(io.language).notExtended}: ${plainLine(source)}\n  ${lines}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: stampsAtOnce }, work));
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
  return done === files.length ? 0 : 1;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function asJson(file: string, out: string, extended: ExtendedPdf): string {
  const { level, signatures, stampedAt, added, bytesIn, bytesOut, timings } = extended;
  return JSON.stringify({
    file,
    out,
    ok: true,
    level,
    signatures,
    stampedAt,
    added,
    bytesIn,
    bytesOut,
    timings,
  });
}

function asText(out: string, { level, stampedAt }: ExtendedPdf, { language }: CommandIo): string {
  const label = words(language);
  const times = stampedAt.map((time) => time.toISOString()).join(', ');
  return `${label.extended} B-${level.toUpperCase()}: ${plainLine(out)}${times === '' ? '' : ` (${label.stampedAt}: ${times})`}`;
}
