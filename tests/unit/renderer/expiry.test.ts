import { describe, expect, test } from 'vitest';
import type { TokenState } from '../../../contract/desktop.ts';
import type { CertificateInfo } from '../../../contract/token.ts';
import { tokenLine } from '../../../renderer/shell/token-line.ts';
import { expiryLook, expiryOf } from '../../../renderer/token/expiry.ts';
import { certificate, token } from './fake-core/samples.ts';

const now = new Date('2026-11-22T02:00:00Z');
function plugged(certificates: CertificateInfo[], loggedIn = false): TokenState {
  const tokens = certificates.length > 0 ? [token({ certificates, loggedIn })] : [];
  const module = { path: '/m.so', ok: true, error: null, description: '', tokens };
  return { modules: [module], problem: null, checkedAt: null };
}
const endingIn = (daysLeft: number) => certificate({ id: `0a${daysLeft + 200}`, daysLeft });

describe("a certificate's end", () => {
  test.each([
    [61, 'fine', null, null],
    [60, 'notice', 'info', 'Chứng thư số còn 60 ngày'],
    [31, 'notice', 'info', 'Chứng thư số còn 31 ngày'],
    [30, 'soon', 'doubt', 'Chứng thư số sắp hết hạn, còn 30 ngày'],
    [8, 'soon', 'doubt', 'Chứng thư số sắp hết hạn, còn 8 ngày'],
    [7, 'urgent', 'bad', 'Chứng thư số chỉ còn 7 ngày'],
    [0, 'urgent', 'bad', 'Chứng thư số hết hạn hôm nay'],
    [-1, 'expired', 'bad', 'Chứng thư số đã hết hạn'],
  ] as const)('with %i days left is %s', (daysLeft, kind, tone, word) => {
    const expiry = expiryOf({ notAfter: '2029-03-01T00:00:00Z', daysLeft }, now);
    expect(expiry).toEqual({ kind, days: daysLeft });
    const look = expiryLook(expiry);
    expect(look?.tone ?? null).toBe(tone);
    expect(look?.word ?? null).toBe(word);
  });

  test('is counted here in whole days where the core does not', () => {
    expect(expiryOf({ notAfter: '2026-12-10T02:00:00Z' }, now)).toEqual({ kind: 'soon', days: 18 });
    expect(expiryOf({ notAfter: '2026-11-22T12:00:00Z' }, now)).toEqual({ kind: 'urgent', days: 0 });
    expect(expiryOf({ notAfter: '2026-11-22T01:00:00Z' }, now).kind).toBe('expired');
  });

  test('no warning looks like another, and each has something to do', () => {
    const looks = [60, 30, 7, 0, -1].map((daysLeft) => expiryLook(expiryOf(endingIn(daysLeft), now)));
    expect(new Set(looks.map((look) => look?.word)).size).toBe(5);
    for (const look of looks) expect(look?.advice).toMatch(/\.$/);
  });
});

describe('the token line', () => {
  test('warns of the end', () => {
    expect(tokenLine(plugged([endingIn(18)]), now)).toMatchObject({
      tone: 'doubt',
      detail: 'Chứng thư số sắp hết hạn, còn 18 ngày',
    });
    expect(tokenLine(plugged([certificate()], true), now)).toMatchObject({
      tone: 'good',
      title: 'Thiết bị đã mở',
      detail: null,
    });
    expect(tokenLine(plugged([]), now).title).toBe('Chưa cắm thiết bị ký số');
  });

  test('says plainly that one is over, although the core calls it unfit', () => {
    const refusal = { code: 'certificate-expired', params: {}, retryable: false } as const;
    const over = { ...endingIn(-3), canSign: false, refusal };
    expect(tokenLine(plugged([over]), now)).toMatchObject({
      tone: 'bad',
      detail: 'Chứng thư số đã hết hạn',
    });
  });

  test('is quiet about an old certificate beside the one that renewed it', () => {
    expect(tokenLine(plugged([endingIn(-3), certificate()]), now).detail).toBeNull();
  });

  test("warns of one person's beside another's on the same token", () => {
    const another = certificate({ subject: 'Phó Giám đốc' });
    expect(tokenLine(plugged([endingIn(3), another]), now).tone).toBe('bad');
  });

  test("is quiet about an authority's", () => {
    const refusal = { code: 'certificate-not-for-signing', params: {}, retryable: false } as const;
    const over = { ...endingIn(-3), canSign: false, refusal };
    expect(tokenLine(plugged([over, certificate()]), now).detail).toBeNull();
  });
});
