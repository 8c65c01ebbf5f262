import { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import { assertNotInput } from '../disk/same-file.ts';
import { appendixPdfs, type DraftedPdf, draftPdf, Typesetter } from '../drafting/index.ts';
import { saveFile } from '../store/saved-file.ts';
import { type CommandIo, failureLines, jsonError, understood, usageError } from './command-io.ts';
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
  const call = understood(io, () => readCall(args));
  if (call === null) return usageError;
  const typesetter = new Typesetter();
  let failed = 0;
  try {
    for (const [index, file] of call.files.entries()) {
      const out = call.targets[index] ?? '';
      try {
        report(io, call.isJson, { file, out, ...(await draftFile(file, out, call, typesetter)) });
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
  for (const target of targets) assertNotInput(target, positionals);
  return { files: positionals, targets, replace: values.force, isJson: values.json };
}

interface Drafted extends Pick<DraftedPdf, 'pages' | 'fields'> {
  readonly appendices: readonly { readonly out: string; readonly pages: number }[];
  readonly totalMs: number;
}

async function draftFile(
  file: string,
  out: string,
  { files: drafts, replace }: ReturnType<typeof readCall>,
  typesetter: Typesetter,
): Promise<Drafted> {
  const started = performance.now();
  const draft = draftFrom(file);
  const { pdf, pages, fields } = draftPdf(draft, typesetter);
  // All of them are made before any is written: half a document would be taken for a whole one.
  const appendices = appendixPdfs(draft, typesetter).map(({ number, ...made }) => {
    return { ...made, out: `${out.replace(/\.pdf$/i, '')}-phu-luc-${number}.pdf` };
  });
  for (const appendix of appendices) assertNotInput(appendix.out, drafts);
  await saveFile(out, pdf, { replace });
  for (const appendix of appendices) await saveFile(appendix.out, appendix.pdf, { replace });
  return {
    ...{ pages, fields, totalMs: Math.round(performance.now() - started) },
    appendices: appendices.map((appendix) => ({ out: appendix.out, pages: appendix.pages })),
  };
}

function report(io: CommandIo, isJson: boolean, drafted: Drafted & { file: string; out: string }): void {
  const { file, out, pages, fields, appendices, totalMs } = drafted;
  if (!isJson) {
    for (const made of [{ out, pages }, ...appendices])
      io.out(`${words(io.language).drafted(made.pages)}: ${plainLine(made.out)}`);
    return;
  }
  const boxes = fields.map(({ name, page, box: { x, y, width, height } }) => ({
    name,
    page,
    box: [x, y, width, height].map((length) => Math.round(length * 100) / 100),
  }));
  const files = appendices.length > 0 ? { appendices } : {};
  io.out(JSON.stringify({ file, out, ok: true, pages, fields: boxes, ...files, timings: { totalMs } }));
}
