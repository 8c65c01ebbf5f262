import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMisbehavingModule, Misbehaviour } from '../lab/misbehaving/module.ts';
import { launch } from './launch.ts';
import { ConsentWindow } from './scenario/consent-window.ts';
import { Desk } from './scenario/desk.ts';
import { Stage } from './scenario/stage.ts';
import { filesBelow } from './scenario/trace.ts';

/** Many documents with one PIN, in real windows: the leader's and then the clerk's. */
describe('a batch', () => {
  let stage: Stage;
  let driver: Misbehaviour;
  let leader: Desk;
  /** Stays open from the wrong PIN to the right one. */
  let consent: ConsentWindow;
  const open: Desk[] = [];

  beforeAll(async () => {
    stage = await Stage.set();
    const { lab, serverUrl } = stage;
    driver = new Misbehaviour(join(lab.dir, 'misbehaviour'));
    const modulePaths = [await buildMisbehavingModule()];
    const profile = await lab.profile('leader', { serverUrl, tokenPollMs: 500, modulePaths });
    const app = await launch({ profile: profile.dir, env: { ...profile.env, ...driver.env } });
    leader = new Desk(app, profile.dir, lab.people.leader);
    open.push(leader);
    await leader.signsIn();
    await leader.goesTo('Chờ ký');
  });

  afterAll(async () => {
    await Promise.all(open.map((desk) => desk.app.close()));
    await stage.close();
  });

  const subjectOf = (type: string) =>
    stage.lab.seed.documents.find((document) => document.type === type)?.subject ?? `no ${type} in the seed`;
  const item = (desk: Desk, type: string) =>
    desk.page
      .getByRole('list', { name: 'Danh sách văn bản' })
      .getByRole('listitem', { name: subjectOf(type) });

  /** As a disk does that goes bad: the file is there, its bytes aren't what they were. */
  function damageFileOf(desk: Desk, original: string): void {
    const bytes = readFileSync(original);
    const held = filesBelow(join(desk.profile, 'files')).find((file) => readFileSync(file).equals(bytes));
    if (!held) throw new Error('the file to damage isn’t held');
    writeFileSync(held, bytes.fill(0, bytes.length >> 1));
  }

  it('is chosen by the keyboard; a PIN that is wrong is tried once and begins nothing', async () => {
    const { page } = leader;
    await page.getByRole('row').nth(2).waitFor();
    for (const type of ['quyet-dinh', 'to-trinh'] as const) {
      await leader.row(subjectOf(type)).focus();
      await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: 'Ký duyệt 2 văn bản' }).waitFor();
    await leader.presses('Chọn cả 3 văn bản');
    driver.forget();
    await leader.presses('Ký duyệt 3 văn bản');
    const dialog = page.getByRole('dialog', { name: 'Ký duyệt 3 văn bản' });
    // The login of the sign-in still stands, and serves no signature.
    consent = await leader.asksForConsent(dialog);
    await consent.sees('3 văn bản');
    for (const type of ['quyet-dinh', 'to-trinh', 'cong-van']) {
      await consent.page.getByRole('option', { name: subjectOf(type) }).waitFor();
    }
    await consent.confirms('Sai-hoan-toan-1');
    await consent.page.getByRole('alert', { name: /^Chưa ký\. Mã PIN không đúng/ }).waitFor();
    expect(driver.calls('C_Login')).toBe(1);
    expect(driver.calls('C_Sign')).toBe(0);
  });

  it('waits for a token that is pulled out, and goes on; one document that fails harms no other', async () => {
    const { pin } = stage.lab.people.leader.token;
    damageFileOf(leader, stage.lab.papers.documents.officialLetter);
    driver.set({ calls: { 'C_Sign 2': 'remove' } });
    driver.forget();
    await consent.confirms(pin);
    await leader.sees(/^Đang chờ thiết bị: xong 2 trên 3 văn bản/);
    await item(leader, 'cong-van').getByText('Chưa được').waitFor();
    driver.set({});
    const again = await ConsentWindow.after(leader.app.app, () => leader.presses('Mở thiết bị và làm tiếp…'));
    await again.sees('Làm tiếp phần còn lại sau khi mở lại thiết bị.');
    await again.confirms(pin);
    await leader.sees('Đã ký 2 trên 3 văn bản.');
    for (const type of ['quyet-dinh', 'to-trinh']) await item(leader, type).getByText('Đã xong').waitFor();
    // Once to begin with, once for the token that came back.
    expect(driver.calls('C_Login')).toBe(2);
    await leader.presses('Đã rõ, đóng');
    await leader.goesTo('Hộp gửi');
    const sent = leader.outboxEntry('Ký duyệt').getByText('Đã gửi xong');
    // The server judges each file before it takes it.
    await expect.poll(() => sent.count(), { timeout: 20_000 }).toBe(2);
  });

  it('is put away when it is over, and its documents’ appendices can be opened', async () => {
    await leader.presses('Ẩn 2 việc đã gửi xong');
    await leader.sees('Chưa có việc nào được gửi.');
    await leader.opens('Văn bản đi', subjectOf('to-trinh'));
    await leader.page.getByRole('radio', { name: 'Phụ lục: phu-luc-lop-boi-duong.pdf' }).check();
    await leader.pageDrawn();
    await leader.page
      .getByRole('region', { name: 'Trang 1' })
      .getByText('DỰ KIẾN LỚP BỒI DƯỠNG')
      .first()
      .waitFor();
  });

  it('seals what the leader has signed, with one PIN of the agency’s token', async () => {
    const clerk = await stage.open('clerk');
    open.push(clerk);
    await clerk.signsIn();
    for (const type of ['quyet-dinh', 'to-trinh']) {
      await clerk.goesTo('Chờ phát hành');
      await clerk.row(subjectOf(type)).click();
      await clerk.takesNumber();
    }
    await clerk.goesTo('Chờ phát hành');
    await clerk.presses('Chọn cả 2 văn bản');
    await clerk.presses('Đóng dấu 2 văn bản');
    const dialog = clerk.page.getByRole('dialog', { name: 'Đóng dấu 2 văn bản' });
    const { seal } = stage.lab.people.clerk;
    await clerk.confirmsSigning(dialog, seal?.pin);
    await clerk.sees('Đã đóng dấu xong cả 2 văn bản.');
    await clerk.presses('Đã rõ, đóng');
    await clerk.page.getByRole('heading', { name: 'Chờ phát hành' }).waitFor();
    expect(clerk.app.consoleErrors).toEqual([]);
  });
});
