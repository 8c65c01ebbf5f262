import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { Quarantine } from '../../../native/token/quarantine.ts';

let folder: string;
let path: string;
let now = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-quarantine-'));
  path = join(folder, 'module.so');
  writeFileSync(path, 'one');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a module that took the process down', () => {
  test('is left alone for longer each time, and not for ever', () => {
    const quarantine = new Quarantine(() => now);
    expect(quarantine.holds(path, false)).toBeNull();
    let last = 0;
    for (let fall = 0; fall < 12; fall++) {
      quarantine.add(path, new AppError('module-crashed'));
      const begun = now;
      while (quarantine.holds(path, false)) now += 1_000;
      expect(now - begun).toBeGreaterThanOrEqual(last);
      last = now - begun;
    }
    expect(last).toBe(600_000);
  });

  test('is never tried while a login stands', () => {
    const quarantine = new Quarantine(() => now);
    const failed = quarantine.add(path, new AppError('module-hung'));
    now += 10_000_000;
    expect(quarantine.holds(path, true)).toBe(failed);
    expect(quarantine.holds(path, false)).toBeNull();
  });

  test('is tried at once when its file is replaced', () => {
    const quarantine = new Quarantine(() => now);
    quarantine.add(path, new AppError('module-crashed'));
    writeFileSync(path, 'another');
    expect(quarantine.holds(path, false)).toBeNull();
  });

  test('is tried at once when somebody asks, and left alone for longer after that', () => {
    const quarantine = new Quarantine(() => now);
    quarantine.add(path, new AppError('module-crashed'));
    quarantine.recall();
    expect(quarantine.holds(path, false)).toBeNull();
    quarantine.add(path, new AppError('module-crashed'));
    now += 5_000;
    expect(quarantine.holds(path, false)).toMatchObject({ code: 'module-crashed' });
  });

  test('is like any other once it has worked', () => {
    const quarantine = new Quarantine(() => now);
    quarantine.add(path, new AppError('module-crashed'));
    quarantine.release(path);
    expect(quarantine.holds(path, true)).toBeNull();
  });
});
