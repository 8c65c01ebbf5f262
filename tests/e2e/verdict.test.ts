import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agency } from '../../contract/document.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { ProvinceSeed } from '../../server/seed.ts';
import type { Lab } from '../lab/lab.ts';
import { type OfficialPaper, officialPaper } from '../lab/official-paper.ts';
import { issueSoftKey } from '../lab/pki/soft-key.ts';
import { runProgram } from '../lab/program.ts';
import { agencies } from '../lab/province.ts';
import type { Desk } from './scenario/desk.ts';
import { picture } from './scenario/picture.ts';
import { Stage } from './scenario/stage.ts';

const issuer = agency.parse({ code: 'H98', name: 'Ủy ban nhân dân tỉnh Láng Giềng', level: 'province' });
const unsigned = 'V/v phối hợp rà soát chứng thư số';
const mustStay = 'V/v khắc phục hậu quả bão số 9';
const genuine = 'Về việc ban hành Quy chế phối hợp';
const masked = 'Về việc cấp phép lưu hành thuốc';
const misnamed = 'Về việc nghỉ lễ Quốc khánh';
const ministry = agency.parse({ code: 'G12', name: 'Bộ Y tế', level: 'province' });
const reason = 'Văn bản hỏa tốc, đã xác minh với nơi gửi qua điện thoại';

/** A key of the neighbouring province's, certified by the authority that this province trusts. */
async function signerOf(
  lab: Lab,
  commonName: string,
  uid: string,
  organisation = issuer.name,
): Promise<Signer> {
  const subject = { commonName, organisation, uid };
  const { key, certificate, chain } = await issueSoftKey(lab.pki, 'P-256', subject);
  return {
    ...{ certificate, chain },
    sign: async (algorithm, data) => sign(algorithm, data, { key, dsaEncoding: 'der' }),
  };
}

/** A paper signed by a leader and sealed by a body, with its number and date filled in. */
async function issued(
  lab: Lab,
  name: string,
  paper: OfficialPaper,
  { leader, seal, number }: { leader: Signer; seal: Signer; number: string },
): Promise<string> {
  const [source, approved, target] = ['draft', 'approved', 'sealed'].map((step) =>
    join(lab.dir, `${name}-${step}.pdf`),
  );
  if (!source || !approved || !target) throw new Error('three steps');
  await writeFile(source, officialPaper(paper));
  await signPdf({ source, target: approved, signer: leader, stamp: { kind: 'approval' } });
  const stamp = { kind: 'seal', number, date: '2026-11-20' } as const;
  await signPdf({ source: approved, target, signer: seal, stamp });
  return target;
}

/**
 * Documents from outside: two without any signature, one as it should be, one that a company has sealed in a
 * ministry's name, and one whose data aren't what its page says.
 */
async function arrivals(lab: Lab): Promise<ProvinceSeed['arrivals']> {
  const { officialLetter } = lab.papers.documents;
  const leader = await signerOf(lab, 'Chủ tịch', 'CBCC:H98.001');
  const seal = await signerOf(lab, issuer.name, 'MDD:H98');
  const neighbour = {
    superior: '',
    issuer: issuer.name,
    place: 'Láng Giềng',
    symbol: 'QĐ-UBND',
    position: 'Chủ tịch',
  };
  const whole = {
    ...neighbour,
    subject: genuine,
    signer: '(Chủ tịch)',
    body: '#pagebreak()\nĐiều 1. Ban hành Quy chế.',
  };
  const sealed = await issued(lab, 'genuine', whole, { leader, seal, number: '07/QĐ-UBND' });
  const other = { ...neighbour, subject: 'Về việc nghỉ lễ Quốc khánh và trực cơ quan', signer: 'Trần Thị B' };
  const mixedUp = await issued(lab, 'mixed-up', other, { leader, seal, number: '08/QĐ-UBND' });
  const company = 'Công ty TNHH Dược phẩm Thử Nghiệm';
  const keys = {
    leader: await signerOf(lab, 'Nguyễn Văn A', 'CCCD:001', company),
    seal: await signerOf(lab, company, 'MST:001', company),
  };
  const paper = { superior: '', issuer: company, place: 'Hà Nội', symbol: 'QĐ-CTY', subject: masked };
  const worn = await issued(lab, 'worn', paper, { ...keys, number: '12/QĐ-CTY' });
  const of = (subject: string, path: string, number: number, symbol: string, change = {}) => ({
    ...{
      type: 'quyet-dinh' as const,
      subject,
      urgency: 'normal' as const,
      signerPosition: 'CHỦ TỊCH',
      issuer,
    },
    reference: { number, code: `${String(number).padStart(2, '0')}/${symbol}`, date: '2026-11-20' },
    recipient: agencies.commune.code,
    files: [{ path, name: `van-ban-${number}.pdf`, part: 'main' as const }],
    ...change,
  });
  const letter = { type: 'cong-van' as const };
  return [
    of(unsigned, officialLetter, 5, 'UBND-VX', letter),
    of(mustStay, officialLetter, 6, 'UBND-VX', letter),
    of(genuine, sealed, 7, 'QĐ-UBND'),
    of(misnamed, mixedUp, 18, 'QĐ-UBND', letter),
    of(masked, worn, 99, 'QĐ-BYT', { issuer: ministry, signerPosition: 'BỘ TRƯỞNG' }),
  ];
}

