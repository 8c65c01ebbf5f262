import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { storedZip } from '../../../native/diagnosis/zip.ts';

test('another program reads every file back as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'antin-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.zip');
  const files = { 'chẩn-đoán.txt': 'Thiết bị\n', 'b.json': '{}', 'empty.txt': '' };
  writeFileSync(path, storedZip(files, new Date('2026-11-22T03:04:06Z')));
  const check =
    'import sys,zipfile,json;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(json.dumps({n:z.read(n).decode() for n in z.namelist()}))';
  const read = execFileSync('python3', ['-c', check, path], { encoding: 'utf8' });
  expect(JSON.parse(read)).toEqual(files);
});
