import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFieldNames } from '../../contract/document.ts';
import { buildMisbehavingModule, Misbehaviour } from '../lab/misbehaving/module.ts';
import { seenFields } from '../unit/signing/page-judge.ts';
import { launch } from './launch.ts';
import { Desk } from './scenario/desk.ts';
import { Stage } from './scenario/stage.ts';

/** How soon a person must see that a token was plugged in or pulled out. */
const seenMs = 2000;

let stage: Stage;
const open: Desk[] = [];

beforeAll(async () => {
  stage = await Stage.set();
});

afterAll(async () => {
  await Promise.all(open.map((desk) => desk.app.close()));
  await stage.close();
});

/** The leader's window, looking for tokens as often as the product does. */
async function leader(modulePaths?: string[], env: Record<string, string> = {}): Promise<Desk> {
  const { lab, serverUrl } = stage;
  const modules = modulePaths && { modulePaths };
  const profile = await lab.profile('leader', { serverUrl, changesWaitSeconds: 5, ...modules });
  const app = await launch({ profile: profile.dir, env: { ...profile.env, ...env } });
  const desk = new Desk(app, profile.dir, lab.people.leader);
  open.push(desk);
  return desk;
}

const subjectOf = (type: string) =>
  stage.lab.seed.documents.find((document) => document.type === type)?.subject ?? `no ${type} in the seed`;

/** What the person does in the system's own dialogs, which no test can press: null cancels. */
async function answersDialogs(desk: Desk, path: string | null): Promise<void> {
  await desk.app.app.evaluate(({ dialog }, answer) => {
    const canceled = answer === null;
    dialog.showOpenDialog = async () => ({ canceled, filePaths: answer === null ? [] : [answer] });
    dialog.showSaveDialog = async () => ({ canceled, filePath: answer ?? '' });
  }, path);
}

