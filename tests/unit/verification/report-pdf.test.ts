import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { reportPdf } from '../../../native/verification/index.ts';
import { brokenLines, widthOf } from '../../../native/verification/report/sheet.ts';
import { reports, signature } from '../renderer/fake-core/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const facts = {
  name: 'quyết định số 05.pdf',
  bytes: 134_954,
  digest: 'd7e8a3f2d5236a2483a027affd4d362dea243465ff24ac040f6fd3a2e17d4530',
  checkedAt: new Date('2026-11-22T05:59:31Z'),
};
const place = {
  page: 2,
  pageSize: { width: 210, height: 297 },
  box: { x: 126.5, y: 97.5, width: 50, height: 25.5 },
};
const placed = (report: VerificationReport): VerificationReport => ({
  ...report,
  signatures: report.signatures.map((one) => ({ ...one, place })),
});

function file(report: VerificationReport): string {
  const path = join(folder, 'report.pdf');
  writeFileSync(path, reportPdf(report, facts));
  return path;
}

const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' });

/** The words in reading order, single spaces between them. */
const textOf = (path: string) => run('pdftotext', '-layout', path, '-').replaceAll(/\s+/g, ' ');

test('says in Vietnamese what was found, for other programs to read', () => {
  const text = textOf(file(placed(reports.valid)));
  for (const words of [
    'BÁO CÁO KIỂM TRA CHỮ KÝ SỐ',
    'quyết định số 05.pdf',
    '135 kB',
    '12:59:31 22/11/2026',
    'Chữ ký hợp lệ: Phó Chủ tịch Ủy ban nhân dân tỉnh và',
    'Tổ chức cấp chứng thư số Cơ quan chứng thực số chuyên dùng Chính phủ',
    'Chữ ký 2: Chữ ký hợp lệ',
    'Trang 1/2',
  ]) {
    expect(text).toContain(words);
  }
  expect(textOf(file(reports.unsigned))).toContain('Văn bản chưa có chữ ký số nào.');
});

test('is a sound file with its fonts inside, and the same each time', () => {
  const path = file(placed(reports.invalid));
  expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors found');
  const fonts = run('pdffonts', path).trim().split('\n').slice(2);
  expect(fonts).toHaveLength(2);
  for (const font of fonts) expect(font).toMatch(/CID TrueType +Identity-H +yes yes yes/);
  expect(run('pdfinfo', path)).toMatch(/Page size: +595\.28 x 841\.89 pts \(A4\)/);
  expect(run('pdfinfo', '-meta', path)).toContain('<pdfaid:part>2</pdfaid:part>');
  const [once, again] = [reportPdf(reports.valid, facts), reportPdf(reports.valid, facts)];
  expect(once.equals(again)).toBe(true);
});

test('takes what a hostile document says: names without end, letters that no font has, many signatures', () => {
  const hostile: Partial<SignatureReport> = {
    changes: Array.from({ length: 20 }, (_, index) => `Thay đổi ${index} ${'x'.repeat(250)}`),
    signer: {
      subject: '\u202e(\\) \u0000漢字'.repeat(30),
      organisation: 'W'.repeat(300),
      ...{ issuer: '', serial: 'F'.repeat(300) },
      ...{ notBefore: '2024-03-01T00:00:00Z', notAfter: '2029-03-01T00:00:00Z' },
    },
    place: { ...place, box: { x: -500, y: 900, width: 5000, height: 5000 } },
  };
  const signatures = Array.from({ length: 10 }, () => signature(hostile));
  const path = file({ verdict: 'valid', signatures });
  expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors found');
  expect(textOf(path)).toContain('Chữ ký 10');
});

test('says what was concluded when the evidence was kept, where today says something else', () => {
  const at = new Date('2026-11-22T05:59:31Z');
  const write = (report: VerificationReport) => {
    const path = join(folder, 'kept.pdf');
    writeFileSync(path, reportPdf(report, { ...facts, kept: { verdict: 'valid', at } }));
    return textOf(path);
  };
  expect(write(reports.indeterminate)).toContain(
    'Kết luận đã lưu Chữ ký hợp lệ (lưu cùng bằng chứng lúc 12:59:31 22/11/2026)',
  );
  expect(write(reports.valid)).not.toContain('Kết luận đã lưu');
});

test('shows each page that bears a signature, in as many rows as it takes', () => {
  const signatures = Array.from({ length: 10 }, (_, index) =>
    signature({ place: { ...place, page: index + 1 } }),
  );
  const path = file({ verdict: 'valid', signatures });
  const pictures = textOf(path).split('Chữ ký 1: ')[0] ?? '';
  for (let page = 1; page <= 10; page++) expect(pictures).toContain(`Trang ${page}`);
});

test('lines keep to their width, words longer than a line included', () => {
  const text = `Ủy ban nhân dân ${'x'.repeat(200)} tỉnh`;
  const lines = brokenLines(text, 'regular', 11, 120);
  for (const line of lines) expect(widthOf(line, 'regular', 11)).toBeLessThanOrEqual(120);
  expect(lines.join('').replaceAll(' ', '')).toBe(text.normalize('NFC').replaceAll(' ', ''));
  expect(brokenLines('', 'regular', 11, 120)).toEqual(['']);
});
