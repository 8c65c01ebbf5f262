import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

/** How a module learns of tokens plugged in after C_Initialize. */
export type Rescan =
  /** C_GetSlotList reports them, as PKCS#11 v2.20 and later want it. */
  | 'slotList'
  /** Only after C_Finalize and C_Initialize. */
  | 'restart';

/** One maker's PKCS#11 module: file names by system, and folders beside the system's usual ones. */
export interface KnownModule {
  readonly family: string;
  readonly rescan: Rescan;
  readonly win32: readonly string[];
  readonly linux: readonly string[];
  readonly darwin: readonly string[];
  readonly folders?: readonly string[];
}

/**
 * Modules in use by Vietnamese offices and by developers. To add a maker: one row here, with the file names as the
 * maker's installer writes them; `rescan: 'slotList'` if a token plugged in later shows up by itself in a browser
 * that has loaded the module (browsers never restart a module), else `'restart'`. Nothing else names a maker.
 */
export const knownModules: readonly KnownModule[] = [
  {
    family: 'Bit4id xPKI',
    rescan: 'slotList',
    win32: ['bit4xpki.dll'],
    linux: ['libbit4xpki.so'],
    darwin: ['libbit4xpki.dylib'],
    folders: ['/usr/lib/bit4id', '/Library/bit4id/pkcs11'],
  },
  {
    family: 'SafeNet eToken',
    rescan: 'slotList',
    win32: ['eTPKCS11.dll', 'IDPrimePKCS11.dll'],
    linux: ['libeToken.so', 'libeTPkcs11.so'],
    darwin: ['libeTPkcs11.dylib'],
    folders: [
      'C:\\Program Files\\SafeNet\\Authentication\\SAC\\x64',
      '/Library/Frameworks/eToken.framework/Versions/Current',
    ],
  },
  {
    family: 'Feitian',
    rescan: 'slotList',
    win32: ['eps2003csp11.dll', 'ShuttleCsp11_3003.dll', 'ngp11v211.dll'],
    linux: ['libcastle.so'],
    darwin: ['libcastle.dylib'],
  },
  {
    family: 'Watchdata',
    rescan: 'slotList',
    win32: ['WDPKCS.dll'],
    linux: ['libwdpkcs.so'],
    darwin: ['libwdpkcs.dylib'],
  },
  {
    family: 'SafeSign',
    rescan: 'slotList',
    win32: ['aetpkss1.dll'],
    linux: ['libaetpkss.so', 'libaetpkss.so.3'],
    darwin: ['libaetpkss.dylib'],
  },
  {
    family: 'Gemalto',
    rescan: 'slotList',
    win32: ['gclib.dll'],
    linux: ['libgclib.so'],
    darwin: ['libgclib.dylib'],
  },
  { family: 'FPT-CA', rescan: 'slotList', win32: [], linux: ['fptca_v4.so'], darwin: [] },
  {
    family: 'OpenSC',
    rescan: 'slotList',
    win32: ['opensc-pkcs11.dll'],
    linux: ['opensc-pkcs11.so'],
    darwin: ['opensc-pkcs11.so'],
    folders: ['C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11', '/Library/OpenSC/lib'],
  },
  {
    family: 'SoftHSM',
    rescan: 'restart',
    win32: ['softhsm2-x64.dll'],
    linux: ['libsofthsm2.so'],
    darwin: ['libsofthsm2.so'],
    folders: ['C:\\SoftHSM2\\lib', '/usr/lib/softhsm', '/usr/local/lib/softhsm', '/opt/homebrew/lib/softhsm'],
  },
];

const systemFolders: Readonly<Record<'win32' | 'linux' | 'darwin', readonly string[]>> = {
  win32: ['C:\\Windows\\System32'],
  linux: [
    '/usr/lib',
    '/usr/lib64',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/local/lib',
  ],
  darwin: ['/usr/local/lib', '/opt/homebrew/lib'],
};

function isKnownSystem(platform: NodeJS.Platform): platform is 'win32' | 'linux' | 'darwin' {
  return platform === 'win32' || platform === 'linux' || platform === 'darwin';
}

/**
 * Paths of the known modules that this system has, in the table's order, one per file name.
 * @param exists for tests; by default, looks on disk.
 */
export function installedModules(
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): string[] {
  if (!isKnownSystem(platform)) return [];
  const found: string[] = [];
  for (const known of knownModules) {
    const folders = [...(known.folders ?? []), ...systemFolders[platform]];
    for (const file of known[platform]) {
      const path = folders.map((folder) => join(folder, file)).find((candidate) => exists(candidate));
      if (path !== undefined) found.push(path);
    }
  }
  return found;
}

/** The table's row for a file of this name, in whatever folder it lies. */
export function rowOf(path: string): KnownModule | undefined {
  const file = basename(path).toLowerCase();
  return knownModules.find((module) =>
    [...module.win32, ...module.linux, ...module.darwin].some((name) => name.toLowerCase() === file),
  );
}

/** How a module has to be rescanned, by its file name. What isn't in the table is restarted: slower, but never blind. */
export function rescanOf(path: string): Rescan {
  return rowOf(path)?.rescan ?? 'restart';
}
