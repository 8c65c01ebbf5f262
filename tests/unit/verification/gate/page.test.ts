import { describe, expect, test } from 'vitest';
import type { GateCode, GateFinding } from '../../../../contract/gate.ts';
import { differencesOf } from '../../../../native/verification/index.ts';
import { arrival, type Data, department, type Printed, printed, signed } from './arrival.ts';

function compared(page: Partial<Printed>, data: Data = {}, signer = 'Nguyễn Văn A'): GateFinding[] {
  const signatures = [signed('person', { subject: signer })];
  return differencesOf({ verdict: 'valid', signatures, printed: { ...printed, ...page } }, arrival(data));
}
const codes = (...args: Parameters<typeof compared>): GateCode[] => compared(...args).map(({ code }) => code);

describe('an honest page', () => {
  test.each<[string, Partial<Printed>, Data?, string?]>([
    ['as the data have it', {}],
    [
      'a place’s name in two lines',
      { issuer: ['ỦY BAN NHÂN DÂN TỈNH THỬ', 'NGHIỆM'] },
      { issuer: { ...department, name: 'Ủy ban nhân dân tỉnh Thử Nghiệm' } },
    ],
    [
      'the agency’s name in two lines',
      { issuer: ['ỦY BAN NHÂN DÂN', 'TỈNH THỬ NGHIỆM', 'SỞ KHOA HỌC', 'VÀ CÔNG NGHỆ'] },
    ],
    [
      'the agency above in its full name',
      { issuer: ['ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM', 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'] },
    ],
    ['no agency above', { issuer: ['SỞ KHOA HỌC VÀ CÔNG NGHỆ'] }],
    ['the agency in short', { issuer: ['UBND TỈNH THỬ NGHIỆM', 'SỞ KH&CN'] }],
    ['letters spaced out', { issuer: ['U B N D T Ỉ N H T H Ử N G H I Ệ M', 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'] }],
    ['spaced out itself', { issuer: ['S Ở K H O A H Ọ C V À C Ô N G N G H Ệ'] }],
    ['decomposed letters', { issuer: ['SỞ KHOA HỌC VÀ CÔNG NGHỆ'.normalize('NFD')] }],
    ['two agencies together', { issuer: ['SỞ KHOA HỌC VÀ CÔNG NGHỆ - SỞ TÀI CHÍNH'] }],
    [
      'an alias',
      { issuer: ['SỞ THÔNG TIN VÀ TRUYỀN THÔNG'] },
      { issuer: { ...department, aliases: ['Sở TT&TT'] } },
    ],
    [
      'the chairman as the issuer',
      { issuer: ['CHỦ TỊCH ỦY BAN NHÂN DÂN', 'TỈNH THỬ NGHIỆM'] },
      { issuer: { ...department, name: 'UBND tỉnh Thử Nghiệm' } },
    ],
    ['a number without its nought', { references: ['5/QĐ-SKHCN'] }],
    ['another dash', { references: ['05/QĐ–SKHCN'] }],
    ['small letters in the symbol', { references: ['05/QĐ-SKHCN'] }, { code: '05/qđ-skhcn' }],
    ['no accents in the data’s symbol', { references: ['05/QĐ-SKHCN'] }, { code: '05/QD-SKHCN' }],
    ['eth for đ', { references: ['05/QÐ-SKHCN'] }],
    ['a number in a picture, its blank empty', { references: ['/QĐ-SKHCN'], dates: [] }],
    ['nothing at the place of the number', { references: [], dates: [] }],
    ['V/v for Về việc', { subject: 'V/v thành lập Tổ triển khai ký số' }],
    ['the type before the subject', {}, { subject: 'Quyết định về việc thành lập Tổ triển khai ký số' }],
    [
      'short forms in the subject',
      { subject: 'Về việc họp UBND xã' },
      { subject: 'Về việc họp Ủy ban nhân dân xã' },
    ],
    ['capitals and punctuation', { subject: 'VỀ VIỆC THÀNH LẬP “TỔ TRIỂN KHAI KÝ SỐ”' }],
    ['kí for ký', { subject: 'Về việc thành lập Tổ triển khai kí số' }],
    ['a subject that the data cut short', {}, { subject: 'Về việc thành lập Tổ triển khai…' }],
    ['a subject without accents', {}, { subject: 'Ve viec thanh lap To trien khai ky so' }],
    ['a heading that isn’t one of the 29 types', { type: null }],
    [
      'KT. and the deputy',
      { position: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'] },
      { signerPosition: 'PHÓ GIÁM ĐỐC' },
    ],
    [
      'KT. in one line of data',
      { position: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'] },
      { signerPosition: 'KT. Giám đốc - Phó Giám đốc' },
    ],
    [
      'TM. and the chairman',
      { position: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'] },
      { signerPosition: 'CHỦ TỊCH' },
    ],
    [
      'TUQ. and the head of an office',
      { position: ['TUQ. GIÁM ĐỐC', 'CHÁNH VĂN PHÒNG'] },
      { signerPosition: 'Chánh Văn phòng' },
    ],
    [
      'TL. and the head of a unit',
      { position: ['TL. CHỦ TỊCH', 'TRƯỞNG PHÒNG'] },
      { signerPosition: 'Trưởng phòng Chuyển đổi số' },
    ],
    ['a degree before the name', { signer: 'TS. Nguyễn Văn A' }],
    ['a rank before the name', { signer: 'Đại tá Nguyễn Văn A' }],
    ['the name in capitals', { signer: 'NGUYỄN VĂN A' }],
    ['a certificate without accents', {}, {}, 'NGUYEN VAN A'],
    ['a certificate with the position', {}, {}, 'Nguyễn Văn A (Giám đốc)'],
    ['no name printed', { signer: null }],
    ['a position in brackets where the name would stand', { signer: '(Giám đốc)' }],
  ])('%s', (_, page, data, signer) => {
    expect(compared(page, data, signer)).toEqual([]);
  });
});

describe('a page that says something else', () => {
  test.each<[string, GateCode, Partial<Printed>, Data?, string?]>([
    ['another agency', 'issuer-differs', { issuer: ['UBND TỈNH THỬ NGHIỆM', 'SỞ TÀI CHÍNH'] }],
    ['the agency above alone', 'issuer-differs', { issuer: ['UBND TỈNH THỬ NGHIỆM'] }],
    ['a company', 'issuer-differs', { issuer: ['CÔNG TY TNHH THỬ NGHIỆM'] }],
    [
      'the same agency of another province',
      'issuer-differs',
      { issuer: ['UBND TỈNH LÁNG GIỀNG', 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'] },
    ],
    ['the agency’s office', 'issuer-differs', { issuer: ['SỞ KHOA HỌC VÀ CÔNG NGHỆ', 'VĂN PHÒNG'] }],
    ['another number', 'reference-differs', { references: ['06/QĐ-SKHCN'] }],
    ['a number with one digit more', 'reference-differs', { references: ['105/QĐ-SKHCN'] }],
    ['another symbol', 'reference-differs', { references: ['05/QĐ-BYT'] }],
    ['another symbol behind an empty blank', 'reference-differs', { references: ['/GP-SKHCN'] }],
    ['two numbers, the first of them right', 'reference-twice', { references: ['05/QĐ-SKHCN', '99/QĐ-BYT'] }],
    [
      'two numbers, the second of them right',
      'reference-twice',
      { references: ['12/QĐ-SKHCN', '05/QĐ-SKHCN'] },
    ],
    ['another day', 'date-differs', { dates: ['2026-03-20'] }],
    ['another year', 'date-differs', { dates: ['2025-03-02'] }],
    ['two dates', 'date-twice', { dates: ['2026-03-02', '2026-03-05'] }],
    ['another type', 'type-differs', { type: 'thong-bao' }],
    ['a công văn that the data call a decision', 'type-differs', { type: 'cong-van' }],
    ['a decision that the data call a công văn', 'type-differs', {}, { type: 'cong-van' }],
    ['another subject', 'subject-differs', { subject: 'Về việc kỷ luật công chức' }],
    ['a subject with one word less', 'subject-differs', { subject: 'Về việc thành lập Tổ triển khai ký' }],
    [
      'a subject with more behind it',
      'subject-differs',
      { subject: 'Về việc thành lập Tổ triển khai ký số và bổ nhiệm ông Nguyễn Văn B' },
    ],
    ['a subject with “không”', 'subject-differs', { subject: 'Về việc không thành lập Tổ triển khai ký số' }],
    ['a subject of another accent', 'subject-differs', { subject: 'Về việc thành lập Tổ triển khai ký sổ' }],
    [
      'a subject with another sum',
      'subject-differs',
      { subject: 'Về việc chi 500 triệu đồng' },
      { subject: 'Về việc chi 50 triệu đồng' },
    ],
    ['data cut after a word that says nothing', 'subject-differs', {}, { subject: 'Về việc thành…' }],
    ['another position', 'position-differs', { position: ['CHÁNH VĂN PHÒNG'] }],
    ['the deputy for the head', 'position-differs', { position: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'] }],
    ['another person’s name', 'signer-differs', { signer: 'Trần Thị B' }],
    ['a relative’s name', 'signer-differs', { signer: 'Nguyễn Văn B' }],
    ['a name of which the certificate has a part', 'signer-differs', { signer: 'Nguyễn Văn An' }],
    ['another person’s certificate without accents', 'signer-differs', {}, {}, 'TRAN THI B'],
    ['Cyrillic letters in the agency’s name', 'letters-foreign', { issuer: ['SỞ KHOA HỌС VÀ CÔNG NGHỆ'] }],
    ['Greek letters in the number', 'letters-foreign', { references: ['05/QĐ-SKΗCN'] }],
    [
      'Cyrillic letters in the subject',
      'letters-foreign',
      { subject: 'Về việc thành lập Tổ triển khаi ký số' },
    ],
    [
      'Cyrillic letters in the signer’s name',
      'letters-foreign',
      { signer: 'Nguyễn Vаn A' },
      {},
      'NGUYEN VAN A',
    ],
    ['a scan', 'page-unread', { readable: false }],
  ])('%s', (_, code, page, data, signer) => {
    expect(codes(page, data, signer)).toEqual([code]);
  });

  test('is told with both texts, long ones from where they begin to differ', () => {
    const long = `Về việc ${'phối hợp thực hiện các nhiệm vụ chuyển đổi số '.repeat(4)}`;
    const [finding] = compared({ subject: `${long}năm 2026` }, { subject: `${long}năm 2027` });
    expect(finding?.params).toEqual({
      page: '… vụ chuyển đổi số năm 2026',
      data: '… vụ chuyển đổi số năm 2027',
    });
  });

  test('everything at once is told one by one', () => {
    const other = { issuer: ['CÔNG TY'], references: ['1/X'], dates: ['2020-01-01'], subject: 'Khác' };
    expect(codes({ ...other, type: 'giay-moi', position: ['CHỦ TỊCH'], signer: 'Trần Thị B' })).toEqual([
      ...['issuer-differs', 'reference-differs', 'date-differs', 'type-differs', 'subject-differs'],
      ...['position-differs', 'signer-differs'],
    ]);
  });
});

test('names in certificates that nobody vouches for are compared with nothing', () => {
  const stranger = signed('person', { subject: 'Trần Thị B' }, { trusted: false, verdict: 'indeterminate' });
  expect(differencesOf({ verdict: 'indeterminate', signatures: [stranger], printed }, arrival())).toEqual([]);
});

test('a hostile page’s longest texts are compared in no time', () => {
  const long = 'Ủy ban nhân dân xã '.repeat(50).slice(0, 500);
  const started = process.cpuUsage();
  compared({ issuer: Array.from({ length: 8 }, () => long), subject: long }, { subject: `${long}x` });
  expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
});
