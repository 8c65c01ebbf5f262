import { mkdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';

/** What a call may read beside its documents: no output takes the place of these, either. */
interface OtherInputs {
  readonly p12?: string | undefined;
  readonly image?: string | undefined;
  readonly module?: string | undefined;
  readonly trust?: readonly string[] | undefined;
}

/** Every file that a call reads. */
export function inputsOf(
  files: readonly string[],
  { p12, image, module, trust = [] }: OtherInputs,
): string[] {
  return [...files, ...trust, ...[p12, image, module].filter((path) => path !== undefined)];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Where each input's output goes. `out` is a folder where it is one, ends in a slash, or there are several inputs; it
 * is then made. Outputs keep their inputs' names, with another `ending` where one is given; a second input of the
 * same name gets `-2`. Throws `write-failed` where the folder can't be made.
 */
export function outputPaths(files: readonly string[], out: string, ending?: string): string[] {
  if (files.length <= 1 && !/[/\\]$/.test(out) && !isFolder(out)) return [out];
  makeFolder(out);
  const taken = new Set<string>();
  return files.map((file) => {
    const name = basename(file);
    const stem = name.slice(0, name.length - extname(name).length);
    const last = ending ?? extname(name);
    let candidate = `${stem}${last}`;
    for (let count = 2; taken.has(asFileSystem(candidate)); count++) candidate = `${stem}-${count}${last}`;
    taken.add(asFileSystem(candidate));
    return join(out, candidate);
  });
}

/** File systems of Windows and macOS don't tell "A.pdf" from "a.pdf", nor a composed letter from letter and accent. */
function asFileSystem(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppError('write-failed', { file: basename(path), reason }, { cause: error });
  }
}