/** How long something took, in milliseconds. */
async function timed(action: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

function fail(why: string): never {
  throw new Error(why);
}

/** The page and the corner of the signature's box, in whole millimetres, as its name says them. */
async function placeOf(box: Locator): Promise<{ page: number; x: number; y: number }> {
  const said = /Trang (\d+): cách mép trái (\d+) mm, cách mép trên (\d+) mm/.exec(
    (await box.getAttribute('aria-label')) ?? '',
  );
  const [page, x, y] = said?.slice(1).map(Number) ?? [];
  return page === undefined || x === undefined || y === undefined ? fail('no place is said') : { page, x, y };
}

/** Moves the signature's box by mouse, has Escape put it back, and moves it by the keyboard. */
async function movesTheBox(dialog: Locator): Promise<{ page: number; x: number; y: number }> {
  const box = dialog.getByRole('button', { name: /^Khung chữ ký/ });
  await dialog.locator('canvas[data-drawn]').waitFor();
  const byRules = await placeOf(box);
  const mouse = dialog.page().mouse;
  const at = (await box.boundingBox()) ?? fail('the box has no place on the screen');
  await mouse.move(at.x + at.width / 2, at.y + at.height / 2);
  await mouse.down();
  await mouse.move(at.x + at.width / 2 - 40, at.y + at.height / 2 - 20, { steps: 4 });
  await mouse.up();
  const dragged = await placeOf(box);
  expect(dragged.x).toBeLessThan(byRules.x - 10);
  expect(dragged.y).toBeLessThan(byRules.y - 5);
  await box.press('Escape');
  expect(await placeOf(box)).toEqual(byRules);
  await box.press('Control+ArrowUp');
  for (let step = 0; step < 3; step++) await box.press('ArrowLeft');
  const moved = await placeOf(box);
  expect(moved).toEqual({ page: byRules.page, x: byRules.x - 3, y: byRules.y - 10 });
  return moved;
}

const dialogOf = (desk: Desk, name: string | RegExp): Locator => desk.page.getByRole('dialog', { name });
const closes = (dialog: Locator) => dialog.getByRole('button', { name: 'Đóng', exact: true }).click();

describe('a token, from plugging it in to another PIN', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await leader();
  });

  it('is seen to come and go within two seconds', async () => {
    const { machine } = stage.lab.people.leader;
    const field = desk.page.getByLabel('Mã PIN của thiết bị');
    await field.waitFor();
    const [gone, back]: [number[], number[]] = [[], []];
    // The best of three tells how fast it is, whatever else this computer does meanwhile.
    for (let round = 0; round < 3; round++) {
      const out = async () => {
        await machine.unplug();
        await desk.sees('Cắm thiết bị ký số vào máy tính');
      };
      gone.push(await timed(out));
      const comesBack = async () => {
        await machine.plugIn();
        await field.waitFor();
      };
      back.push(await timed(comesBack));
    }
    expect(Math.min(...gone)).toBeLessThan(seenMs);
    expect(Math.min(...back)).toBeLessThan(seenMs);
  });

  it('says in its panel what state it is in, whose certificate it holds, how long still, and that it stands', async () => {
    await desk.presses('Xem thiết bị ký số');
    const panel = dialogOf(desk, 'Thiết bị ký số');
    const token = panel.getByRole('listitem', { name: 'Giám đốc Sở' }).first();
    await token.getByText('Đang cắm, chưa mở bằng mã PIN').waitFor();
    const certificate = token
      .getByRole('list', { name: 'Chứng thư số trên Giám đốc Sở' })
      .getByRole('listitem', { name: 'Giám đốc Sở' });
    const { validTo } = stage.lab.people.leader.token.certificate;
    const days = Math.floor((Date.parse(validTo) - Date.now()) / 86_400_000);
    await certificate.getByText(`còn ${days} ngày`).waitFor();
    await certificate.getByText(/^Chưa bị thu hồi \(kiểm tra lúc/).waitFor();
    await closes(panel);
  });

  it('is helped with step by step, live, and what was found is saved without secrets', async () => {
    await desk.presses('Giúp tôi với thiết bị này');
    const help = dialogOf(desk, 'Giúp tôi với thiết bị ký số');
    const step = (name: RegExp) => help.getByRole('listitem', { name });
    await step(/^Bước 5/)
      .getByText('Đạt')
      .waitFor();
    await step(/^Bước 6/)
      .getByText('Chờ nhập mã PIN khi ký')
      .waitFor();
    const { machine, token } = stage.lab.people.leader;
    await machine.unplug();
    await step(/^Bước 3: Thiết bị ký số/)
      .getByText('Có lỗi')
      .waitFor();
    await step(/^Bước 4/)
      .getByText('Chưa tới bước này')
      .waitFor();
    await machine.plugIn();
    await step(/^Bước 3/)
      .getByText('Đạt')
      .waitFor();

    const zip = join(stage.lab.dir, 'saved.zip');
    await answersDialogs(desk, null);
    await desk.presses('Lưu kết quả kiểm tra…', help);
    await help.getByText('Chưa chọn nơi lưu, chưa lưu gì.').waitFor();
    await answersDialogs(desk, zip);
    await desk.presses('Lưu kết quả kiểm tra…', help);
    await help.getByText(`Đã lưu vào ${zip}.`).waitFor();
    const read = 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.read("diagnose.txt").decode())';
    const text = execFileSync('python3', ['-c', read, zip], { encoding: 'utf8' });
    expect(text).toContain('Giám đốc Sở');
    expect(text).toContain(`…${token.serial.slice(-4)}`);
    for (const secret of [token.serial, token.pin]) expect(text).not.toContain(secret);
    await answersDialogs(desk, join(stage.lab.dir, 'no', 'where.zip'));
    await desk.presses('Lưu kết quả kiểm tra…', help);
    await help.getByRole('alert', { name: /^Chưa lưu được\. Không lưu được tệp/ }).waitFor();
    await closes(help);
  });

  it('gets another driver by a dialog; one that can’t be used is refused with the reason', async () => {
    await desk.presses('Giúp tôi với thiết bị này');
    const help = dialogOf(desk, 'Giúp tôi với thiết bị ký số');
    const drivers = help.getByRole('list', { name: 'Danh sách phần mềm của thiết bị' });
    await drivers.getByRole('listitem').first().waitFor();
    const before = await drivers.getByRole('listitem').count();
    await answersDialogs(desk, null);
    await desk.presses('Thêm phần mềm của thiết bị…', help);
    await help.getByText('Chưa chọn tệp nào, không có gì thay đổi.').waitFor();
    const letter = join(stage.lab.dir, 'thu.so');
    writeFileSync(letter, 'Kính gửi');
    await answersDialogs(desk, letter);
    await desk.presses('Thêm phần mềm của thiết bị…', help);
    await help.getByRole('alert', { name: /^Chưa thêm được phần mềm\. Tệp này không phải/ }).waitFor();
    expect(await drivers.getByRole('listitem').count()).toBe(before);
    await answersDialogs(desk, await buildMisbehavingModule('libketxuat.so'));
    await desk.presses('Thêm phần mềm của thiết bị…', help);
    await help.getByText('Đã thêm phần mềm: libketxuat.so.').waitFor();
    await expect.poll(() => drivers.getByRole('listitem').count()).toBe(before + 1);
    await desk.presses('Bỏ phần mềm libketxuat.so', help);
    await help.getByText('Đã bỏ phần mềm: libketxuat.so.').waitFor();
    await expect.poll(() => drivers.getByRole('listitem').count()).toBe(before);
    await closes(help);
  });

  it('asks for its PIN again once the screen was locked or the computer has slept', async () => {
    await desk.signsIn();
    await desk.opens('Chờ ký', subjectOf('quyet-dinh'));
    const tools = desk.page.getByRole('toolbar', { name: 'Công cụ xem văn bản' });
    await desk.presses('Trang sau', tools);
    await tools.getByText('Trang 2 / 2').waitFor();
    // A question that stands open when the person leaves is answered by nobody who comes after.
    const consent = await desk.asksForConsent(await desk.asksToSign('Ký duyệt'));
    await consent.settled();
    await desk.app.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));
    await consent.closed();
    await desk.sees('Chưa ký được. Cửa sổ xác nhận đã tự đóng, chưa ký gì.');
    await desk.sees(/^Thiết bị đã được khóa lúc .* vì màn hình máy tính bị khóa/);
    await desk.confirmsSigning(await desk.asksToSign('Ký duyệt'));
    await desk.sees(/^Đã ký duyệt lúc/);
    // The signed file is another file; the reader is still where they were.
    await desk.pageDrawn();
    await tools.getByText('Trang 2 / 2').waitFor();
    await desk.app.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
    await desk.sees(/^Thiết bị đã được khóa lúc .* vì máy tính chuyển sang chế độ ngủ/);
  });

  it('takes another PIN once each rule is met, signs with that one where the person wants it, and is locked by hand', async () => {
    const { token } = stage.lab.people.leader;
    const next = `Moi1${token.pin.slice(0, 8)}`;
    await desk.presses('Xem thiết bị ký số');
    const panel = dialogOf(desk, 'Thiết bị ký số');
    await desk.presses('Đổi mã PIN', panel);
    const dialog = dialogOf(desk, /^Đổi mã PIN: /);
    const rules = dialog.getByRole('list', { name: 'Mã PIN mới cần có đủ:' }).getByRole('listitem');
    const met = () => rules.filter({ hasText: /^Đạt/ }).count();
    const all = await rules.count();
    expect(await met()).toBe(0);
    await dialog.getByLabel('Mã PIN hiện tại').fill(token.pin);
    const field = dialog.getByLabel('Mã PIN mới', { exact: true });
    await field.fill('ab');
    await expect.poll(met).toBe(2);
    await desk.presses('Đổi sang mã PIN mới', dialog);
    await dialog.getByText('Mã PIN mới chưa đạt đủ các yêu cầu ở trên.').waitFor();
    await field.fill(next);
    await expect.poll(met).toBe(all - 1);
    await dialog.getByLabel('Nhập lại mã PIN mới').fill(next);
    await expect.poll(met).toBe(all);
    await desk.answersQuestions(true);
    await desk.presses('Đổi sang mã PIN mới', dialog);
    await dialog.getByRole('status', { name: /^Đã đổi mã PIN lúc/ }).waitFor();
    expect(await desk.asked()).toEqual([expect.stringContaining('Đổi mã PIN của thiết bị ký số?')]);
    await closes(dialog);
    await closes(panel);

    await desk.opens('Chờ ký', subjectOf('cong-van'));
    const signing = await desk.asksToSign('Ký duyệt');
    const wanted = await movesTheBox(signing);
    await desk.confirmsSigning(signing, next);
    await desk.sees(/^Đã ký duyệt lúc/);
    token.pin = next;
    const [, signed = ''] = await stage.versionsOf(stage.lab.papers.documents.officialLetter);
    const { page, box } = seenFields(signed).get(formFieldNames.approval) ?? fail('no signature to be seen');
    expect(page).toBe(wanted.page);
    expect(Math.abs(box.x - wanted.x)).toBeLessThan(1);
    expect(Math.abs(box.y - wanted.y)).toBeLessThan(1);

    await desk.presses('Xem thiết bị ký số');
    await panel.getByText('Đã mở bằng mã PIN', { exact: true }).waitFor();
    await desk.presses('Khóa thiết bị lại', panel);
    await panel.getByText('Đang cắm, chưa mở bằng mã PIN').waitFor();
    await closes(panel);
    await desk.presses('Đăng xuất');
    await desk.page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });
});

