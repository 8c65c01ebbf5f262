import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Drivers } from '../../../native/core/drivers.ts';
import { Modules } from '../../../native/core/modules.ts';
import type { Tokens } from '../../../native/core/tokens.ts';

let file: string;
let searches = 0;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'antin-modules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  file = join(folder, 'modules.json');
  searches = 0;
});

function modules(discover = true): Modules {
  const search = async () => {
    searches += 1;
    return [{ path: '/system.so', source: 'system' } as const];
  };
  return new Modules({ configured: ['/set.so'], discover, file, search });
}

const paths = async (of: Modules) => (await of.list()).map(({ path, source }) => `${source} ${path}`);

test('an added driver is kept for the next start, after the configured and before the found ones', async () => {
  await modules().add('/mine.so');
  expect(await paths(modules())).toEqual(['configured /set.so', 'added /mine.so', 'system /system.so']);
  await modules().remove('/mine.so');
  expect(await paths(modules())).toEqual(['configured /set.so', 'system /system.so']);
});

test('what is known already isn’t added, and what wasn’t added can’t be removed', async () => {
  const known = modules();
  await known.add('/set.so');
  await known.add('/system.so');
  await known.remove('/set.so');
  expect(await paths(known)).toEqual(['configured /set.so', 'system /system.so']);
});

test('the system is searched once, and again when somebody asks; not at all where it is switched off', async () => {
  const found = modules();
  await found.list();
  await found.list();
  expect(searches).toBe(1);
  await found.list(true);
  expect(searches).toBe(2);
  expect(await paths(modules(false))).toEqual(['configured /set.so']);
});

test('a file that cannot be read is no reason not to start', async () => {
  writeFileSync(file, '{"added": [7');
  expect(await paths(modules(false))).toEqual(['configured /set.so']);
  await modules(false).add('/mine.so');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ added: ['/mine.so'] });
});

test('a page can have no library loaded that the person has not picked', async () => {
  const added: string[] = [];
  const state = { modules: [], problem: null, checkedAt: null };
  const tokens = {
    addModule: async (path: string) => {
      added.push(path);
      return state;
    },
    removeModule: async () => state,
  } as unknown as Tokens;
  const picks = ['/picked.so', null];
  const picker = { pickModule: async () => picks.shift() ?? null };
  const drivers = new Drivers({ tokens, picker: () => picker });
  await expect(drivers.add('/tmp/planted.so')).rejects.toMatchObject({ code: 'not-permitted' });
  expect(await drivers.pick()).toEqual({ path: '/picked.so' });
  await drivers.add('/picked.so');
  expect(await drivers.pick()).toEqual({ path: null });
  await expect(drivers.add('/picked.so/../planted.so')).rejects.toMatchObject({ code: 'not-permitted' });
  expect(added).toEqual(['/picked.so']);
});
