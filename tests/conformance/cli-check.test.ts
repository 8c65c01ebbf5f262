import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { formRules } from '../../contract/form-rule.ts';
import { sampleDraft } from '../lab/drafts.ts';
import { officialPaper } from '../lab/official-paper.ts';
import { typeset } from '../lab/typst.ts';
import { scratchFolder } from '../unit/pdf/scratch.ts';
import { antin } from './cli-call.ts';

const folder = scratchFolder();
const path = (name: string) => join(folder, name);

beforeAll(() => {
  writeFileSync(path('dung.pdf'), typeset('documents/decision.typ'));
  writeFileSync(path('phu-luc.pdf'), typeset('documents/appendix.typ'));
  // Its grounds aren't in italics.
  writeFileSync(path('sai.pdf'), officialPaper({}));
  writeFileSync(path('Tên có dấu.pdf'), typeset('documents/decision.typ'));
  writeFileSync(path('hong.pdf'), typeset('documents/decision.typ').subarray(0, 9000));
  writeFileSync(path('du-thao.json'), JSON.stringify(sampleDraft('cong-van')));
});

it.each([
  ['a right decision', 'dung.pdf', 0, []],
  ['an appendix in a file of its own', 'phu-luc.pdf', 0, []],
  ['a draft', 'du-thao.json', 0, []],
  ['upright grounds', 'sai.pdf', 1, ['basis-style', 'basis-style']],
  ['a file’s name', 'Tên có dấu.pdf', 2, ['file-name']],
])('%s', async (_, name, code, rules) => {
  const { json, ...result } = await antin(['check', path(name), '--json']);
  const { findings } = json[0] as { findings: { rule: string }[] };
  expect([result.code, findings.map(({ rule }) => rule)]).toEqual([code, rules]);
});

it('names severity, article, page and place', async () => {
  const { json } = await antin(['check', path('sai.pdf'), '--json']);
  expect(json[0]).toMatchObject({ file: path('sai.pdf'), ok: true, type: 'quyet-dinh' });
  const { findings } = json[0] as { findings: { page: number; box: number[]; article: string }[] };
  const [first] = findings;
  expect(first).toMatchObject({ severity: 'error', article: 'Phụ lục I, phần II, mục 6', page: 1 });
  expect(first?.box).toHaveLength(4);
  const { out } = await antin(['check', path('sai.pdf')]);
  expect(out).toContain('Căn cứ ban hành phải in kiểu nghiêng');
});

it('the worst file counts, and a damaged one doesn’t stop the others', async () => {
  const { code, json } = await antin(['check', path('hong.pdf'), path('dung.pdf'), '--json']);
  expect(code).toBe(4);
  expect(json.map((one) => (one as { ok: boolean }).ok)).toEqual([false, true]);
});

it('a type that is known counts more than what the page says', async () => {
  const { json, code } = await antin(['check', path('dung.pdf'), '--type', 'ke-hoach', '--json']);
  const { findings } = json[0] as { findings: { rule: string }[] };
  expect([code, findings.map(({ rule }) => rule)]).toEqual([1, ['number-type']]);
});

it('lists its rules, each with its article and a sentence', async () => {
  const { json } = await antin(['check', '--rules', '--json']);
  expect(json.map((one) => (one as { rule: string }).rule)).toEqual(Object.keys(formRules));
  for (const one of json) expect((one as { text: string }).text).toMatch(/^\p{Lu}[^{}[\]]*\.$/u);
});

it.each([
  ['nothing', ['check']],
  ['an unknown type', ['check', 'x.pdf', '--type', 'sac-lenh']],
  ['rules of a file', ['check', 'x.pdf', '--rules']],
])('%s ends with 64', async (_, args) => {
  expect((await antin(args)).code).toBe(64);
});
