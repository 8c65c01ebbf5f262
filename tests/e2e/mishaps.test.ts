import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildMisbehavingModule, Misbehaviour } from '../lab/misbehaving/module.ts';
import { launch } from './launch.ts';
import { Desk } from './scenario/desk.ts';
import { picture } from './scenario/picture.ts';
import { Stage } from './scenario/stage.ts';
import { filesBelow, filesWith, processesWith, tokenProcess } from './scenario/trace.ts';

/** What goes wrong on a working day; each time the window lives, the words help, and nothing is lost or half done. */
describe('mishaps', () => {
  let stage: Stage;
  let open: Desk[] = [];

  beforeAll(async () => {
    stage = await Stage.set();
  });

  afterEach(async () => {
    await Promise.all(open.map((desk) => desk.app.close()));
    open = [];
  });

  afterAll(() => stage.close());

  const subjectOf = (type: string) => {
    const document = stage.lab.seed.documents.find((candidate) => candidate.type === type);
    if (!document) throw new Error(`no ${type} in the seed`);
    return document.subject;
  };

  async function leader(): Promise<Desk> {
    const desk = await stage.open('leader');
    open.push(desk);
    return desk;
  }

  /** A window whose profile differs from the lab's usual one. */
  async function windowWith(
    options: { serverUrl?: string; modulePaths?: string[] },
    env: Record<string, string> = {},
  ): Promise<Desk> {
    const { lab } = stage;
    const profile = await lab.profile('leader', { serverUrl: stage.serverUrl, tokenPollMs: 500, ...options });
    const app = await launch({ profile: profile.dir, env: { ...profile.env, ...env } });
    const desk = new Desk(app, profile.dir, lab.people.leader);
    open.push(desk);
    return desk;
  }

  it('a token process killed while it signs: no file, a sentence that helps, and the next try works', async () => {
    const driver = new Misbehaviour(join(stage.lab.dir, 'misbehaviour'));
    const desk = await windowWith({ modulePaths: [await buildMisbehavingModule()] }, driver.env);
    await desk.signsIn();
    await desk.opens('Chờ ký', subjectOf('quyet-dinh'));
    const before = filesBelow(desk.profile).filter((file) => file.includes('/files/'));
    driver.forget();
    driver.set({ calls: { C_Sign: 'hang' } });
    await desk.confirmsSigning(await desk.asksToSign('Ký duyệt'));
    await expect.poll(() => driver.calls('C_Sign'), { timeout: 20_000 }).toBe(1);
    driver.set({});
    process.kill(tokenProcess(desk.profile), 'SIGKILL');
    await desk.sees('Chưa ký được.');
    await desk.sees('Phần mềm của thiết bị ký số vừa dừng đột ngột.');
    const after = filesBelow(desk.profile);
    expect(after.filter((file) => file.includes('/files/'))).toEqual(before);
    expect(after.filter((file) => basename(file).endsWith('.part'))).toEqual([]);
    await desk.goesTo('Hộp gửi');
    await desk.sees('Chưa có việc nào được gửi.');

    await desk.opens('Chờ ký', subjectOf('quyet-dinh'));
    await desk.confirmsSigning(await desk.asksToSign('Ký duyệt'));
    await desk.sees(/^Đã ký duyệt lúc/);
    // Three windows are opened: the desk's, and one for each try to sign.
  }, 120_000);

  it('a wrong PIN: said as such, with a warning, and the right one opens', async () => {
    const desk = await leader();
    await desk.page.getByLabel('Mã PIN của thiết bị').fill('Sai-hoàn-toàn-1');
    await desk.presses('Đăng nhập');
    await desk.sees(/^Mã PIN không đúng\./);
    await desk.sees(/thiết bị sẽ tự khóa/);
    await desk.signsIn();
    await desk.goesTo('Chờ ký');
  });

  it('no PIN in the profile, the logs, the arguments or the environment', async () => {
    const desk = await leader();
    await desk.signsIn();
    await desk.opens('Chờ ký', subjectOf('cong-van'));
    await desk.approves();
    const { pin } = stage.lab.people.leader.token;
    expect(processesWith(pin, desk.profile)).toEqual([]);
    await desk.app.close();
    expect(filesWith(pin, stage.lab.dir)).toEqual([]);
  });

  it('no driver on this computer: says so and what to do', async () => {
    const desk = await windowWith({ modulePaths: ['/opt/khong-co/libkhongco.so'] });
    await desk.sees('Máy tính này chưa có phần mềm của thiết bị ký số.');
    await desk.page.getByRole('button', { name: 'Kiểm tra lại' }).waitFor();
  });

  it('a driver that is no PKCS#11 library: says so', async () => {
    const desk = await windowWith({ modulePaths: [stage.lab.trustFile] });
    await desk.sees('Tệp này không phải là phần mềm của thiết bị ký số.');
  });

  it('no server: sign-in says so and keeps the window usable', async () => {
    await stage.stopServer();
    try {
      const desk = await leader();
      await desk.page.getByLabel('Mã PIN của thiết bị').fill(stage.lab.people.leader.token.pin);
      await desk.presses('Đăng nhập');
      await desk.sees('Không kết nối được với máy chủ văn bản của tỉnh.');
    } finally {
      await stage.startServer();
    }
  });

  it('data that is not as the program left it: told before and after the sign-in, until it is read', async () => {
    const { lab, serverUrl } = stage;
    const profile = await lab.profile('leader', { serverUrl, tokenPollMs: 500 });
    const start = async () => {
      const app = await launch({ profile: profile.dir, env: profile.env });
      const desk = new Desk(app, profile.dir, lab.people.leader);
      open.push(desk);
      return desk;
    };
    const first = await start();
    await first.signsIn();
    await first.app.close();
    const database = new Database(join(profile.dir, 'work.db'));
    database.exec("DROP TRIGGER audit_keeps_text; UPDATE audit SET detail = '{}' WHERE sequence = 1");
    database.close();
    const second = await start();
    const sentence = 'Nhật ký an toàn trên máy này không còn đúng như lúc ghi.';
    await second.sees(sentence);
    await picture(second, 'audit-broken-sign-in');
    await second.signsIn();
    await second.sees(sentence);
    await picture(second, 'audit-broken');
    await second.presses('Đã rõ, đóng thông báo');
    await second.page.getByText(sentence).waitFor({ state: 'detached' });
    await second.app.close();
    writeFileSync(join(profile.dir, 'work.db'), Buffer.alloc(50_000, 0xa5));
    const third = await start();
    await third.sees('Dữ liệu trên máy này bị hỏng.');
    await picture(third, 'store-damaged');
  });

  it('a server that answers nonsense: says so', async () => {
    const hotel = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<title>Đăng nhập Wi-Fi</title>');
    });
    await new Promise<void>((resolve) => hotel.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = hotel.address() as AddressInfo;
      const desk = await windowWith({ serverUrl: `http://127.0.0.1:${port}` });
      await desk.page.getByLabel('Mã PIN của thiết bị').fill(stage.lab.people.leader.token.pin);
      await desk.presses('Đăng nhập');
      await desk.sees('Máy chủ gửi về dữ liệu không hợp lệ.');
    } finally {
      await new Promise((resolve) => hotel.close(resolve));
    }
  });
});
