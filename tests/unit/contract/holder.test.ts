import { describe, expect, test } from 'vitest';
import { holderOf, type SubjectName } from '../../../contract/holder.ts';

const province = 'Ủy ban nhân dân tỉnh';

describe('whose a certificate is', () => {
  test.each<[string, SubjectName]>([
    ['a civil servant’s number', { UID: 'CBCC:001', CN: 'Giám đốc Sở Y tế', O: 'Sở Y tế' }],
    ['an identity card', { UID: 'CCCD:001', CN: 'Sở Y tế', O: 'Sở Y tế' }],
    ['an identifier of an unknown kind', { serialNumber: '12', CN: 'Trường Sơn' }],
    ['a given name', { GN: 'An', CN: 'Văn phòng' }],
    ['a name', { CN: 'Nguyễn Thị Ánh', O: province, OU: 'Sở Y tế' }],
    ['names that begin like an organisation’s', { CN: 'Đoàn Văn An', O: province }],
    ['and without accents', { CN: 'So Thi An', O: province }],
    ['nothing at all', {}],
  ])('a person’s by %s', (_, subject) => {
    expect(holderOf(subject)).toBe('person');
  });

  test.each<[string, SubjectName]>([
    ['an agency code', { UID: 'MDD:H56.01', CN: 'Giám đốc', O: province }],
    ['a tax code', { UID: 'MST:0100000000', CN: 'Nguyễn An' }],
    ['the organisation’s own name', { CN: 'Nhà văn hóa', O: 'NHÀ  VĂN HÓA' }],
    ['one of its units’ names', { CN: 'Nhà văn hóa', O: province, OU: ['Phòng A', 'Nhà văn hóa'] }],
    ['letters composed otherwise', { CN: 'Đảo'.normalize('NFD'), O: 'Đảo'.normalize('NFC') }],
    ['an organisation’s words', { CN: 'Sở Khoa học và Công nghệ', O: province }],
    ['the same in capitals', { CN: 'ỦY BAN NHÂN DÂN XÃ MINH TÂN', O: province }],
    ['the same without accents', { CN: 'UBND xa Minh Tan', O: province }],
    ['only an organisation', { O: province }],
  ])('an agency’s by %s', (_, subject) => {
    expect(holderOf(subject)).toBe('agency');
  });
});
