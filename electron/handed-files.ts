import path from 'node:path';
import { mostPaths } from '../contract/shell.ts';

/** Longer names are no file system's. */
const longestPath = 4096;

/**
 * The documents that the system hands over on a command line ("open with"): what is called a PDF and is no switch.
 * `folder`: where the command was given.
 */
export function handedFiles(args: readonly string[], folder: string): string[] {
  return args
    .filter((arg) => !arg.startsWith('-') && /\.pdf$/i.test(arg))
    .map((arg) => path.resolve(folder, arg))
    .slice(0, mostPaths);
}

/**
 * What the preload script says was dropped on the window. It runs beside a page that shows hostile files, so that
 * whatever isn't a list of whole paths is none.
 */
export function droppedFiles(said: unknown): string[] {
  if (!Array.isArray(said)) return [];
  const isPath = (each: unknown): each is string =>
    typeof each === 'string' && each.length <= longestPath && path.isAbsolute(each) && !each.includes('\0');
  return said.filter(isPath).slice(0, mostPaths);
}
