import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError, type Failure } from '../../contract/failure.ts';
import type { ModuleInfo } from '../../contract/token.ts';
import { diagnose } from '../diagnosis/diagnosis.ts';
import { diagnosisText } from '../diagnosis/diagnosis-text.ts';
import { diagnosisZip } from '../diagnosis/diagnosis-zip.ts';
import { assertNotInput } from '../disk/same-file.ts';
import { saveFile } from '../store/saved-file.ts';
import { ForkedTokenHost } from '../token/forked-token-host.ts';
import { TokenClient } from '../token/token-client.ts';
import { type CommandIo, failureLines, understood, usageError } from './command-io.ts';
import { modulesToAsk } from './modules-to-ask.ts';
import { readOptions } from './options.ts';

const options = {
  module: { type: 'string', multiple: true },
  out: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

function readCall(args: string[]) {
  const { values, positionals } = readOptions(args, options);
  if (positionals.length > 0) throw new AppError('input-invalid', { field: 'option' });
  if (values.out !== undefined) assertNotInput(values.out, values.module ?? []);
  if (values.out !== undefined && existsSync(values.out) && !values.force) {
    throw new AppError('file-exists', { file: basename(values.out) });
  }
  return values;
}

/**
 * `antin diagnose` (cli.md): what works here, step by step, without a PIN. Exit 0: nothing stands in the way of a
 * signature but perhaps the PIN; 1: some step fails.
 */
export async function runDiagnose(args: string[], io: CommandIo): Promise<number> {
  const values = understood(io, () => readCall(args));
  if (values === null) return usageError;
  const client = new TokenClient(new ForkedTokenHost());
  let modules: ModuleInfo[] = [];
  let problem: Failure | null = null;
  try {
    modules = await modulesToAsk(client, values.module);
  } catch (error) {
    problem = AppError.from(error).toFailure();
  } finally {
    await client.close();
  }
  const diagnosis = diagnose(modules, problem, new Date());
  const text = diagnosisText(diagnosis, io.language);
  io.out(values.json ? JSON.stringify(diagnosis) : text);
  try {
    if (values.out !== undefined) {
      await saveFile(values.out, diagnosisZip(diagnosis, io.language), { replace: values.force });
    }
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return 1;
  }
  return diagnosis.steps.some(({ state }) => state === 'failed') ? 1 : 0;
}
