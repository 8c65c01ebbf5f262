import { realpathSync } from 'node:fs';
import type { ModuleSource } from '../../contract/token.ts';
import { installedModules } from './module-table.ts';
import { p11KitModules } from './p11-kit.ts';
import { registryModules } from './windows-registry.ts';

/** A module's file and how it became known. Whether it can be used is found out by trying (`module-probe.ts`). */
export interface FoundModule {
  readonly path: string;
  readonly source: ModuleSource;
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/**
 * Modules that this system has: first those that it lists itself (p11-kit, the registry), then the known makers' files in the
 * usual folders.
 */
export async function discoverModules(platform: NodeJS.Platform = process.platform): Promise<FoundModule[]> {
  const asked =
    platform === 'win32' ? (await registryModules()).map((path) => [path]) : await p11KitModules();
  const told = asked.flatMap((paths) => paths.find((path) => realPath(path) !== null) ?? []);
  return [
    ...told.map((path): FoundModule => ({ path, source: 'system' })),
    ...installedModules(platform).map((path): FoundModule => ({ path, source: 'known' })),
  ];
}

/**
 * Each module once, by its real file, as whoever came first named it. One that isn't there stays: that it is missing must be said.
 */
export function eachOnce(found: readonly FoundModule[]): FoundModule[] {
  const seen = new Set<string>();
  return found.filter(({ path }) => {
    const name = realPath(path) ?? path;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
