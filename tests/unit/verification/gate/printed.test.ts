import { describe, expect, test } from 'vitest';
import { MemorySource } from '../../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../../native/pdf/document.ts';
import { readPrinted } from '../../../../native/verification/printed/printed-facts.ts';
import { type OfficialPaper, officialPaper } from '../../../lab/official-paper.ts';
import { typesetSource } from '../../../lab/typst.ts';
import type { Printed } from './arrival.ts';

function read(bytes: Uint8Array): Printed {
  return readPrinted(PdfDocument.read(new MemorySource(bytes), { lenient: true }));
}

const whole: OfficialPaper = { number: '05', day: '02', month: '01' };
const said: Printed = {
  readable: true,
  issuer: ['UBND TỈNH THỬ NGHIỆM', 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'],
  references: ['05/QĐ-SKHCN'],
  dates: ['2026-01-02'],
  type: 'quyet-dinh',
  subject: 'Về việc thành lập Tổ triển khai ký số',
  position: ['GIÁM ĐỐC'],
  signer: 'Nguyễn Văn A',
};

describe('a page laid out by the decree', () => {
  test.each<[string, OfficialPaper, Partial<Printed>]>([
    ['with number and date printed', whole, {}],
    ['with blanks for both', {}, { references: ['/QĐ-SKHCN'], dates: [] }],
    ['with no agency above', { ...whole, superior: '' }, { issuer: ['SỞ KHOA HỌC VÀ CÔNG NGHỆ'] }],
    [
      'with an agency’s name of two lines',
      { ...whole, issuer: 'Ban Quản lý khu kinh tế và các khu công nghiệp tỉnh Thử Nghiệm' },
      {
        issuer: [
          'UBND TỈNH THỬ NGHIỆM',
          'BAN QUẢN LÝ KHU KINH TẾ VÀ',
          'CÁC KHU CÔNG NGHIỆP TỈNH',
          'THỬ NGHIỆM',
        ],
      },
    ],
    [
      'with a subject of several lines',
      {
        ...whole,
        subject:
          'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử trong các cơ quan của tỉnh năm 2027',
      },
      {
        subject:
          'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử trong các cơ quan của tỉnh năm 2027',
      },
    ],
    ['with letters spaced out', { ...whole, type: 'T ờ  t r ì n h' }, { type: 'to-trinh' }],
    ['with a type of two words', { ...whole, type: 'Kế hoạch' }, { type: 'ke-hoach' }],
    [
      'with decomposed letters',
      { ...whole, subject: 'Về việc thành lập Tổ triển khai ký số'.normalize('NFD') },
      {},
    ],
    [
      'as a công văn',
      {
        ...whole,
        symbol: 'SKHCN-CĐS',
        about: 'V/v rà soát, gia hạn chứng thư số chuyên dùng công vụ năm 2027',
      },
      {
        ...{ type: 'cong-van', references: ['05/SKHCN-CĐS'] },
        subject: 'V/v rà soát, gia hạn chứng thư số chuyên dùng công vụ năm 2027',
      },
    ],
    ['with a name in capitals', { ...whole, signer: 'NGUYỄN VĂN A' }, { signer: 'NGUYỄN VĂN A' }],
    ['without a name', { ...whole, signer: '(Giám đốc)' }, { signer: null }],
  ])('%s', (_, paper, change) => {
    expect(read(officialPaper(paper))).toEqual({ ...said, ...change });
  });

  test('numbers and dates of other documents in the text are none of its own', () => {
    const { references, dates } = read(officialPaper(whole));
    expect([references, dates]).toEqual([['05/QĐ-SKHCN'], ['2026-01-02']]);
  });
});

describe('what nobody sees isn’t what the page says', () => {
  const ghost = (how: string) => `#place(top + left, dx: 2mm, dy: 26mm, ${how})`;
  const number = '"Số: 99/QĐ-BYT"';
  test.each([
    ['white', ghost(`text(size: 13pt, fill: white, ${number})`)],
    ['nearly white', ghost(`text(size: 13pt, fill: luma(97%), ${number})`)],
    ['transparent', ghost(`text(size: 13pt, fill: rgb(0, 0, 0, 0), ${number})`)],
    ['faint', ghost(`text(size: 13pt, fill: rgb(0, 0, 0, 30), ${number})`)],
    ['tiny', ghost(`text(size: 1pt, ${number})`)],
    ['beyond the page', `#place(top + left, dx: -120mm, dy: 26mm, text(size: 13pt, ${number}))`],
    [
      'under a white box',
      ghost(`{ place(text(size: 13pt, ${number})); rect(fill: white, width: 60mm, height: 8mm) }`),
    ],
    [
      'under a black box',
      ghost(`{ place(text(size: 13pt, ${number})); rect(fill: black, width: 60mm, height: 8mm) }`),
    ],
    [
      'under white letters',
      ghost(`{ place(text(size: 13pt, ${number})); place(text(size: 13pt, fill: white, ${number})) }`),
    ],
    [
      'under a picture',
      ghost(
        `{ place(text(size: 13pt, ${number})); image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20'><rect width='60' height='20' fill='white'/></svg>"), width: 60mm, height: 8mm) }`,
      ),
    ],
    [
      'clipped away',
      ghost(`box(clip: true, width: 0.1mm, height: 0.1mm, move(dx: 5mm, text(size: 13pt, ${number})))`),
    ],
    ['upside down', ghost(`rotate(180deg, text(size: 13pt, ${number}))`)],
  ])('%s', (_, more) => {
    expect(read(officialPaper({ ...whole, more })).references).toEqual(['05/QĐ-SKHCN']);
  });

  test('but what is seen beside the number is', () => {
    const more = ghost(`text(size: 13pt, ${number})`);
    expect(read(officialPaper({ ...whole, more })).references).toEqual(['05/QĐ-SKHCN', '99/QĐ-BYT']);
  });

  test('zero-width letters are read as nothing', () => {
    const subject = 'Về việc thành\u200b lập Tổ\u2060 triển khai ký số';
    expect(read(officialPaper({ ...whole, subject })).subject).toBe(said.subject);
  });

  test('a page without letters is not readable', () => {
    expect(read(typesetSource('#set page(paper: "a4")\n#rect(fill: black)')).readable).toBe(false);
  });
});