let stage: Stage;
let commune: Desk;

/** What the person does in the system's own dialogs, which no test can press. */
async function answersDialogs(path: string): Promise<void> {
  await commune.app.app.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: answer });
  }, path);
}

beforeAll(async () => {
  stage = await Stage.set(arrivals);
  commune = await stage.open('communeClerk');
  await commune.signsIn();
  await commune.answersQuestions(true);
}, 120_000);

afterAll(async () => {
  await stage.close();
});

describe('what lacks a signature', () => {
  it('goes back first, with the reason written already', async () => {
    await commune.opens('Văn bản đến', unsigned);
    await commune.sees('Chưa đủ điều kiện để đăng ký');
    await commune.sees('Văn bản thiếu chữ ký số của người có thẩm quyền.');
    await commune.sees('Văn bản thiếu chữ ký số của cơ quan ban hành.');
    const { page } = commune;
    expect(await page.getByRole('button', { name: 'Tiếp nhận và đăng ký' }).count()).toBe(0);
    await picture(commune, 'gate');
    await commune.presses('Từ chối, trả lại');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Lý do', { exact: true }).inputValue()).toContain(
      'Văn bản thiếu chữ ký số của cơ quan ban hành.',
    );
    await picture(commune, 'gate-refuse');
    await commune.presses('Từ chối, trả lại', dialog);
    await commune.sees(/^Đã từ chối, trả lại lúc/);
    await commune.goesTo('Hộp gửi');
    await commune.outboxEntry('Từ chối, trả lại').getByText('Đã gửi xong').waitFor();
  });

  it('is registered only on purpose, and the reason stays in sight', async () => {
    await commune.opens('Văn bản đến', mustStay);
    await commune.presses('Vẫn tiếp nhận…');
    const dialog = commune.page.getByRole('dialog', { name: 'Vẫn tiếp nhận và đăng ký' });
    await commune.presses('Tôi chịu trách nhiệm, vẫn tiếp nhận', dialog);
    await dialog.getByText('Hãy ghi lý do vì sao vẫn tiếp nhận.').waitFor();
    await dialog.getByLabel('Lý do vẫn tiếp nhận').fill(reason);
    await picture(commune, 'gate-override');
    await commune.presses('Tôi chịu trách nhiệm, vẫn tiếp nhận', dialog);
    await commune.sees(/^Đã đăng ký lúc/);
    expect((await commune.asked()).at(-1)).toContain('Văn bản thiếu chữ ký số của cơ quan ban hành.');
    const kept = commune.page.getByRole('group', { name: 'Đã đăng ký dù chữ ký số chưa đạt' });
    await kept.getByText(`Lý do: ${reason}`).waitFor();
    await kept.getByText(/^Văn thư, .* quyết định lúc/).waitFor();
    await picture(commune, 'gate-overridden');
  });
});

