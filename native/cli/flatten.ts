import { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import { saveFlatCopy } from '../core/flat-copy.ts';
import { Reader } from '../reading/index.ts';
import { type CommandIo, failureLines, jsonError, understood, usageError } from './command-io.ts';
import { readOptions } from './options.ts';
import { outputPaths } from './output-path.ts';
import { passwordOption } from './secret.ts';
import { words } from './words.ts';

const options = {
  out: { type: 'string' },
  'password-env': { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `antin flatten`: a document made new, to be signed in the place of one that programs read differently. Ends with 0
 * or 1.
 */
export async function runFlatten(args: string[], io: CommandIo): Promise<number> {
  const call = understood(io, () => readCall(args, io));
  if (call === null) return usageError;
  const { isJson, source: file, target: out } = call;
  const reader = new Reader();
  try {
    await saveFlatCopy({ ...call, read: (path) => reader.read(path) });
    if (isJson) io.out(JSON.stringify({ file, out, ok: true }));
    else io.out(`${words(io.language).flatCopyWritten}: ${plainLine(out)}`);
    return 0;
  } catch (error) {
    if (isJson) io.out(JSON.stringify({ file, ok: false, error: jsonError(error) }));
    io.err(failureLines(AppError.from(error), io.language));
    return 1;
  } finally {
    await reader.close();
  }
}

function readCall(args: string[], io: CommandIo) {
  const { values, positionals } = readOptions(args, options);
  const [source, more] = positionals;
  if (source === undefined || more !== undefined) throw new AppError('input-invalid', { field: 'FILE' });
  if (values.out === undefined) throw new AppError('input-invalid', { field: '--out' });
  // Never the file itself, by whatever name.
  const [target = values.out] = outputPaths([source], values.out);
  return {
    source,
    target,
    password: passwordOption(values['password-env'], io.env),
    replace: values.force,
    isJson: values.json,
  };
}
