import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

/** Where p11-kit's module descriptions lie (pkcs11.conf(5)): the packages', the administrator's, the person's. */
function descriptionFolders(home: string): string[] {
  return [
    '/usr/share/p11-kit/modules',
    '/etc/pkcs11/modules',
    '/usr/local/share/p11-kit/modules',
    '/opt/homebrew/etc/pkcs11/modules',
    join(home, '.config/pkcs11/modules'),
  ];
}

/** A bare name in a description is a file in p11-kit's own module folder. */
const moduleFolders = [
  '/usr/lib/x86_64-linux-gnu/pkcs11',
  '/usr/lib/aarch64-linux-gnu/pkcs11',
  '/usr/lib64/pkcs11',
  '/usr/lib/pkcs11',
  '/usr/local/lib/pkcs11',
  '/opt/homebrew/lib/pkcs11',
];

/** Modules that hold no person's keys: lists of trusted roots, forwarders to other modules, a log between two. */
const notForSigning = /(p11-kit-(trust|proxy|client)|gnome-keyring|libnssckbi|pkcs11-spy)[^/]*$/;

const mostBytes = 16_384;
const deadlineMs = 5_000;

/** Paths that one `module:` line may mean, the likeliest first. */
function pathsOf(name: string): string[] {
  if (notForSigning.test(name)) return [];
  return isAbsolute(name) ? [name] : moduleFolders.map((folder) => join(folder, name));
}

/** The module that a description names (`module: …`, pkcs11.conf(5)); null where it is switched off or names none. */
export function parseDescription(text: string): string | null {
  const setting = (name: string) => new RegExp(`^\\s*${name}\\s*:\\s*(.+?)\\s*$`, 'm').exec(text)?.[1];
  if (setting('enable-in') !== undefined) return null;
  return setting('module') ?? null;
}

/** Paths in what `p11-kit list-modules` prints; older ones say `name: file`, newer ones `path: file` beneath a name. */
export function parseListing(text: string): string[] {
  const lines = [...text.matchAll(/^(?:\s+path|\S[^:]*):\s*(\S+\.(?:so|dylib)[.\d]*)\s*$/gm)];
  return lines.map(([, file = '']) => file);
}

function described(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.module'))
      .sort()
      .flatMap((name) => {
        const text = readFileSync(join(folder, name), 'latin1');
        return parseDescription(text.slice(0, mostBytes)) ?? [];
      });
  } catch {
    // No such folder, or not ours to read: nothing is described there.
    return [];
  }
}

async function listed(): Promise<string[]> {
  try {
    const options = { timeout: deadlineMs, killSignal: 'SIGKILL', maxBuffer: 1_000_000 } as const;
    const { stdout } = await promisify(execFile)('p11-kit', ['list-modules'], options);
    return parseListing(stdout);
  } catch {
    // Not installed, or one of the modules took it down: the descriptions were read already.
    return [];
  }
}

/**
 * Modules that p11-kit knows, each as the paths that it may lie at: by its description files, and by `p11-kit list-modules` where that
 * is installed.
 */
export async function p11KitModules(home: string = homedir()): Promise<string[][]> {
  const names = [...descriptionFolders(home).flatMap(described), ...(await listed())];
  return [...new Set(names)].map(pathsOf);
}
