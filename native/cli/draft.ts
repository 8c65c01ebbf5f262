import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import { type DraftedPdf, draftPdf, Typesetter } from '../drafting/index.ts';
import { saveFile } from '../store/saved-file.ts';
import { type CommandIo, failureLines, jsonError, usageError } from './command-io.ts';
import { draftFrom } from './draft-file.ts';
import { readOptions } from './options.ts';
import { outputPaths } from './output-path.ts';
import { words } from './words.ts';

const options = {
  out: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** `antin draft` (cli.md). Ends with 0 where every draft became a PDF, else 1. */
export async function runDraft(args: string[], io: CommandIo): Promise<number> {
  let call: ReturnType<typeof readCall>;
  try {
    call = readCall(args);
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return usageError;
  }
  const typesetter = new Typesetter();
  let failed = 0;
  try {
    for (const [index, file] of call.files.entries()) {
      const out = call.targets[index] ?? '';
      try {
        report(io, call.isJson, { file, out, ...(await draftFile(file, out, call.replace, typesetter)) });
      } catch (error) {
        failed += 1;
        if (call.isJson) io.out(JSON.stringify({ file, ok: false, error: jsonError(error) }));
        const text = failureLines(AppError.from(error), io.language);
        io.err(`${words(io.language).notDrafted}: ${plainLine(file)}. ${text}`);
      }
    }
  } finally {
    typesetter.close();
  }
  return failed === 0 ? 0 : 1;
}

function readCall(args: string[]) {
  const { values, positionals } = readOptions(args, options);
  if (positionals.length === 0) throw new AppError('input-invalid', { field: 'FILE' });
  if (values.out === undefined) throw new AppError('input-invalid', { field: '--out' });
  const targets = outputPaths(positionals, values.out, '.pdf');
  // Never a draft itself, by whatever name.
  const drafts = new Set(positionals.flatMap(identityOf));
  if (targets.flatMap(identityOf).some((target) => drafts.has(target)))
    throw new AppError('file-exists', { file: basename(values.out) });
  return { files: positionals, targets, replace: values.force, isJson: values.json };
}

/** What file a path leads to, whatever its spelling; nothing where there is none. */
function identityOf(path: string): string[] {
  const state = statSync(path, { bigint: true, throwIfNoEntry: false });
  return state ? [`${state.dev}:${state.ino}`] : [];
}

interface Drafted extends Pick<DraftedPdf, 'pages' | 'fields'> {
  readonly totalMs: number;
}

async function draftFile(
  file: string,
  out: string,
  replace: boolean,
  typesetter: Typesetter,
): Promise<Drafted> {
  const started = performance.now();
  const { pdf, pages, fields } = draftPdf(draftFrom(file), typesetter);
  await saveFile(out, pdf, { replace });
  return { pages, fields, totalMs: Math.round(performance.now() - started) };
}

function report(io: CommandIo, isJson: boolean, drafted: Drafted & { file: string; out: string }): void {
  const { file, out, pages, fields, totalMs } = drafted;
  if (!isJson) {
    io.out(`${words(io.language).drafted(pages)}: ${plainLine(out)}`);
    return;
  }
  const boxes = fields.map(({ name, page, box: { x, y, width, height } }) => ({
    name,
    page,
    box: [x, y, width, height].map((length) => Math.round(length * 100) / 100),
  }));
  io.out(JSON.stringify({ file, out, ok: true, pages, fields: boxes, timings: { totalMs } }));
}
