import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPdf } from '../../native/verification/index.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { launch, type RunningApp } from './launch.ts';
import { FileWindow } from './scenario/file-window.ts';
import { picture } from './scenario/picture.ts';

/** Files on this computer in the real window, started with no server and no configuration at all. */
let lab: Lab;
const apps: RunningApp[] = [];
let folder: string;

const kept = join(import.meta.dirname, '../lab/foreign-signatures/kept');

beforeAll(async () => {
  lab = await startLab();
  folder = mkdtempSync(join(lab.dir, 'tep-'));
}, 120_000);

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await lab.close();
});

async function opens(name: 'leader' | 'clerk', args: string[] = [], profile?: string): Promise<FileWindow> {
  const own = profile ?? mkdtempSync(join(lab.dir, 'profile-'));
  const { configuration } = lab.people[name].machine;
  const app = await launch({ profile: own, env: { SOFTHSM2_CONF: configuration }, args });
  apps.push(app);
  return new FileWindow(app);
}

/** Accepted by the programs that people have, and by our own verifier. */
async function isAccepted(path: string): Promise<void> {
  const told = execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
  expect(told).toContain('Signature is Valid');
  execFileSync('qpdf', ['--check', path]);
  execFileSync('mutool', ['info', path]);
  const { verdict } = await verifyPdf(path, { anchors: [...lab.anchors], offline: true });
  expect(['valid', 'indeterminate']).toContain(verdict);
}

