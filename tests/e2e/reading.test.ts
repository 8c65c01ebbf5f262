import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { hugePictures } from '../unit/reading/huge-pictures.ts';
import { linearized } from '../unit/reading/two-readings.ts';
import type { Desk } from './scenario/desk.ts';
import { picture } from './scenario/picture.ts';
import { Stage } from './scenario/stage.ts';

/** Two drafts of the province's are exchanged for what shows a leader something else than is signed. */
const lying = 'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử';
const scan = 'V/v rà soát, gia hạn chứng thư số chuyên dùng công vụ năm 2027';
const closed = 'Không ký tệp này: mỗi người mở tệp có thể nhìn thấy nội dung khác nhau';
let stage: Stage;
let leader: Desk;

async function exchangeDrafts({ papers }: Lab): Promise<[]> {
  await writeFile(papers.documents.decision, linearized());
  await writeFile(papers.documents.officialLetter, hugePictures['on the page'] ?? '');
  return [];
}

beforeAll(async () => {
  stage = await Stage.set(exchangeDrafts);
  leader = await stage.open('leader');
  await leader.signsIn();
}, 240_000);
afterAll(() => stage.close());

it('a draft that programs read differently: the leader is told, cannot sign, and saves a flat copy', async () => {
  await leader.opens('Chờ ký', lying);
  await leader.sees(closed);
  await leader.sees('Các chương trình đọc tệp này hiển thị nội dung khác nhau ở trang 1.');
  await leader.page.getByRole('note').filter({ hasText: 'Đừng tin nội dung đang thấy' }).waitFor();
  await picture(leader, 'reading-differs');
  const copy = join(leader.profile, 'ban-sao.pdf');
  await leader.app.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, copy);
  await leader.presses('Lưu bản sao phẳng…');
  await leader.sees(/^Đã lưu bản sao phẳng: /);
  await picture(leader, 'flat-copy');
  // What we read, and would have signed, in place of what the window showed.
  expect(execFileSync('pdftotext', [copy, '-'], { encoding: 'utf8' })).toContain('98 000 000 dong');
  expect(await leader.page.getByRole('button', { name: 'Ký duyệt' }).count()).toBe(0);
}, 180_000);

it('a scan that is too large to be shown: the page says so, and cannot be signed', async () => {
  await leader.opens('Chờ ký', scan);
  await leader.page.getByRole('note').filter({ hasText: 'Trang này có hình quá lớn' }).waitFor();
  await leader.sees(closed);
  await picture(leader, 'picture-not-shown');
  expect(await leader.page.getByRole('button', { name: 'Ký duyệt' }).count()).toBe(0);
}, 180_000);
