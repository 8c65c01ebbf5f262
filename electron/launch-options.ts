import path from 'node:path';
import { parseArgs } from 'node:util';

/** What the command line asks of the shell. */
export interface LaunchOptions {
  /** Profile folder; null: the person's own (Electron's userData). */
  profile: string | null;
  /** Where the page, the core and the token process are loaded from. */
  rendererFolder: string;
  nativeFolder: string;
  /** Whether core and token run as utility processes; null: wherever this Electron's Node is new enough. */
  utilityProcesses: boolean | null;
}

/**
 * Reads the program's arguments. A package listens to `--profile` alone: whoever can start the installed program with
 * arguments must not be able to make it load a page or a core of theirs. Chromium's own switches pass by unread.
 */
export function readLaunchOptions(
  args: readonly string[],
  outFolder: string,
  packaged: boolean,
): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      profile: { type: 'string' },
      'test-renderer': { type: 'string' },
      'test-native': { type: 'string' },
      'test-processes': { type: 'string' },
    },
  });
  const folder = (value: unknown) =>
    typeof value === 'string' && value !== '' ? path.resolve(value) : undefined;
  const forTests = packaged ? {} : values;
  const processes = forTests['test-processes'];
  return {
    profile: folder(values['profile']) ?? null,
    rendererFolder: folder(forTests['test-renderer']) ?? path.join(outFolder, 'renderer'),
    nativeFolder: folder(forTests['test-native']) ?? path.join(outFolder, 'native'),
    utilityProcesses: processes === 'utility' ? true : processes === 'pipe' ? false : null,
  };
}
