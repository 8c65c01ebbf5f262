import { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import { copySignedRevision } from '../signing/signed-revision-copy.ts';
import { type CommandIo, failureLines, jsonError, understood, usageError } from './command-io.ts';
import { readOptions } from './options.ts';
import { passwordOption } from './secret.ts';
import { words } from './words.ts';

const options = {
  signature: { type: 'string' },
  out: { type: 'string' },
  'password-env': { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** `antin revision` (cli.md): the document exactly as one signature saw it. Ends with 0 or 1. */
export async function runRevision(args: string[], io: CommandIo): Promise<number> {
  const call = understood(io, () => readCall(args, io));
  if (call === null) return usageError;
  const { isJson, ...request } = call;
  const { source: file, target: out, signature } = request;
  try {
    const bytesOut = await copySignedRevision(request);
    if (isJson) io.out(JSON.stringify({ file, out, ok: true, signature, bytesOut }));
    else io.out(`${words(io.language).revisionWritten}: ${plainLine(out)}`);
    return 0;
  } catch (error) {
    if (isJson) io.out(JSON.stringify({ file, ok: false, error: jsonError(error) }));
    io.err(failureLines(AppError.from(error), io.language));
    return 1;
  }
}

function readCall(args: string[], io: CommandIo) {
  const { values, positionals } = readOptions(args, options);
  const [source, more] = positionals;
  if (source === undefined || more !== undefined) throw new AppError('input-invalid', { field: 'FILE' });
  if (values.signature === undefined) throw new AppError('input-invalid', { field: '--signature' });
  if (values.out === undefined) throw new AppError('input-invalid', { field: '--out' });
  return {
    source,
    target: values.out,
    signature: values.signature,
    password: passwordOption(values['password-env'], io.env),
    replace: values.force,
    isJson: values.json,
  };
}
