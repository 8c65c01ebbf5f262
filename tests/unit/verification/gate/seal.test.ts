import { describe, expect, test } from 'vitest';
import { agency } from '../../../../contract/document.ts';
import { type GateCode, gateWeight } from '../../../../contract/gate.ts';
import { gateFindingsOf } from '../../../../native/verification/index.ts';
import { arrival, type Name, signed } from './arrival.ts';

type Issuer = { name: string; aliases?: string[]; parent?: string };

const leader = signed('person', { subject: 'Nguyễn Văn A' });

function found(issuer: string | Issuer, ...seals: readonly Name[]): GateCode[] {
  const given = typeof issuer === 'string' ? { name: issuer } : issuer;
  const document = arrival({ issuer: agency.parse({ code: 'H99.18', level: 'province', ...given }) });
  const signatures = [leader, ...seals.map((seal) => signed('agency', seal))];
  return gateFindingsOf({ verdict: 'valid', signatures }, { document }).map(({ code }) => code);
}

const own = (subject: string, organisation = subject, ...places: string[]): Name => ({
  ...{ subject, organisations: [organisation], places },
});
const science = 'Sở Khoa học và Công nghệ tỉnh Thử Nghiệm';

describe('an honest seal', () => {
  test.each<[string, string | Issuer, Name]>([
    ['by the same name', science, own(science)],
    ['in capitals', science, own('SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH THỬ NGHIỆM')],
    ['in short', science, own('Sở KH&CN tỉnh Thử Nghiệm')],
    ['in short without the sign', science, own('Sở KHCN tỉnh Thử Nghiệm')],
    [
      'without its province, which its organisation names',
      science,
      own('Sở Khoa học và Công nghệ', 'UBND tỉnh Thử Nghiệm'),
    ],
    [
      'without its province, which its locality names',
      science,
      own('Sở Khoa học và Công nghệ', 'Sở Khoa học và Công nghệ', 'Thử Nghiệm'),
    ],
    [
      'without its province, which its state names with its level',
      science,
      own('Sở KH&CN', 'Sở KH&CN', 'Tỉnh Thử Nghiệm'),
    ],
    ['with its province, which the data leave out', 'Sở Y tế', own('Sở Y tế tỉnh Thử Nghiệm')],
    [
      'without accents, as old certificates have it',
      science,
      own('So Khoa hoc va Cong nghe tinh Thu Nghiem'),
    ],
    [
      'a word that is a level’s without its accent',
      'Cơ quan Cảnh sát điều tra tỉnh Thử Nghiệm',
      own('Cơ quan Cảnh sát Điều tra tỉnh Thử Nghiệm'),
    ],
    [
      'such a word without accents',
      'Ban Quản lý dự án tỉnh Thử Nghiệm',
      own('Ban Quan ly du an tinh Thu Nghiem'),
    ],
    ['decomposed letters', science, own(science.normalize('NFD'))],
    ['a tone’s mark on the other letter', 'Ủy ban nhân dân xã Tân Hòa', own('Uỷ ban nhân dân xã Tân Hoà')],
    ['i for y', 'Bộ Y tế', own('Bộ Y tế', 'Bộ Y tế', 'Hà Nội')],
    ['UBND for Ủy ban nhân dân', 'Ủy ban nhân dân tỉnh Thử Nghiệm', own('UBND tỉnh Thử Nghiệm')],
    ['its head as the issuer', 'Chủ tịch Ủy ban nhân dân tỉnh Thử Nghiệm', own('UBND tỉnh Thử Nghiệm')],
    ['a city in short', 'Ủy ban nhân dân thành phố Thử Nghiệm', own('UBND TP. Thử Nghiệm')],
    ['a ward in short', 'Ủy ban nhân dân phường Thử Nghiệm', own('UBND P. Thử Nghiệm')],
    [
      'its district, closed down since',
      'UBND xã An Bình, tỉnh Thử Nghiệm',
      own('UBND xã An Bình, huyện Cũ, tỉnh Thử Nghiệm'),
    ],
    [
      'another dash and comma',
      'Sở Văn hóa, Thể thao và Du lịch tỉnh Thử Nghiệm',
      own('Sở Văn hoá Thể thao và Du lịch - tỉnh Thử Nghiệm'),
    ],
    [
      'the name before a merger, as an alias',
      { name: science, aliases: ['Sở Thông tin và Truyền thông tỉnh Thử Nghiệm'] },
      own('Sở TT&TT tỉnh Thử Nghiệm'),
    ],
    ['a party committee, whose name holds a level’s word', 'Tỉnh ủy Thử Nghiệm', own('Tỉnh uỷ Thử Nghiệm')],
    [
      'social insurance, whose name holds another',
      'Bảo hiểm xã hội tỉnh Thử Nghiệm',
      own('BHXH tỉnh Thử Nghiệm'),
    ],
    ['a company that issues for itself', 'Công ty TNHH Thử Nghiệm', own('CÔNG TY TNHH THỬ NGHIỆM')],
    [
      'a branch of a ministry',
      'Chi cục Thủy lợi tỉnh Thử Nghiệm',
      own('Chi cục Thuỷ lợi', 'Sở NN&MT tỉnh Thử Nghiệm'),
    ],
  ])('%s', (_, issuer, seal) => {
    expect(found(issuer, seal)).toEqual([]);
  });

  test('one of two agencies that issue together', () => {
    expect(found(science, own('Sở Tài chính tỉnh Thử Nghiệm'), own(science))).toEqual([]);
  });
});

