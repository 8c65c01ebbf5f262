import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimFile, makePrivate } from '../../../native/disk/private-folder.ts';
import { CacheStore } from '../../../native/store/cache-store.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { openDatabase } from '../../../server/database.ts';
import { testFolder } from '../store/folder.ts';

const now = new Date('2026-11-20T01:00:00.000Z');
let umask = 0;
beforeEach(() => {
  umask = process.umask();
});
afterEach(() => void process.umask(umask));

/** Each file and folder below, by its path, that others could read or change. */
function openToOthers(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !lstatSync(path).isSymbolicLink());
  return [folder, ...found].filter((path) => (statSync(path).mode & 0o077) !== 0);
}

describe('a folder that is there already', () => {
  test.each([0o777, 0o755, 0o770, 0o705])('with mode %o is closed, with all that lies in it', (mode) => {
    const folder = testFolder();
    for (const each of ['copies', 'logs', 'files/ab', 'chromium/Default/Cache']) {
      mkdirSync(join(folder, each), { recursive: true });
      writeFileSync(join(folder, each, 'data'), 'x');
      chmodSync(join(folder, each, 'data'), 0o666);
    }
    for (const name of ['work.db', 'work.db-wal', 'work.db-shm', 'modules.json'])
      writeFileSync(join(folder, name), '', { mode: 0o666 });
    chmodSync(folder, mode);
    makePrivate(folder, ['work.db']);
    expect(openToOthers(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'work.db')).mode & 0o777).toBe(0o600);
  });

  test('closed at the top, but with open things one step below, is closed there, too', () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'logs'));
    chmodSync(join(folder, 'logs'), 0o777);
    writeFileSync(join(folder, 'logs', 'core.log'), '');
    chmodSync(join(folder, 'logs', 'core.log'), 0o666);
    makePrivate(folder, []);
    expect(openToOthers(folder)).toEqual([]);
  });

  test('behind a link that its owner made is closed where it is', () => {
    const [folder, elsewhere] = [testFolder(), testFolder()];
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, join(folder, 'profile'));
    makePrivate(join(folder, 'profile'), ['work.db']);
    expect(statSync(elsewhere).mode & 0o777).toBe(0o700);
  });

  test.each(['work.db', 'files', 'config.json'])('with a link in place of %s is refused', (name) => {
    const [folder, elsewhere] = [testFolder(), testFolder()];
    const target = join(elsewhere, 'target');
    writeFileSync(target, 'theirs', { mode: 0o644 });
    symlinkSync(target, join(folder, name));
    expect(() => makePrivate(folder, ['work.db', 'files', 'config.json'])).toThrow(
      expect.objectContaining({ code: 'store-exposed', params: { file: name, reason: 'store-link' } }),
    );
    expect(readFileSync(target, 'utf8')).toBe('theirs');
  });

  test('keeps others’ links as they are, and never changes what they lead to', () => {
    const [folder, elsewhere] = [testFolder(), testFolder()];
    const target = join(elsewhere, 'shared');
    writeFileSync(target, '');
    chmodSync(target, 0o644);
    symlinkSync(target, join(folder, 'SingletonLock'));
    chmodSync(folder, 0o755);
    makePrivate(folder, ['work.db']);
    expect(statSync(target).mode & 0o777).toBe(0o644);
  });

  test('of another account is refused', () => {
    const isRoot = process.getuid?.() === 0;
    // Whoever isn't root may give nothing away; the system's own folder is another account's to them.
    const folder = isRoot ? testFolder() : '/';
    if (isRoot) chownSync(folder, 65_534, 65_534);
    expect(() => makePrivate(folder, [])).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ reason: 'store-owner' }) }),
    );
  });
});

test.each([0o000, 0o022, 0o077])(
  'under umask %o everything that the stores make is their owner’s alone',
  async (mask) => {
    process.umask(mask);
    const folder = join(testFolder(), 'profile');
    makePrivate(folder, []);
    const work = WorkStore.open(folder, now);
    const cache = CacheStore.open(folder, now);
    const files = await FileStore.open(join(folder, 'files'));
    await files.write(
      (async function* () {
        yield Buffer.from('%PDF');
      })(),
    );
    work.audit.add({ event: 'signOut', personId: null, documentId: null, detail: {} }, now);
    await work.copyDaily('2026-11-20');
    const province = openDatabase(join(folder, 'province.db'));
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['work.db-wal', 'province.db-wal', 'province.db-shm']),
    );
    expect(openToOthers(folder)).toEqual([]);
    for (const each of [work, cache, province]) each.close();
  },
);

test('an open database of an earlier version, with its log files, is closed to others when it is opened', () => {
  const folder = testFolder();
  WorkStore.open(folder, now).close();
  const path = join(folder, 'work.db');
  const raw = new Database(path);
  raw.pragma('journal_mode = WAL');
  raw.exec('CREATE TABLE extra (x)');
  for (const suffix of ['', '-wal', '-shm']) chmodSync(path + suffix, 0o666);
  const claimed = ['', '-wal', '-shm'].map((suffix) => {
    claimFile(path + suffix);
    return statSync(path + suffix).mode & 0o777;
  });
  raw.close();
  expect(claimed).toEqual([0o600, 0o600, 0o600]);
});

test('no database is made through a link that leads nowhere', () => {
  const [folder, elsewhere] = [testFolder(), testFolder()];
  symlinkSync(join(elsewhere, 'planted.db'), join(folder, 'work.db'));
  expect(() => WorkStore.open(folder, now)).toThrow(expect.objectContaining({ code: 'store-exposed' }));
  expect(readdirSync(elsewhere)).toEqual([]);
});
