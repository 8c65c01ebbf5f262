import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * The import table as data. Folders are named from the project's top; the longest one that holds a file is its room.
 * What a room may import from ours stands in `ours`, beside itself; a file name there opens that one file.
 */
export interface Room {
  ours: readonly string[];
  /** Packages it may use, by name or by scope; `null`: any that `packages` doesn't keep for other rooms. */
  packages: readonly string[] | null;
  /** Whether it runs under Node. */
  node: boolean;
}

export const rooms: Readonly<Record<string, Room>> = {
  contract: { ours: [], packages: ['zod', '@orpc/contract'], node: false },
  renderer: {
    ours: ['contract'],
    packages: [
      'react',
      'react-dom',
      'react-aria-components',
      'react-router',
      'pdfjs-dist',
      'zod',
      '@expo-google-fonts/tinos',
      '@orpc/client',
      '@orpc/contract',
      '@tanstack/react-query',
    ],
    node: false,
  },
  native: { ours: ['contract', 'resources/trust-anchors.json'], packages: null, node: true },
  'native/asn1': { ours: [], packages: [], node: true },
  'native/audit': { ours: ['contract'], packages: [], node: true },
  'native/disk': { ours: ['contract'], packages: [], node: true },
  'native/token': {
    ours: ['contract', 'native/asn1', 'native/process', 'native/signing/signer.ts'],
    packages: null,
    node: true,
  },
  'native/drafting': {
    ours: ['contract', 'native/pdf', 'native/signing', 'native/verification', 'resources/templates'],
    packages: ['zod', '@myriaddreamin/typst-ts-node-compiler'],
    node: true,
  },
  'native/reading': { ours: ['contract', 'native/pdf'], packages: ['pdfjs-dist'], node: true },
  electron: {
    ours: ['contract', 'native/disk'],
    packages: ['electron', 'electron-updater', 'zod', '@orpc/client', '@orpc/contract', '@orpc/server'],
    node: true,
  },
  server: {
    ours: ['contract', 'native/audit', 'native/disk', 'native/reading', 'native/verification'],
    packages: null,
    node: true,
  },
  resources: { ours: [], packages: [], node: false },
  // Set-up runs before any package is there.
  'scripts/setup': { ours: [], packages: [], node: true },
  bin: { ours: ['native/cli/main.ts'], packages: [], node: true },
  scripts: {
    ours: ['contract', 'native', 'server', 'tests/lab', 'tests/bench', 'tests/e2e'],
    packages: null,
    node: true,
  },
  tests: {
    ours: [
      'contract',
      'renderer',
      'native',
      'electron',
      'server',
      'scripts',
      'bin',
      'resources',
      'electron.vite.config.ts',
    ],
    packages: null,
    node: true,
  },
};

/**
 * Files that only named folders may import although the table opens their room. The token process is reached through
 * its client; what stands behind it loads drivers and sees PINs, and must not run anywhere else by accident.
 */
export const doors: readonly { inside: string; open: readonly string[]; to: readonly string[] }[] = [
  {
    inside: 'native/token',
    open: [
      'native/token/token-client.ts',
      'native/token/token-host.ts',
      'native/token/forked-token-host.ts',
      'native/token/module-table.ts',
      'native/token/discovery.ts',
      'native/token/signing-steps.ts',
    ],
    to: ['native/core', 'native/cli', 'native/diagnosis', 'scripts'],
  },
];

/** Packages that only named folders may import. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  // Elsewhere it would try to fetch its binary on the first import.
  electron: ['electron'],
  'electron-updater': ['electron'],
  react: ['renderer', 'tests'],
  'react-dom': ['renderer', 'tests'],
  'react-aria-components': ['renderer', 'tests'],
  'react-router': ['renderer', 'tests'],
  '@tanstack/react-query': ['renderer', 'tests'],
  'pdfjs-dist': ['renderer', 'native/reading', 'tests'],
  pkcs11js: ['native/token', 'tests'],
  '@myriaddreamin/typst-ts-node-compiler': ['native/drafting', 'tests'],
  'better-sqlite3': ['native/store', 'server', 'tests'],
  vite: ['scripts', 'tests'],
  'playwright-core': ['scripts', 'tests'],
  vitest: ['tests'],
  'fast-check': ['tests'],
};

function within(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

export function roomOf(file: string): string | null {
  const names = Object.keys(rooms).filter((name) => within(file, name));
  return names.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** "react-dom/client" → "react-dom", "@orpc/client/fetch" → "@orpc/client". */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * Judges one import.
 *
 * @param file the importing file, from the project's top
 * @param specifier what stands between the quotes
 * @returns the rule that it breaks, or null
 */
export function judgeImport(file: string, specifier: string): string | null {
  const roomName = roomOf(file);
  const room = roomName === null ? undefined : rooms[roomName];
  // Configuration at the top belongs to no room and configures them all.
  if (!room || roomName === null) return null;
  if (specifier.startsWith('.')) return judgeOwn(file, roomName, room, specifier);
  if (specifier.startsWith('/') || specifier.includes(':\\'))
    return 'an absolute path ties the code to one machine';
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return room.node ? null : `${roomName}/ doesn't run under Node`;
  }
  const name = packageOf(specifier);
  const keepers = packages[name];
  if (keepers && !keepers.some((folder) => within(file, folder))) {
    return `package "${name}" is for ${keepers.join(', ')} only`;
  }
  const allowed = room.packages === null || room.packages.includes(name);
  return allowed ? null : `package "${name}" isn't among those of ${roomName}/`;
}

function judgeOwn(file: string, roomName: string, room: Room, specifier: string): string | null {
  const [bare = ''] = specifier.split('?');
  const target = path.posix.join(path.posix.dirname(file), bare);
  if (target.startsWith('..')) return 'it leads out of the project';
  for (const door of doors) {
    if (!within(target, door.inside) || within(file, door.inside) || within(file, 'tests')) continue;
    if (!door.open.includes(target)) return `of ${door.inside}/ only ${door.open.join(', ')} may be imported`;
    if (!door.to.some((folder) => within(file, folder))) {
      return `${door.inside}/ is for ${door.to.join(', ')} only`;
    }
  }
  if (within(target, roomName) || roomOf(target) === roomName) return null;
  if (room.ours.some((folder) => within(target, folder))) return null;
  // Metadata: the program's name and version.
  if (target === 'package.json') return null;
  const may = room.ours.length === 0 ? 'nothing of ours' : room.ours.join(', ');
  return `${roomName}/ may import ${may}, not ${target}`;
}