describe('what the page and the certificates say otherwise than the data', () => {
  /** A window of that size, and a picture of what stands in it. */
  const sized = async (width: number, height: number, name: string) => {
    await commune.app.app.evaluate(
      ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
      [width, height] as const,
    );
    await expect.poll(() => commune.page.evaluate('[innerWidth, innerHeight]')).toEqual([width, height]);
    await picture(commune, name);
  };

  it('closes the gate where the seal is another body’s, though every signature is valid', async () => {
    await commune.opens('Văn bản đến', masked);
    await commune.sees('Chưa đủ điều kiện để đăng ký');
    await commune.sees(
      'Chữ ký số cơ quan là của nơi khác, không phải của nơi ban hành: chứng thư số ghi “Công ty TNHH Dược phẩm Thử Nghiệm”, dữ liệu ghi “Bộ Y tế”.',
    );
    await commune.sees('Văn bản và dữ liệu có chỗ khác nhau');
    await commune.sees('Số, ký hiệu không khớp: trên văn bản “12/QĐ-CTY”, trong dữ liệu “99/QĐ-BYT”.');
    expect(await commune.page.getByRole('button', { name: 'Tiếp nhận và đăng ký' }).count()).toBe(0);
    await sized(1366, 768, 'gate-another-body-1366');
    await sized(1024, 700, 'gate-another-body-1024');
    await commune.presses('Vẫn tiếp nhận…');
    await picture(commune, 'gate-another-body-override');
    await commune.presses('Không, quay lại', commune.page.getByRole('dialog'));
    await commune.page.getByRole('button', { name: 'Quay lại danh sách' }).click();
  });

  it('is told before registering, and then decided with a yes', async () => {
    await commune.opens('Văn bản đến', misnamed);
    await commune.sees('Văn bản và dữ liệu có chỗ khác nhau');
    await commune.sees('Loại văn bản không khớp: trên văn bản “Quyết định”, trong dữ liệu “Công văn”.');
    await commune.sees(
      'Họ tên người ký không khớp: trên văn bản “Trần Thị B”, trên chứng thư số “Chủ tịch”.',
    );
    await sized(1366, 768, 'gate-differs-1366');
    await sized(1024, 700, 'gate-differs-1024');
    await commune.presses('Tiếp nhận và đăng ký');
    const dialog = commune.page.getByRole('dialog');
    await dialog
      .getByText(/^Trích yếu không khớp: trên văn bản “Về việc nghỉ lễ Quốc khánh và trực cơ quan”/)
      .waitFor();
    // Its issuer is the right one, in two lines of capitals.
    expect(await dialog.getByText(/^Tên cơ quan ban hành/).count()).toBe(0);
    await picture(commune, 'gate-differs-asked');
    await commune.presses('Không, quay lại', dialog);
    await commune.page.getByRole('button', { name: 'Quay lại danh sách' }).click();
  });
});

describe('a verdict', () => {
  it('is one sentence, with pictures of where the signatures are that lead there', async () => {
    await commune.opens('Văn bản đến', genuine);
    await commune.sees(
      `Chữ ký hợp lệ: Chủ tịch và ${issuer.name} đã ký, nội dung văn bản không bị thay đổi từ khi ký.`,
    );
    const { page } = commune;
    const places = page.getByRole('list', { name: 'Vị trí chữ ký trên văn bản' });
    await places.locator('canvas[data-drawn]').first().waitFor();
    await picture(commune, 'verdict');
    // At the smallest usual size of a window the bar above takes one row, and what is below is left to the document.
    await commune.app.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 640),
    );
    await expect.poll(() => page.evaluate('[innerWidth, innerHeight]')).toEqual([1024, 640]);
    const bar = await page.getByRole('region', { name: 'Thông tin phiên làm việc' }).boundingBox();
    expect(bar?.height).toBeLessThan(70);
    await places.getByRole('button', { name: 'Mở trang 2, nơi có chữ ký 1, 2' }).click();
    await page.getByRole('toolbar').getByText('Trang 2 / 2').waitFor();
    await page.locator('details summary').first().click();
    for (const fact of [
      'Tổ chức cấp chứng thư số',
      'Người ký',
      'Cơ quan, tổ chức quản lý chứng thư số',
      'Tính toàn vẹn của dữ liệu',
      'Hiệu lực của chữ ký tại thời điểm ký',
      'Chứng thư số có hiệu lực',
    ]) {
      await page.locator('details[open] dt').getByText(fact, { exact: true }).waitFor();
    }
    await picture(commune, 'verdict-details');
    await commune.presses('Sao chép kết quả');
    await commune.sees(/^Đã sao chép kết quả kiểm tra\./);
    const copied = await commune.app.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain(`Chữ ký hợp lệ: Chủ tịch và ${issuer.name} đã ký`);
  });

  it('is filed as a PDF that says the same', async () => {
    const file = join(stage.lab.dir, 'bao-cao.pdf');
    await answersDialogs(file);
    await commune.presses('Lưu báo cáo');
    await commune.sees(`Đã lưu báo cáo vào ${file}.`);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text).toContain('BÁO CÁO KIỂM TRA CHỮ KÝ SỐ');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`Chữ ký hợp lệ: Chủ tịch và ${issuer.name} đã ký`);
    expect(text).toContain('Chứng thư số có hiệu lực và chưa bị thu hồi');
    await answersDialogs(join(stage.lab.dir, 'no', 'where.pdf'));
    await commune.presses('Lưu báo cáo');
    await commune.page.getByRole('alert', { name: /^Chưa lưu được báo cáo\./ }).waitFor();
    expect(existsSync(join(stage.lab.dir, 'no'))).toBe(false);
  });

  it('shows what was signed beside today’s version, and names what changed', async () => {
    const { page } = commune;
    await page.getByRole('button', { name: 'Xem văn bản lúc ký' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Văn bản lúc ký và hiện nay: Chủ tịch' });
    await dialog.getByText('Điền trường “Số văn bản”.').waitFor();
    const [then, now] = [
      dialog.getByRole('region', { name: /^Lúc ký/ }),
      dialog.getByRole('region', { name: 'Hiện nay' }),
    ];
    await then.locator('canvas[data-drawn]').first().waitFor();
    await now.locator('canvas[data-drawn]').first().waitFor();
    await picture(commune, 'as-signed');
    // The number stood empty when the leader signed; today it is filled in.
    expect(await then.getByText('07/QĐ-UBND').count()).toBe(0);
    await commune.presses('Đóng', dialog);
    await dialog.waitFor({ state: 'detached' });
  });

  it('keeps what it rested on until somebody has it destroyed', async () => {
    await commune.sees(/^Bằng chứng xác thực lưu lúc .*: [1-9]\d* chứng thư số, [1-9]/);
    await commune.presses('Hủy bằng chứng…');
    const dialog = commune.page.getByRole('dialog', { name: 'Hủy bằng chứng xác thực' });
    await picture(commune, 'evidence');
    await commune.presses('Hủy bằng chứng', dialog);
    await dialog.waitFor({ state: 'detached' });
    await commune.page.getByText(/^Bằng chứng xác thực lưu lúc/).waitFor({ state: 'detached' });
    await commune.sees(/^Đã hủy bằng chứng lúc/);
    // Back by keyboard to the very row, and into it again.
    const { page } = commune;
    await page.getByRole('button', { name: 'Quay lại danh sách' }).focus();
    await page.keyboard.press('Enter');
    await commune.row(genuine).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await commune.sees(/^Chữ ký hợp lệ:/);
    expect(await commune.page.getByText(/^Bằng chứng xác thực lưu lúc/).count()).toBe(0);
  });
});

