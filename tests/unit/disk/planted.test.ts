import { execFileSync } from 'node:child_process';
import {
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { LogFile } from '../../../electron/log-file.ts';
import { writeWindowMemory } from '../../../electron/window-memory.ts';
import { createExclusively, openOrdinary } from '../../../native/disk/exclusive-file.ts';
import { TargetFile } from '../../../native/signing/target-file.ts';
import { saveFile } from '../../../native/store/saved-file.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { testFolder } from '../store/folder.ts';

/** What somebody who may write to the same folder plants there, and what of theirs must stay untouched. */
let folder = '';
let victim = '';
beforeEach(() => {
  folder = testFolder();
  victim = join(testFolder(), 'victim');
  writeFileSync(victim, 'theirs');
});
const at = (name: string) => join(folder, name);
const bytes = Buffer.from('ours');
const notAFile = { code: 'write-failed', params: { file: 'a.pdf', reason: 'target-not-a-file' } };

const planted = {
  'a link to a file': (path: string) => symlinkSync(victim, path),
  'a link that leads nowhere': (path: string) => symlinkSync(join(folder, 'nowhere'), path),
  'a link to a device': (path: string) => symlinkSync('/dev/null', path),
  'a link to itself': (path: string) => symlinkSync(path, path),
  'a pipe': (path: string) => void execFileSync('mkfifo', [path]),
  'a folder': (path: string) => mkdirSync(path),
};
const plants = Object.entries(planted);

/** The two ways in which a file of the person's comes to be: a report or a diagnosis, and a signed document. */
const writers = {
  saved: (path: string, replace: boolean) => saveFile(path, bytes, { replace }),
  signed: async (path: string, replace: boolean) => {
    const file = await TargetFile.create(path, replace);
    try {
      await file.write(bytes, 0);
      await file.commit();
    } catch (error) {
      await file.discard();
      throw error;
    }
  },
};

describe.each(Object.entries(writers))('where a file is %s,', (_, write) => {
  test.each(plants)('%s in its place is neither followed nor replaced', async (_name, plant) => {
    plant(at('a.pdf'));
    const before = lstatSync(at('a.pdf'));
    await expect(write(at('a.pdf'), true)).rejects.toMatchObject(notAFile);
    await expect(write(at('a.pdf'), false)).rejects.toMatchObject({ code: 'file-exists' });
    expect(lstatSync(at('a.pdf')).ino).toBe(before.ino);
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });

  test.each(plants)('%s at the old name of its part is passed by', async (_name, plant) => {
    plant(at('a.pdf.part'));
    await write(at('a.pdf'), true);
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('ours');
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(lstatSync(at('a.pdf')).isFile()).toBe(true);
  });

  test('a file with a second name loses this one, and what the other shows stays', async () => {
    linkSync(victim, at('a.pdf'));
    await write(at('a.pdf'), true);
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(statSync(at('a.pdf')).nlink).toBe(1);
  });

  test('a folder behind a link is the person’s own choice', async () => {
    symlinkSync(folder, join(folder, 'here'));
    await write(join(folder, 'here', 'a.pdf'), false);
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('ours');
  });
});

describe('while a file is being signed,', () => {
  const partIn = () => readdirSync(folder).find((name) => name.endsWith('.part')) ?? '';

  test('a link put in place of its part gets neither bytes nor name', async () => {
    const source = at('source.pdf');
    writeFileSync(source, 'x'.repeat(1 << 20));
    const file = await TargetFile.create(at('a.pdf'), true);
    const part = at(partIn());
    rmSync(part);
    symlinkSync(victim, part);
    await file.copyFrom(source, 1 << 20, 'sha256');
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    await expect(file.commit()).rejects.toMatchObject({ params: { reason: 'target-replaced' } });
    await file.discard();
    expect(existsSync(at('a.pdf'))).toBe(false);
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
  });

  test('another file under the name of its part isn’t taken for it', async () => {
    const file = await TargetFile.create(at('a.pdf'), false);
    await file.write(bytes, 0);
    writeFileSync(at('other'), 'another document');
    renameSync(at('other'), at(partIn()));
    await expect(file.commit()).rejects.toMatchObject({ params: { reason: 'target-replaced' } });
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a second name for its part is noticed', async () => {
    const file = await TargetFile.create(at('a.pdf'), false);
    await file.write(bytes, 0);
    linkSync(at(partIn()), at('copy'));
    await expect(file.commit()).rejects.toMatchObject({ params: { reason: 'target-replaced' } });
    await file.discard();
    expect(readdirSync(folder)).toEqual(['copy']);
  });

  test('a link put at its target is neither followed nor replaced', async () => {
    const file = await TargetFile.create(at('a.pdf'), true);
    await file.write(bytes, 0);
    symlinkSync(victim, at('a.pdf'));
    await expect(file.commit()).rejects.toMatchObject(notAFile);
    await file.discard();
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
  });
});

describe('a file of the program’s own', () => {
  test.each(plants)('is not opened again through %s', async (_name, plant) => {
    plant(at('a.log'));
    await expect(openOrdinary(at('a.log'), constants.O_TRUNC)).rejects.toThrow();
    await expect(createExclusively(at('a.log'))).rejects.toThrow('EEXIST');
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
  });

  test('that has a second name isn’t emptied', async () => {
    linkSync(victim, at('a.log'));
    await expect(openOrdinary(at('a.log'), constants.O_TRUNC)).rejects.toMatchObject({
      code: 'write-failed',
    });
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
  });

  test('logs and the window’s memory follow no link', async () => {
    symlinkSync(victim, at('core.log'));
    symlinkSync(victim, at('window.json.new'));
    const log = new LogFile(at('core.log'));
    await new Promise((resolve) => log.write('a line\n', resolve));
    await new Promise((resolve) => log.end(resolve));
    writeWindowMemory(at('window.json'), {
      bounds: null,
      maximized: true,
      zoom: 1,
      hardwareAcceleration: true,
    });
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(lstatSync(at('window.json')).isFile()).toBe(true);
  });

  test('a database’s copies follow no link', async () => {
    const now = new Date('2026-11-20T01:00:00.000Z');
    const work = WorkStore.open(folder, now);
    symlinkSync(victim, join(folder, 'copies', 'work-2026-11-20.db.part'));
    await work.copyDaily('2026-11-20');
    work.close();
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(lstatSync(join(folder, 'copies', 'work-2026-11-20.db')).isFile()).toBe(true);
  });
});
