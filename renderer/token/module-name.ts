import type { ModuleInfo } from '../../contract/token.ts';

/** The last part of a path, whatever the system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

/** What a driver is called: by itself, by its maker's family, else by its file. */
export function driverName({
  description,
  family,
  path,
}: Pick<ModuleInfo, 'description' | 'family' | 'path'>): string {
  return description || family || fileName(path);
}