describe('a token near its end', () => {
  let desk: Desk;
  let driver: Misbehaviour;

  beforeAll(async () => {
    driver = new Misbehaviour(join(stage.lab.dir, 'misbehaviour'));
    driver.set({ flags: ['pinLocked'] });
    desk = await leader([await buildMisbehavingModule()], driver.env);
  });

  it('is never asked anything once it is locked', async () => {
    await desk.sees('Thiết bị ký số đã bị khóa');
    expect(await desk.page.getByLabel('Mã PIN của thiết bị').count()).toBe(0);
    expect(await desk.page.getByRole('button', { name: 'Đăng nhập' }).isDisabled()).toBe(true);
    expect(driver.calls('C_Login')).toBe(0);
  });

  it('is not asked a last time without an explicit yes', async () => {
    driver.set({ flags: ['pinFinalTry'] });
    const { pin } = stage.lab.people.leader.token;
    await desk.sees(/^Chỉ còn một lần nhập mã PIN/);
    await desk.page.getByLabel('Mã PIN của thiết bị').fill(pin);
    await desk.presses('Đăng nhập');
    await desk.sees('Hãy đánh dấu “Tôi hiểu” trước khi tiếp tục.');
    expect(driver.calls('C_Login')).toBe(0);
    await desk.page.getByRole('checkbox', { name: 'Tôi hiểu' }).check();
    // The page's word alone isn't enough: the shell asks, too.
    await desk.answersQuestions(true);
    await desk.presses('Đăng nhập');
    await desk.page.getByRole('navigation').waitFor();
    expect(driver.calls('C_Login')).toBe(1);
    driver.set({});
  });

  it('warns while nobody can say whether its certificate is revoked, and lets nobody go on once they can', async () => {
    await stage.lab.revoke('leader');
    await desk.opens('Chờ ký', subjectOf('to-trinh'));
    await stage.stopServer();
    await desk.sees(/^Mất kết nối/);
    const dialog = await desk.asksToSign('Ký duyệt');
    const confirm = dialog.getByRole('button', { name: 'Xem lại và ký…' });
    await dialog.getByText('Chưa kiểm tra được chứng thư số có bị thu hồi hay không.').waitFor();
    expect(await confirm.isEnabled()).toBe(true);
    // A line that comes back is reason to ask at once: the server ends the session that rests on this certificate.
    await stage.startServer();
    await desk.page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
    expect(await dialog.count()).toBe(0);
    // They are told why they stand here again.
    await desk.sees('Phiên làm việc đã kết thúc.');
    await desk.sees(/Chứng thư số đã bị thu hồi/);
  });
});
