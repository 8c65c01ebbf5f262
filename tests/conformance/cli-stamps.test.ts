import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { draw } from '../lab/typst.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { layout } from '../unit/signing/layouts.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';
import { pdfsig, qpdfComplaints, trustDatabase } from './signing-judges.ts';

/**
 * A document's life in stamps, from the first initials to the copy, each from the command line and by another's key.
 */
const folder = scratchFolder();
const at = (name: string) => path.join(folder, name);
let authority: TestAuthority;
let trust: string;

const people = {
  drafter: 'Lê Thị Soạn',
  checker: 'Phạm Văn Soát',
  leader: 'Nguyễn Văn Thử',
  agency: 'Sở Khoa học và Công nghệ',
  receiver: 'Ủy ban nhân dân xã Thử Nghiệm',
  chairman: 'Trần Thị Chủ',
  copier: 'Văn phòng Đảng ủy xã',
} as const;

const keys = new Map<string, { file: string; password: string }>();

beforeAll(async () => {
  authority = createAuthority(at('pki'));
  for (const [role, name] of Object.entries(people)) keys.set(role, authority.signer('P-256', name).pkcs12());
  trust = trustDatabase(folder, authority.caFile);
  writeFile(folder, '0.pdf', layout({ blocks: [{ position: ['GIÁM ĐỐC'], name: people.leader }] }));
  await Promise.all([
    draw('images/approval.typ', at('approval')),
    draw('images/department-seal.typ', at('seal')),
  ]);
});

async function sign(role: keyof typeof people, source: string, out: string, ...more: string[]) {
  const key = keys.get(role);
  const args = [
    'sign',
    at(source),
    '--out',
    at(out),
    '--p12',
    key?.file ?? '',
    '--p12-password-env',
    'SECRET',
  ];
  return antin([...args, '--json', ...more], { env: { SECRET: key?.password ?? '' } });
}

describe('a seal on what no leader signed', () => {
  const warning = expect.stringContaining('Chưa có chữ ký số của người có thẩm quyền');
  const sealed = ['--as', 'seal', '--number', '05/QĐ-SKHCN', '--date', '2026-02-03'];

  it('is put on with a plain warning where there is no signature at all', async () => {
    const result = await sign('agency', '0.pdf', 'unsigned-sealed.pdf', '--as', 'seal');
    expect([result.err, result.json]).toMatchObject([
      warning,
      [{ ok: true, warnings: ['approval-missing'] }],
    ]);
  });

  it('is put on with a plain warning where somebody only initialled', async () => {
    await sign('drafter', '0.pdf', 'initialled.pdf', '--as', 'initial', '--initial-for', 'content');
    const result = await sign('agency', 'initialled.pdf', 'initialled-sealed.pdf', '--as', 'seal');
    expect([result.err, result.json]).toMatchObject([
      warning,
      [{ ok: true, warnings: ['approval-missing'] }],
    ]);
  });

  it('is put on in silence where one has', async () => {
    await sign('leader', '0.pdf', 'approved.pdf', '--as', 'approval');
    const result = await sign('agency', 'approved.pdf', 'approved-sealed.pdf', ...sealed);
    expect([result.err, result.json]).toMatchObject(['', [{ ok: true }]]);
    expect(result.json[0]).not.toHaveProperty('warnings');
  });
});

/** Who does what, in order; the fields' names are those that the report gives. */
const life: [keyof typeof people, string, string[]][] = [
  ['drafter', 'antin-initial-content', ['--as', 'initial', '--initial-for', 'content']],
  ['checker', 'antin-initial-form', ['--as', 'initial', '--initial-for', 'form']],
  ['leader', 'antin-approval', ['--as', 'approval', '--image', at('approval.png')]],
  [
    'agency',
    'antin-seal',
    ['--as', 'seal', '--image', at('seal.png'), '--number', '05/QĐ-SKHCN', '--date', '2026-02-03'],
  ],
  [
    'receiver',
    'antin-incoming',
    ['--as', 'incoming', '--number', '77', '--date', '2026-02-04', '--forward-to', 'Văn phòng'],
  ],
  ['chairman', 'antin-directive', ['--as', 'directive', '--text', 'Giao Văn phòng theo dõi, báo cáo.']],
  ['copier', 'antin-copy', ['--as', 'copy', '--copy-form', 'sao-y']],
];

it('every act signs, and no later one hurts an earlier one', async () => {
  for (const [index, [role, field, options]] of life.entries()) {
    const result = await sign(role, `${index}.pdf`, `${index + 1}.pdf`, ...options);
    expect([result.err, result.code, result.json]).toMatchObject(['', 0, [{ ok: true, field }]]);
  }
  const last = at(`${life.length}.pdf`);
  const expected = life.map(([role, field], index) => ({
    field,
    signer: people[role],
    valid: true,
    trusted: true,
    whole: index === life.length - 1,
  }));
  expect(pdfsig(last, trust)).toMatchObject(expected);
  expect(qpdfComplaints(last)).toEqual([]);
  const verdict = await antin(['verify', last, '--trust', authority.caFile, '--offline', '--json']);
  const [report] = verdict.json as {
    signatures: { field: string; intact: boolean; changesAfter: string }[];
  }[];
  expect(report?.signatures.map(({ field, intact }) => [field, intact])).toEqual(
    life.map(([, field]) => [field, true]),
  );
  expect(report?.signatures.filter(({ changesAfter }) => changesAfter === 'other')).toEqual([]);
});

describe('one by one', () => {
  it('an appendix in a file of its own bears code and time', async () => {
    copyFileSync(at('0.pdf'), at('appendix.pdf'));
    const result = await sign(
      'agency',
      'appendix.pdf',
      'appendix-signed.pdf',
      '--as',
      'appendix',
      '--number',
      '05/QĐ',
    );
    expect([result.code, result.json]).toMatchObject([0, [{ ok: true, field: 'antin-appendix' }]]);
    expect(pdfsig(at('appendix-signed.pdf'), trust)).toMatchObject([
      { valid: true, trusted: true, whole: true },
    ]);
  });

  it('what is missing or can not be is said before the key is opened', async () => {
    const jpeg = writeFile(
      folder,
      'signature.jpg',
      Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(40)]),
    );
    for (const [words, ...options] of [
      ['--copy-form', '--as', 'copy'],
      ['JPEG', '--as', 'approval', '--image', jpeg],
    ]) {
      const result = await antin(['sign', at('0.pdf'), '--out', at('no.pdf'), '--p12', '/none', ...options]);
      expect(result.code).not.toBe(0);
      expect(result.err).toContain(words);
    }
  });
});
