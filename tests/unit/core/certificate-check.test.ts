import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { CertificateCheck } from '../../../native/core/certificate-check.ts';
import { Log } from '../../../native/core/log.ts';
import type { CertificateStatus } from '../../../native/core/ports.ts';

const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const pem = execFileSync('openssl', [...request, '-keyout', '/dev/null', '-subj', '/CN=A', '-days', '9'], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
const certificate = new X509Certificate(pem);

function check(...answers: (CertificateStatus['revocation'] | Error)[]) {
  let asked = 0;
  const validate = async (): Promise<CertificateStatus> => {
    const revocation = answers[asked] ?? 'unknown';
    asked += 1;
    if (revocation instanceof Error) throw revocation;
    return { trusted: true, revocation, reasons: [], chain: [certificate] };
  };
  const book = new CertificateCheck(validate, new Log(() => undefined));
  const at = (time: string, offline = false) =>
    book.standing(certificate, { anchors: [], time: new Date(time), offline });
  return { at, asked: () => asked, back: () => book.forgetDoubts() };
}

test('a good answer holds for the day in Viet Nam, and no longer', async () => {
  const { at, asked } = check('good', 'good');
  expect(await at('2026-11-22T01:00:00Z')).toEqual({
    chain: [],
    warning: null,
    checkedAt: new Date('2026-11-22T01:00:00Z'),
  });
  await at('2026-11-22T16:59:00Z');
  expect(asked()).toBe(1);
  // Midnight in Ha Noi.
  await at('2026-11-22T17:01:00Z');
  expect(asked()).toBe(2);
});

test.each([['unknown' as const], ['notChecked' as const], [new Error('line down')]])(
  'where nobody can say, it signs with a warning: %s',
  async (answer) => {
    const { at, asked } = check(answer);
    const { warning } = await at('2026-11-22T01:00:00Z');
    expect(warning).toMatchObject({ code: 'certificate-unchecked', params: { subject: 'A' } });
    expect((await at('2026-11-22T01:01:00Z')).warning).not.toBeNull();
    expect(asked()).toBe(1);
  },
);

test('is asked again as soon as there is a line', async () => {
  const { at, asked } = check('notChecked', 'good');
  await at('2026-11-22T01:00:00Z', true);
  expect((await at('2026-11-22T01:01:00Z')).warning).toBeNull();
  expect(asked()).toBe(2);
});

test('is asked again when the line is back, though a line seemed to be there before; what was good stays so', async () => {
  const doubted = check('unknown', 'good');
  expect((await doubted.at('2026-11-22T01:00:00Z')).warning).not.toBeNull();
  doubted.back();
  expect((await doubted.at('2026-11-22T01:00:01Z')).warning).toBeNull();
  doubted.back();
  await doubted.at('2026-11-22T01:00:02Z');
  expect(doubted.asked()).toBe(2);
});

test('a doubt that comes after the line is back isn’t kept', async () => {
  const { at, asked, back } = check('unknown', 'good');
  const before = at('2026-11-22T01:00:00Z');
  back();
  expect((await before).warning).not.toBeNull();
  expect((await at('2026-11-22T01:00:01Z')).warning).toBeNull();
  expect(asked()).toBe(2);
});

test('a revoked one never signs, and is asked about each time', async () => {
  const { at, asked } = check('revoked', 'revoked');
  const refused = { code: 'certificate-revoked', params: { subject: 'A' } };
  await expect(at('2026-11-22T01:00:00Z')).rejects.toMatchObject(refused);
  await expect(at('2026-11-22T01:00:01Z')).rejects.toMatchObject(refused);
  expect(asked()).toBe(2);
});

test('a dialog and the signature that follows it ask one and the same question', async () => {
  const { at, asked } = check('good', 'revoked');
  await Promise.all([at('2026-11-22T01:00:00Z'), at('2026-11-22T01:00:01Z')]);
  expect(asked()).toBe(1);
});
