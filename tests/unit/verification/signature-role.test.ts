import { expect, test } from 'vitest';
import type { SignaturePlace, SignatureReport } from '../../../contract/verdict.ts';
import { signatureRole } from '../../../native/verification/signature-role.ts';

const signer = (holder: 'person' | 'agency') => ({
  ...{ type: 'signature' as const, intact: true, trusted: true },
  signer: {
    ...{ subject: '', holder, organisation: '', issuer: '', serial: '01' },
    notBefore: '',
    notAfter: '',
  },
});
const at = (x: number, y: number, page = 1): SignaturePlace => ({
  page,
  pageSize: { width: 210, height: 297 },
  box: { x, y, width: 16, height: 8 },
});
const [left, right] = [at(55, 35), at(135, 35)];

test.each<[string, SignatureReport['role'], SignaturePlace, 'person' | 'agency']>([
  ['05', 'number', left, 'agency'],
  ['1203/UBND-VX', 'number', left, 'agency'],
  ['05/QĐ-SKHCN', 'number', left, 'agency'],
  ['01', 'date', right, 'agency'],
  ['05  03  2026', 'date', right, 'agency'],
  ['tháng 12 năm 2026', 'date', right, 'agency'],
  ['ngày 01 tháng 12 năm 2026', 'date', right, 'agency'],
  ['01/12/2026', 'date', right, 'agency'],
  // Anything else, anywhere else, or anybody else's is what its certificate says.
  ['', 'agency', left, 'agency'],
  ['05', 'agency', at(55, 250), 'agency'],
  ['05', 'agency', at(55, 35, 2), 'agency'],
  ['05', 'person', left, 'person'],
  ['Về việc 05', 'agency', left, 'agency'],
  ['tháng 12 năm 2026', 'agency', left, 'agency'],
  ['05/QĐ-SKHCN', 'agency', right, 'agency'],
  [`1${'9'.repeat(30)}`, 'agency', left, 'agency'],
])('“%s” is %s', (text, role, place, holder) => {
  expect(signatureRole(signer(holder), place, text)).toBe(role);
});

test('nobody’s, unseen, or a time stamp', () => {
  expect(signatureRole({ ...signer('agency'), signer: null }, left, '05')).toBeUndefined();
  expect(signatureRole({ ...signer('agency'), type: 'timestamp' }, left, '05')).toBeUndefined();
  expect(signatureRole(signer('agency'), null, '05')).toBe('agency');
});

test('nobody’s where nothing vouches for the name, or the bytes aren’t what was signed', () => {
  for (const change of [{ trusted: false }, { intact: false }]) {
    expect(signatureRole({ ...signer('agency'), ...change }, left, '05')).toBeUndefined();
    expect(signatureRole({ ...signer('person'), ...change }, left, '')).toBeUndefined();
  }
});
