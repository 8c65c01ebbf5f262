import { describe, expect, test } from 'vitest';
import { findImports } from '../../../scripts/wall/imports.ts';
import { judgeImport, packages, rooms } from '../../../scripts/wall/rules.ts';

const topRooms = ['contract', 'renderer', 'native', 'electron', 'server', 'scripts', 'tests'];
const samples: Record<string, string> = {
  contract: 'contract/failure.ts',
  renderer: 'renderer/pdf/page.tsx',
  native: 'native/pdf/lexer.ts',
  electron: 'electron/main.ts',
  server: 'server/server.ts',
  scripts: 'scripts/build.ts',
  tests: 'tests/integration/sync/gate-proxy.ts',
};

/** From each room, the rooms of the house's table that it may import. */
const table: Record<string, string[]> = {
  contract: [],
  renderer: ['contract'],
  native: ['contract'],
  electron: ['contract'],
  server: ['contract'],
  scripts: ['contract', 'native', 'server'],
  tests: ['contract', 'renderer', 'native', 'electron', 'server', 'scripts'],
};

const from = (room: string) => `${room}/some/deep/file.ts`;
const to = (target: string) => `../../../${target}`;

describe('the import wall between rooms', () => {
  for (const importer of topRooms) {
    for (const imported of topRooms.filter((room) => room !== importer)) {
      const allowed = table[importer]?.includes(imported);
      test(`${importer} ${allowed ? 'may' : 'may not'} import ${imported}`, () => {
        const verdict = judgeImport(from(importer), to(samples[imported] ?? ''));
        if (allowed) expect(verdict).toBeNull();
        else expect(verdict).toContain(`${importer}/ may import`);
      });
    }
  }

  test('scripts may play the lab and the scenario, and run the measurements', () => {
    for (const folder of ['lab', 'bench', 'e2e']) {
      expect(judgeImport('scripts/tour.ts', `../tests/${folder}/some.ts`)).toBeNull();
    }
  });

  test('the server may import verification, and nothing else of native', () => {
    expect(judgeImport('server/server.ts', '../native/verification/index.ts')).toBeNull();
    expect(judgeImport('server/server.ts', '../native/store/work-store.ts')).not.toBeNull();
  });

  test('the shell may import the channel between processes, and nothing else of native', () => {
    expect(judgeImport('electron/program.ts', '../contract/channel.ts')).toBeNull();
    expect(judgeImport('electron/program.ts', '../native/core/main.ts')).not.toBeNull();
  });

  test('the token folder is entered through its client, by core and command line', () => {
    expect(judgeImport('native/core/main.ts', '../token/token-client.ts')).toBeNull();
    expect(judgeImport('native/cli/main.ts', '../token/forked-token-host.ts')).toBeNull();
    expect(judgeImport('native/core/main.ts', '../token/token-session.ts')).toContain('only');
    expect(judgeImport('native/signing/sign-pdf.ts', '../token/token-client.ts')).toContain('only');
  });

  test('the token process imports neither PDF nor store', () => {
    expect(judgeImport('native/token/main.ts', '../pdf/lexer.ts')).not.toBeNull();
    expect(judgeImport('native/token/main.ts', '../store/work-store.ts')).not.toBeNull();
    expect(judgeImport('native/token/main.ts', '../process/parent.ts')).toBeNull();
  });

  test('a way out of the project is refused, however it is written', () => {
    expect(judgeImport('native/pdf/lexer.ts', '../../../elsewhere/x.ts')).not.toBeNull();
    expect(judgeImport('native/pdf/lexer.ts', '/elsewhere/x.ts')).not.toBeNull();
  });
});

describe('the import wall around packages', () => {
  for (const [name, keepers] of Object.entries(packages)) {
    for (const room of topRooms) {
      const allowed = keepers.includes(room);
      test(`${room} ${allowed ? 'may' : 'may not'} import ${name}`, () => {
        const verdict = judgeImport(from(room), name);
        if (allowed) expect(verdict).toBeNull();
        else expect(verdict).toContain(name);
        expect(judgeImport(from(room), `${name}/deep`)).toEqual(verdict);
      });
    }
  }

  test('pkcs11js is for the token folder and better-sqlite3 for the store', () => {
    expect(judgeImport('native/token/driver-module.ts', 'pkcs11js')).toBeNull();
    expect(judgeImport('native/core/main.ts', 'pkcs11js')).not.toBeNull();
    expect(judgeImport('native/store/work-store.ts', 'better-sqlite3')).toBeNull();
    expect(judgeImport('native/sync/push.ts', 'better-sqlite3')).not.toBeNull();
  });

  for (const room of Object.keys(rooms).filter((name) => !rooms[name]?.node)) {
    test(`${room} may not import Node's builtins, with or without the prefix`, () => {
      expect(judgeImport(from(room), 'node:fs')).toContain("doesn't run under Node");
      expect(judgeImport(from(room), 'fs')).toContain("doesn't run under Node");
    });
  }

  test('a package that nobody allowed the page is refused', () => {
    expect(judgeImport('renderer/main.tsx', 'left-pad')).not.toBeNull();
    expect(judgeImport('contract/failure.ts', 'react')).not.toBeNull();
  });

  test('set-up and the command line start before any package is there', () => {
    expect(judgeImport('scripts/setup/step.mjs', 'zod')).not.toBeNull();
    expect(judgeImport('bin/antin.js', 'zod')).not.toBeNull();
  });
});

describe('imports are found however they are written', () => {
  const source = [
    "import './a.ts';",
    "import type { B } from './b.ts';",
    "export * from './c.ts';",
    "export { d } from './d.ts';",
    "const e = await import('./e.ts');",
    "type F = import('./f.ts').F;",
    "import g = require('./g.ts');",
    "const h = require('./h.ts');",
    'const text = "import \'./not.ts\'";',
    "// import './not.ts'",
  ].join('\n');

  test('each with its line', () => {
    const found = findImports('x.ts', source).map(({ specifier, line }) => `${specifier} ${line}`);
    expect(found.sort()).toEqual([...'abcdefgh'].map((letter, index) => `./${letter}.ts ${index + 1}`));
  });

  test('in TSX, too', () => {
    expect(findImports('x.tsx', "import x from './x.css';\nexport const a = <p>{x}</p>;")).toHaveLength(1);
  });

  test('a file that can not be read as code is a failure, not an empty answer', () => {
    expect(() => findImports('x.ts', 'import {')).toThrow('x.ts');
  });
});
