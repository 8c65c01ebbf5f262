import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mostFiles } from '../../contract/local-file.ts';
import { lookAt } from './named-file.ts';

/** Folders in a folder are looked into as deep as this: nobody means a whole disk. */
const deepest = 3;

/**
 * The files that a person meant with these paths: each file itself, and of a folder what lies in it and in its own
 * folders, in the order of their names. Links inside a folder aren't followed, and what is hidden is left out: nobody
 * saw it when they handed the folder over. No more than `mostFiles`.
 */
export async function grantedFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    if (!lookAt(path)?.isDirectory()) found.add(path);
    else await collect(path, deepest, found);
    if (found.size >= mostFiles) break;
  }
  return [...found].slice(0, mostFiles);
}

async function collect(folder: string, depth: number, found: Set<string>): Promise<void> {
  const entries = await entriesOf(folder);
  for (const entry of entries.sort((one, other) => one.name.localeCompare(other.name, 'vi'))) {
    if (found.size >= mostFiles) return;
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) found.add(join(folder, entry.name));
    else if (entry.isDirectory() && depth > 1) await collect(join(folder, entry.name), depth - 1, found);
  }
}

/** None where the folder can't be read: what else was handed over is opened all the same. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