describe('a seal of which only people can tell whether it is the issuer’s', () => {
  test.each<[string, string | Issuer, Name]>([
    ['its office’s', 'Ủy ban nhân dân tỉnh Thử Nghiệm', own('Văn phòng Ủy ban nhân dân tỉnh Thử Nghiệm')],
    ['a unit’s of it', science, own('Trung tâm Chuyển đổi số', science)],
    ['the agency’s above it', { name: 'Trung tâm Chuyển đổi số', parent: science }, own(science)],
    ['one that doesn’t say of which province', science, own('Sở Khoa học và Công nghệ')],
    ['misspelt', science, own('Sở Khoa hoc và Công nghê tỉnh Thử Nghiệm')],
    ['of a place that is one letter off', 'UBND xã Thử Nghiệm', own('UBND xã Thừ Nghiệm')],
  ])('%s is told, and keeps nobody from registering', (_, issuer, seal) => {
    expect(found(issuer, seal)).toEqual(['seal-name-differs']);
    expect(gateWeight({ code: 'seal-name-differs' })).toBe('doubts');
  });
});

describe('another body’s seal', () => {
  test.each<[string, string | Issuer, Name]>([
    ['a company’s on a ministry’s decision', 'Bộ Y tế', own('Công ty TNHH Thử Nghiệm')],
    [
      'a company’s that calls itself a ministry in its unit',
      'Bộ Y tế',
      { subject: 'Công ty TNHH Thử Nghiệm', organisations: ['Công ty TNHH Thử Nghiệm', 'Bộ Y tế'] },
    ],
    [
      'a company’s whose common name is the ministry’s',
      'Bộ Y tế',
      own('Bộ Y tế', 'Công ty Cổ phần Thử Nghiệm'),
    ],
    ['a company’s that names the ministry in its own name', 'Bộ Y tế', own('Công ty TNHH Bộ Y tế')],
    ['a household business’s', 'Ủy ban nhân dân xã Thử Nghiệm', own('Hộ kinh doanh xã Thử Nghiệm')],
    ['another department’s of the province', science, own('Sở Tài chính tỉnh Thử Nghiệm')],
    [
      'a department’s of nearly the same name',
      'Sở Nội vụ tỉnh Thử Nghiệm',
      own('Sở Ngoại vụ tỉnh Thử Nghiệm'),
    ],
    ['the same department’s of another province', 'Sở Y tế tỉnh Thử Nghiệm', own('Sở Y tế tỉnh Láng Giềng')],
    ['the same, told by its organisation', 'Sở Y tế tỉnh Thử Nghiệm', own('Sở Y tế', 'UBND tỉnh Láng Giềng')],
    ['the same, told by its state', 'Sở Y tế tỉnh Thử Nghiệm', own('Sở Y tế', 'Sở Y tế', 'Tỉnh Láng Giềng')],
    ['a commune’s of the same province', 'UBND xã Thử Nghiệm', own('UBND xã Bình Minh')],
    [
      'a commune’s of that name elsewhere',
      'UBND xã An Bình, tỉnh Thử Nghiệm',
      own('UBND xã An Bình, tỉnh Láng Giềng'),
    ],
    ['a province’s on a ministry’s decision', 'Bộ Y tế', own('Ủy ban nhân dân tỉnh Thử Nghiệm')],
    ['a merged agency’s that nobody has named', science, own('Sở Thông tin và Truyền thông tỉnh Thử Nghiệm')],
    ['Cyrillic letters in a ministry’s name', 'Bộ Y tế', own('Вộ Y tế', 'Вộ У tế Х')],
    ['a name that says nothing', 'Bộ Y tế', own('*')],
  ])('%s closes the gate', (_, issuer, seal) => {
    expect(found(issuer, seal)).toEqual(['seal-of-another-body']);
  });

  test('names both sides', () => {
    const [finding] = gateFindingsOf(
      {
        verdict: 'valid',
        signatures: [leader, signed('agency', own('Công ty TNHH Thử Nghiệm', 'Ban Giám đốc'))],
      },
      { document: arrival({ issuer: agency.parse({ code: 'G12', name: 'Bộ Y tế', level: 'province' }) }) },
    );
    expect(finding?.params).toEqual({ seal: 'Công ty TNHH Thử Nghiệm, Ban Giám đốc', issuer: 'Bộ Y tế' });
  });
});

test('the right name by an authority that nobody trusts doesn’t count, and isn’t compared', () => {
  const forged = signed('agency', own('Bộ Y tế'), {
    trusted: false,
    verdict: 'indeterminate',
    reasons: ['chain-untrusted'],
  });
  const document = arrival({ issuer: agency.parse({ code: 'G12', name: 'Bộ Y tế', level: 'province' }) });
  const codes = (...seals: (typeof forged)[]) =>
    gateFindingsOf({ verdict: 'indeterminate', signatures: [leader, ...seals] }, { document }).map(
      ({ code }) => code,
    );
  expect(codes(forged)).toEqual(['signer-untrusted']);
  // Beside a company's genuine seal it helps nothing.
  expect(codes(forged, signed('agency', own('Công ty TNHH Thử Nghiệm')))).toEqual(['seal-of-another-body']);
});

test('where the signers are known by their certificates, names don’t count', () => {
  const signatures = [leader, signed('agency', own('Dấu Sở'))];
  const roleOf = (one: (typeof signatures)[number]) => one.signer?.holder ?? null;
  expect(gateFindingsOf({ verdict: 'valid', signatures }, { document: arrival(), roleOf })).toEqual([]);
});