describe('whom the office trusts', () => {
  it('is listed, can be added from a file after a question, and taken away again', async () => {
    const { page } = commune;
    await page.getByRole('link', { name: 'Tổ chức chứng thực' }).click();
    const list = page.getByRole('list', { name: 'Tổ chức được tin cậy' });
    const root = list.getByRole('listitem', { name: 'RootCA chuyên dùng Chính phủ (thử nghiệm)' });
    await root.getByText('Cài đặt sẵn trong chương trình').waitFor();
    expect(await root.getByRole('button').count()).toBe(0);
    await picture(commune, 'trust');
    // However many there are, the last one can be reached.
    const last = page.getByRole('main').getByRole('listitem').last();
    await last.scrollIntoViewIfNeeded();
    const main = await page.getByRole('main').boundingBox();
    const box = await last.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((main?.y ?? 0) + (main?.height ?? 0) + 1);
    expect(await page.evaluate('document.documentElement.scrollTop + document.body.scrollTop')).toBe(0);
    const file = join(stage.lab.dir, 'other-root.pem');
    const key = join(stage.lab.dir, 'other-root.key');
    await runProgram('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8'],
      ...['-subj', '/CN=RootCA Láng Giềng', '-days', '30', '-keyout', key, '-out', file],
    ]);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN CERTIFICATE');
    await answersDialogs(file);
    await commune.presses('Thêm từ tệp…');
    const question = page.getByRole('dialog', { name: 'Tin cậy tổ chức này?' });
    await question.getByText('Không có trong danh sách tổ chức của Nhà nước').waitFor();
    await picture(commune, 'trust-question');
    await commune.presses('Đã so mã, tin cậy tổ chức này', question);
    const added = list.getByRole('listitem', { name: 'RootCA Láng Giềng' });
    await added.getByText(/thêm lúc/).waitFor();
    expect((await commune.asked()).at(-1)).toMatch(
      /“RootCA Láng Giềng”\n\nDấu vân tay SHA-256:\n([0-9A-F]{4} ?){16}\n/,
    );
    await commune.presses('Bỏ RootCA Láng Giềng', added);
    await commune.presses('Bỏ tổ chức này', page.getByRole('dialog', { name: 'Bỏ tổ chức này?' }));
    await added.waitFor({ state: 'detached' });
    await commune.sees('Đã bỏ RootCA Láng Giềng.');
  });

  it('said nothing wrong on the console', () => {
    expect(commune.app.consoleErrors).toEqual([]);
  });
});
