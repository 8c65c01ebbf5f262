import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Desk } from './scenario/desk.ts';
import { picture } from './scenario/picture.ts';
import { Stage } from './scenario/stage.ts';

const subject = 'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử';

let stage: Stage;
let clerk: Desk;

beforeAll(async () => {
  stage = await Stage.set();
  const leader = await stage.open('leader');
  await leader.signsIn();
  await leader.opens('Chờ ký', subject);
  await leader.approves();
  await leader.app.close();
  // The leader's token was lost before the clerk came to it.
  await stage.lab.revoke('leader');
  clerk = await stage.open('clerk');
  await clerk.signsIn();
}, 120_000);

afterAll(async () => {
  await stage.close();
});

it('a document whose approval no longer holds goes back, by keyboard and without a line', async () => {
  const { page } = clerk;
  await clerk.opens('Chờ phát hành', subject);
  await clerk.sees(/^Chữ ký không hợp lệ: .*thu hồi/);
  await clerk.sees('Không ký, không cấp số, không đóng dấu cho văn bản này. Hãy trả lại.');
  expect(await page.getByRole('button', { name: 'Lấy số và ngày' }).count()).toBe(0);
  await picture(clerk, 'return-asked');
  await stage.stopServer();
  await page.getByRole('button', { name: 'Trả lại' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Trả lại văn bản' });
  const reason = await dialog.getByLabel('Lý do', { exact: true }).inputValue();
  expect(reason).toMatch(/^Chữ ký không hợp lệ: .*thu hồi/);
  await picture(clerk, 'return-dialog');
  await dialog.getByRole('button', { name: 'Trả lại' }).focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/^Trả lại: (Đang chờ gửi|Đang gửi)/).waitFor();
  expect(await page.getByText(/^Đã trả lại lúc/).count()).toBe(0);
  await picture(clerk, 'return-waiting');
  await stage.startServer();
  await clerk.goesTo('Hộp gửi');
  await clerk.outboxEntry('Trả lại').getByText('Đã gửi xong').waitFor();
  await clerk.opens('Văn bản đi', subject);
  const history = page.getByRole('region', { name: 'Quá trình xử lý' });
  await history.getByText('Trả lại').waitFor();
  await history.getByText(reason).waitFor();
  await picture(clerk, 'returned');
  expect(clerk.app.consoleErrors).toEqual([]);
});
