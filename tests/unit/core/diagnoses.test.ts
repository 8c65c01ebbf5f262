import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TokenState } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/failure.ts';
import { Diagnoses } from '../../../native/core/diagnoses.ts';
import { token } from '../renderer/fake-core/samples.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-diagnoses-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const serial = 'A1B2C3D4E5F60718';
const state: TokenState = {
  modules: [
    {
      path: join(homedir(), 'drivers', 'libmaker.so'),
      ok: true,
      error: null,
      description: 'Maker',
      tokens: [token({ serial })],
    },
  ],
  problem: null,
  checkedAt: '2026-11-22T01:31:00.000Z',
};

function diagnoses(target: string | null, asked: string[] = []) {
  const picker = {
    pickTarget: async (kind: string, name: string) => {
      asked.push(`${kind} ${name}`);
      return target;
    },
  };
  const now = () => new Date('2026-11-22T18:00:00Z');
  return new Diagnoses({
    ...{ tokens: { state: () => state }, picker: () => picker, now },
    notice: () => new AppError('audit-broken', { fault: 'cut', at: 4 }).toFailure(),
  });
}

test('saves what the window shows, for its owner alone, without secrets', async () => {
  const asked: string[] = [];
  const path = join(folder, 'out.zip');
  writeFileSync(path, 'an older one');
  expect(await diagnoses(path, asked).save()).toEqual({ path });
  // The day in Ha Noi.
  expect(asked).toEqual(['diagnosis an-tin-2026-11-23.zip']);
  const zip = readFileSync(path, 'utf8');
  expect(zip.startsWith('PK')).toBe(true);
  expect(zip).toContain('…0718');
  expect(zip).toContain('2026-11-22T01:31:00.000Z');
  expect(zip).toContain('~/drivers/libmaker.so');
  expect(zip).toContain('Dữ liệu của chương trình: Nhật ký an toàn trên máy này không còn đúng như lúc ghi.');
  expect(zip).toContain('"fault": "cut"');
  for (const secret of [serial, homedir()]) expect(zip).not.toContain(secret);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['out.zip']);
});

test('where the person cancels, or nobody can ask them, nothing is written', async () => {
  expect(await diagnoses(null).save()).toEqual({ path: null });
  const alone = new Diagnoses({
    ...{ tokens: { state: () => state }, picker: () => null, notice: () => null, now: () => new Date() },
  });
  expect(await alone.save()).toEqual({ path: null });
  expect(readdirSync(folder)).toEqual([]);
});

test('a place that can’t be written to is said, and nothing half written stays', async () => {
  const taken = join(folder, 'taken.zip');
  mkdirSync(join(taken, 'inside'), { recursive: true });
  await expect(diagnoses(taken).save()).rejects.toMatchObject({ code: 'write-failed' });
  await expect(diagnoses(join(folder, 'no', 'where.zip')).save()).rejects.toMatchObject({
    code: 'write-failed',
  });
  expect(readdirSync(folder)).toEqual(['taken.zip']);
});
