import path from 'node:path';
import { parseArgs } from 'node:util';
import { isRelease } from './release.ts';

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
 * Reads the program's arguments. A released one listens to `--profile` alone: whoever can start the installed program
 * with arguments must not be able to make it load a page or a core of theirs. In development Chromium's own switches
 * pass by unread.
 */
export function readLaunchOptions(args: readonly string[], outFolder: string): LaunchOptions {
  const usual: LaunchOptions = {
    profile: null,
    rendererFolder: path.join(outFolder, 'renderer'),
    nativeFolder: path.join(outFolder, 'native'),
    utilityProcesses: null,
  };
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { profile: { type: 'string' }, ...(isRelease ? {} : developmentSwitches) },
  });
  const options = { ...usual, profile: folder(values['profile']) ?? null };
  return isRelease ? options : withDevelopment(options, values);
}

const developmentSwitches = {
  'test-renderer': { type: 'string' },
  'test-native': { type: 'string' },
  'test-processes': { type: 'string' },
} as const;

function withDevelopment(options: LaunchOptions, values: Readonly<Record<string, unknown>>): LaunchOptions {
  const processes = values['test-processes'];
  return {
    ...options,
    rendererFolder: folder(values['test-renderer']) ?? options.rendererFolder,
    nativeFolder: folder(values['test-native']) ?? options.nativeFolder,
    utilityProcesses: processes === 'utility' ? true : processes === 'pipe' ? false : null,
  };
}

function folder(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? path.resolve(value) : undefined;
}