describe('no server, no configuration', () => {
  let desk: FileWindow;
  const unsigned = ['Quyết định số 1.pdf', 'Công văn.pdf', 'Tờ trình.pdf', 'Bảo vệ sửa đổi.pdf'];
  const refused = {
    'Ghi chú.pdf': /Tệp này không phải là văn bản PDF/,
    'Ảnh quét.jpg': /Tệp này không phải là văn bản PDF/,
    'Dự thảo.docx': /Tệp này không phải là văn bản PDF/,
    'Rỗng.pdf': /Tệp này không phải là văn bản PDF/,
  };

  beforeAll(async () => {
    const { documents, odd } = lab.papers;
    // Letters and their marks apart, as macOS and some archives write them.
    copyFileSync(documents.decision, join(folder, 'Quyết định số 1.pdf'.normalize('NFD')));
    copyFileSync(documents.officialLetter, join(folder, 'Công văn.pdf'));
    copyFileSync(documents.proposal, join(folder, 'Tờ trình.pdf'));
    copyFileSync(odd.encrypted, join(folder, 'Bảo vệ sửa đổi.pdf'));
    execFileSync('qpdf', [
      ...['--encrypt', 'mo-tep', 'chu', '256', '--'],
      ...[documents.decision, join(folder, 'Có mật khẩu.pdf')],
    ]);
    const [signed = ''] = readdirSync(kept).filter((name) => name.endsWith('.pdf'));
    const bytes = readFileSync(join(kept, signed));
    writeFileSync(join(folder, 'Đã ký.pdf'), bytes);
    writeFileSync(join(folder, 'Hỏng.pdf'), '%PDF-1.7\nkhông còn gì\n');
    writeFileSync(join(folder, 'Ghi chú.pdf'), 'không phải PDF');
    writeFileSync(join(folder, 'Ảnh quét.jpg'), Buffer.from('ffd8ffe000104a46494600', 'hex'));
    writeFileSync(join(folder, 'Dự thảo.docx'), Buffer.from('504b0304', 'hex'));
    writeFileSync(join(folder, 'Rỗng.pdf'), '');
    copyFileSync(documents.appendix, join(folder, 'Phụ lục.pdf'));
    desk = await opens('leader');
  }, 120_000);

  it('begins among the files on this computer', async () => {
    await desk.page.getByRole('heading', { name: 'Tệp trên máy' }).waitFor();
    await desk.sees('Chưa mở tệp nào.');
    await picture(desk, 'files-empty');
  });

  it('shows and verifies a dropped folder of twelve, each refusal a sentence', async () => {
    await desk.drops(folder);
    await desk.page.getByText('12 tệp').waitFor();
    for (const name of unsigned) await desk.says(name, 'Chưa ký số');
    for (const [name, sentence] of Object.entries(refused)) await desk.says(name, sentence);
    await desk.says('Có mật khẩu.pdf', /có đặt mật khẩu mở tệp.*chuyển lại bản không đặt mật khẩu/);
    await desk.says('Hỏng.pdf', /Không đọc được/);
    await desk.says('Đã ký.pdf', /Không đủ thông tin|Chữ ký/);
    await picture(desk, 'files-list');
  });

  it('signs what can be signed with one PIN and saves each beside its original', async () => {
    for (const name of unsigned) await desk.row(name).locator('label').click();
    await desk.presses('Ký 4 tệp…');
    const dialog = desk.dialog('Ký 4 tệp');
    await dialog.getByRole('radio', { name: /^Chữ ký thường/ }).check();
    await picture(desk, 'files-sign-many');
    await desk.confirms(dialog, lab.people.leader.token.pin);
    await desk.sees('Đã ký xong cả 4 văn bản.');
    await picture(desk, 'files-batch');
    for (const name of ['Quyet-dinh-so-1', 'Cong-van', 'To-trinh', 'Bao-ve-sua-doi']) {
      const signed = join(folder, `${name}-da-ky.pdf`);
      await isAccepted(signed);
      expect(name.length).toBeLessThanOrEqual(50);
    }
    const original = readFileSync(join(folder, 'Công văn.pdf'));
    expect(original).toEqual(readFileSync(lab.papers.documents.officialLetter));
    expect(readFileSync(join(folder, 'Cong-van-da-ky.pdf')).subarray(0, original.length)).toEqual(original);
    await desk.presses('Đã rõ, đóng');
  });

  it('takes one action to verify a file, three and the PIN to have it signed and saved', async () => {
    desk.actions = 0;
    await desk.drops(join(folder, 'Phụ lục.pdf'));
    await desk.sees('Văn bản chưa có chữ ký số nào.');
    expect(desk.actions).toBe(1);
    await desk.drawn();
    await picture(desk, 'files-one');
    await desk.presses('Ký, đóng dấu…');
    const dialog = desk.dialog(/^Ký: /);
    await dialog.getByRole('button', { name: /^Khung chữ ký/ }).waitFor();
    await picture(desk, 'files-sign-one');
    await desk.confirms(dialog, lab.people.leader.token.pin);
    await desk.sees(/Bản đã ký: Phu-luc-da-ky\.pdf/);
    expect(desk.actions).toBe(3);
    await desk.sees(/Không đủ thông tin xác thực/);
    await desk.drawn();
    await picture(desk, 'files-signed');
    await isAccepted(join(folder, 'Phu-luc-da-ky.pdf'));
  });

  it('says what a link and a vanished file are', async () => {
    symlinkSync(join(folder, 'Công văn.pdf'), join(lab.dir, 'Lối tắt.pdf'));
    await desk.drops(join(lab.dir, 'Lối tắt.pdf'));
    await desk.sees(/Đây là lối tắt/);
    await picture(desk, 'files-refused');
    await desk.drops(join(lab.dir, 'không có.pdf'));
    await desk.sees('Không tìm thấy tệp.');
    expect(desk.app.consoleErrors).toEqual([]);
  });
});

it('opens what the system hands over, also to a second start', async () => {
  const profile = mkdtempSync(join(lab.dir, 'profile-'));
  const desk = await opens('leader', [lab.papers.documents.decision], profile);
  await desk.page.getByRole('heading', { name: /\.pdf$/ }).waitFor();
  await desk.sees('Văn bản chưa có chữ ký số nào.');
});
