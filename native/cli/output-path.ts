import { mkdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Where each input's output goes. `out` is a folder where it is one, ends in a slash, or there are several inputs; it is
 * then made. Outputs keep their inputs' names; a second input of the same name gets `-2`.
 */
export function outputPaths(files: readonly string[], out: string): string[] {
  if (files.length <= 1 && !/[/\\]$/.test(out) && !isFolder(out)) return [out];
  mkdirSync(out, { recursive: true });
  const taken = new Set<string>();
  return files.map((file) => {
    const name = basename(file);
    const stem = name.slice(0, name.length - extname(name).length);
    let candidate = name;
    // File systems of Windows and macOS don't tell "A.pdf" from "a.pdf".
    for (let count = 2; taken.has(candidate.toLowerCase()); count++)
      candidate = `${stem}-${count}${extname(name)}`;
    taken.add(candidate.toLowerCase());
    return join(out, candidate);
  });
}
