import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ambiguousDrafts, type DeceptiveDraft, layeredDraft } from '../attacks/deceptive-draft.ts';
import type { Lab } from '../lab/lab.ts';
import type { Desk } from './scenario/desk.ts';
import { picture } from './scenario/picture.ts';
import { Stage } from './scenario/stage.ts';

/** What a leader is told, in the real window, of drafts that show people different things. */
let stage: Stage;
let leader: Desk;

const subjectOf = (type: string) =>
  stage.lab.seed.documents.find((document) => document.type === type)?.subject ?? `no ${type} in the seed`;

function draft(name: keyof typeof ambiguousDrafts): DeceptiveDraft {
  const found = ambiguousDrafts[name];
  if (!found) throw new Error(`no draft ${name}`);
  return found;
}

/** Drafts that somebody in the office submitted in place of honest ones. */
async function plant({ papers: { documents } }: Lab): Promise<[]> {
  await writeFile(documents.decision, draft('linearized: /L is the draft’s length').bytes);
  await writeFile(
    documents.officialLetter,
    draft('hybrid: an object in the open that the table calls free').bytes,
  );
  await writeFile(documents.proposal, layeredDraft);
  return [];
}

beforeAll(async () => {
  stage = await Stage.set(plant);
  leader = await stage.open('leader');
  await leader.signsIn();
}, 120_000);

afterAll(async () => {
  await stage.close();
});

const closed = 'Không ký tệp này: mỗi người mở tệp có thể nhìn thấy nội dung khác nhau';
const stop = 'Không ký, không cấp số, không đóng dấu cho văn bản này. Hãy trả lại để xuất lại tệp PDF.';

it.each([
  ['quyet-dinh', 'linearized', /chỉ dẫn xem nhanh không đúng/],
  ['cong-van', 'hybrid', /Cấu trúc tệp khiến các chương trình có thể hiểu khác nhau/],
] as const)('%s: a draft that programs read differently (%s) can’t be signed', async (type, name, why) => {
  const { page } = leader;
  await leader.opens('Chờ ký', subjectOf(type));
  await leader.sees(closed);
  await leader.sees(why);
  await leader.sees(stop);
  expect(await page.getByRole('button', { name: 'Ký duyệt' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Trả lại' }).count()).toBe(1);
  await picture(leader, `deceptive-${name}`);
});

it('layers, scripts and programs inside are told before the signature and beside the verdict', async () => {
  await leader.opens('Chờ ký', subjectOf('to-trinh'));
  const told = [
    /mã lệnh JavaScript/,
    /lớp nội dung khác nhau giữa màn hình và bản in “Số tiền khi in”/,
    /Có tệp khác nằm bên trong văn bản: “cai-dat.exe”/,
  ];
  for (const sentence of told) await leader.sees(sentence);
  await picture(leader, 'deceptive-layered');
  const dialog = await leader.asksToSign('Ký duyệt');
  for (const sentence of told) await dialog.getByText(sentence).waitFor();
  await picture(leader, 'deceptive-layered-dialog');
  await leader.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(leader.app.consoleErrors).toEqual([]);
});
