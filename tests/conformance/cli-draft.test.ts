import { linkSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleDraft } from '../lab/drafts.ts';
import { runProgram } from '../lab/program.ts';
import { scratchFolder } from '../unit/pdf/scratch.ts';
import { antin } from './cli-call.ts';

const folder = scratchFolder();

function draftFile(name: string, draft: object = sampleDraft('quyet-dinh')): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(draft));
  return path;
}

it('makes a PDF of each draft, names fields and places, and goes on after one that can’t be taken', async () => {
  const good = draftFile('quyet-dinh.json');
  const bad = draftFile('hong.json', { ...sampleDraft('cong-van'), subject: '' });
  const out = join(folder, 'out');
  const { code, json, err } = await antin(['draft', good, bad, '--out', `${out}/`, '--json']);
  expect(code).toBe(1);
  expect(json[0]).toMatchObject({ file: good, out: join(out, 'quyet-dinh.pdf'), ok: true, pages: 1 });
  const { fields } = json[0] as { fields: { name: string; page: number; box: number[] }[] };
  expect(fields.map(({ name, page }) => `${name} ${page}`)).toEqual([
    ...['antin-number 1', 'antin-date 1', 'antin-approval 1', 'antin-seal 1'],
  ]);
  for (const { box } of fields) expect(box).toHaveLength(4);
  const error = { code: 'draft-invalid', params: { place: 'subject', reason: 'draft-value-empty' } };
  expect(json[1]).toEqual({ file: bad, ok: false, error });
  expect(err).toContain('Có chỗ (mục subject) chưa đúng. Nội dung đang để trống.');
  expect(readdirSync(out)).toEqual(['quyet-dinh.pdf']);
});

it('makes files of the appendices that are to be files of their own', async () => {
  const body = [{ kind: 'paragraph' as const, text: 'Danh mục thiết bị được cấp cho các đơn vị.' }];
  const appendices = [
    { title: 'Danh mục', body, separate: true },
    { title: 'Lộ trình', body },
    { title: 'Kinh phí', body, separate: true },
  ];
  const draft = draftFile('kem-phu-luc.json', sampleDraft('quyet-dinh', { appendices }));
  const out = join(folder, 'kem-phu-luc.pdf');
  const { json } = await antin(['draft', draft, '--out', out, '--json']);
  const named = (number: number) => join(folder, `kem-phu-luc-phu-luc-${number}.pdf`);
  expect(json[0]).toMatchObject({
    pages: 2,
    appendices: [
      { out: named(1), pages: 1 },
      { out: named(3), pages: 1 },
    ],
  });
  const text = (await runProgram('pdftotext', ['-layout', named(3), '-'])).toString();
  expect(text).toContain('PHỤ LỤC III');
  expect(text).toMatch(/Kèm theo Quyết định số +\/QĐ-SKHCN ngày +tháng +năm +của/);
  expect(text).not.toContain('CỘNG HÒA');
  expect((await antin(['check', named(3), '--json'])).code).toBe(0);
});

it('refuses an output that exists, unless it is forced', async () => {
  const draft = draftFile('lan-hai.json');
  const out = join(folder, 'lan-hai.pdf');
  expect((await antin(['draft', draft, '--out', out])).code).toBe(0);
  expect((await antin(['draft', draft, '--out', out])).code).toBe(1);
  expect((await antin(['draft', draft, '--out', out, '--force'])).code).toBe(0);
});

it('never writes over a draft, by whatever name', async () => {
  const draft = draftFile('goc.json');
  const other = join(folder, 'goc-khac.pdf');
  linkSync(draft, other);
  const before = readFileSync(draft, 'utf8');
  for (const out of [draft, other, `${folder}/./goc.json`])
    expect((await antin(['draft', draft, '--out', out, '--force'])).code).toBe(64);
  expect(readFileSync(draft, 'utf8')).toBe(before);
});

it.each([
  ['no file', ['draft', '--out', 'x.pdf']],
  ['nowhere to write', ['draft', 'x.json']],
  ['an unknown option', ['draft', 'x.json', '--out', 'x.pdf', '--docx']],
])('%s ends with 64', async (_, args) => {
  expect((await antin(args)).code).toBe(64);
});

it.each([
  ['missing', () => join(folder, 'khong-co.json'), 'file-missing'],
  ['a folder', () => folder, 'file-unreadable'],
])('a draft that is %s', async (_, path, expected) => {
  const { code, json } = await antin(['draft', path(), '--out', join(folder, 'x.pdf'), '--json']);
  expect([code, (json[0] as { error: { code: string } }).error.code]).toEqual([1, expected]);
});
