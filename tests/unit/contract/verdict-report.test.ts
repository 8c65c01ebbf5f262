import { describe, expect, test } from 'vitest';
import { signatureFacts, verdictAdvice, verdictSentence } from '../../../contract/messages/verdict-report.ts';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { reports, signature } from '../renderer/fake-core/samples.ts';

const valuesUnder = (change: Parameters<typeof signature>[0], name: string) =>
  signatureFacts(signature(change)).find((fact) => fact.name === name)?.values;

describe('one sentence', () => {
  test.each([
    [
      'valid',
      'Chữ ký hợp lệ: Phó Chủ tịch Ủy ban nhân dân tỉnh và Ủy ban nhân dân tỉnh Lào Cai đã ký, nội dung văn bản không bị thay đổi từ khi ký.',
    ],
    [
      'invalid',
      'Chữ ký không hợp lệ: Phó Chủ tịch Ủy ban nhân dân tỉnh – Nội dung văn bản đã bị thay đổi so với lúc ký.',
    ],
    [
      'indeterminate',
      'Không đủ thông tin xác thực: Phó Chủ tịch Ủy ban nhân dân tỉnh – Chưa kiểm tra được chứng thư số có bị thu hồi hay không.',
    ],
    ['unsigned', 'Văn bản chưa có chữ ký số nào.'],
    ['unreadable', 'Tệp bị hỏng hoặc không đọc được, nên không kiểm tra được chữ ký số.'],
  ] as const)('%s', (verdict, sentence) => expect(verdictSentence(reports[verdict])).toBe(sentence));

  test('holds where nobody is named and no reason is given', () => {
    const nobody: VerificationReport = { verdict: 'valid', signatures: [signature({ signer: null })] };
    expect(verdictSentence(nobody)).toContain('người ký không rõ đã ký');
    const stamps: VerificationReport = { verdict: 'valid', signatures: [signature({ type: 'timestamp' })] };
    expect(verdictSentence(stamps)).toMatch(/^Chữ ký số hợp lệ\./);
    const silent: VerificationReport = {
      verdict: 'invalid',
      signatures: [signature({ verdict: 'invalid', reasons: [] })],
    };
    expect(verdictSentence(silent)).toMatch(/^Chữ ký số không hợp lệ\./);
  });

  test('says why a file is not read, where that is known', () => {
    const locked: VerificationReport = { verdict: 'unreadable', failure: 'pdf-encrypted', signatures: [] };
    expect(verdictSentence(locked)).toBe(
      'Văn bản PDF có đặt mật khẩu mở tệp. Vì vậy chưa kiểm tra được chữ ký số.',
    );
  });

  test('names a few of many signers, none of them without end', () => {
    const many = Array.from({ length: 20 }, (_, index) => {
      const signer = { ...signature().signer, subject: `Người ký ${index + 1} ${'x'.repeat(index * 20)}` };
      return signature({ signer: signer as SignatureReport['signer'] });
    });
    const sentence = verdictSentence({ verdict: 'valid', signatures: many });
    expect(sentence).toMatch(/^Chữ ký hợp lệ: Người ký 1, Người ký 2 x+ và 18 người ký khác đã ký/);
  });

  test('quotes a name that nobody vouches for, whatever it says', () => {
    const subject = `Chữ ký hợp lệ”. Đã kiểm tra. ${'“'.repeat(200)}`;
    const signer = { ...signature().signer, subject } as SignatureReport['signer'];
    const forged = signature({ verdict: 'invalid', reasons: ['chain-untrusted'], trusted: false, signer });
    const sentence = verdictSentence({ verdict: 'invalid', signatures: [forged] });
    expect(sentence).toMatch(/^Chữ ký không hợp lệ: “Chữ ký hợp lệ'\. Đã kiểm tra\. '+…” – Chưa xác định/);
    expect(sentence.length).toBeLessThan(300);
  });

  test('in English', () => expect(verdictSentence(reports.valid, 'en')).toMatch(/signed by .* and .*; the/));
});

describe('a certificate that has ended since', () => {
  const reasons: SignatureReport['reasons'] = ['certificate-expired', 'signing-time-unproven'];
  const report = (
    verdict: 'invalid' | 'indeterminate',
    own: SignatureReport['reasons'],
  ): VerificationReport => ({
    verdict,
    signatures: [signature({ verdict, reasons: own })],
  });

  test('isn’t said to have been used after its end where nothing proves when it was', () => {
    const unproven = report('indeterminate', reasons);
    expect(verdictSentence(unproven)).toContain('nay đã hết hạn, và không có dấu thời gian');
    expect(verdictSentence(unproven)).not.toContain('tại thời điểm ký');
    expect(verdictAdvice(unproven)).toMatch(/^Hãy hỏi lại người ký/);
    expect(valuesUnder({ reasons, verdict: 'indeterminate' }, 'Lý do')?.[0]).toMatch(/^Chứng thư số nay/);
    expect(verdictSentence(unproven, 'en')).toContain('has expired since');
  });
  test('is said so where it was', () => {
    const proven = report('invalid', ['certificate-expired']);
    expect(verdictSentence(proven)).toContain('đã hết hạn tại thời điểm ký');
    expect(verdictAdvice(proven)).toMatch(/^Hãy trả lại và đề nghị ký lại/);
  });
});

describe('what to do now', () => {
  test('belongs to the reason that the sentence names', () => {
    expect(verdictAdvice(reports.invalid)).toMatch(/đề nghị gửi bản đúng như lúc ký\.$/);
    expect(verdictAdvice(reports.indeterminate)).toMatch(
      /^Chương trình sẽ tự kiểm tra lại khi có kết nối mạng/,
    );
    expect(verdictAdvice(reports.indeterminate, 'en')).toMatch(/^It will be checked again/);
  });
  test('is there for each file that can’t be read, known or not why', () => {
    expect(verdictAdvice(reports.unreadable)).toMatch(/Hãy đề nghị người gửi chuyển lại văn bản\.$/);
    const locked: VerificationReport = { verdict: 'unreadable', failure: 'pdf-encrypted', signatures: [] };
    expect(verdictAdvice(locked)).toMatch(/không đặt mật khẩu\.$/);
  });
  test('is left out where the signatures leave nothing to be done', () => {
    expect([verdictAdvice(reports.valid), verdictAdvice(reports.unsigned)]).toEqual([null, null]);
  });
});

describe('what TT 15/2025 Đ6 K3 asks for', () => {
  test.each(['vi', 'en'] as const)('stands first in %s, each with a value', (language) => {
    const facts = signatureFacts(signature({ signer: null, signedAt: null, timestampAt: null }), language);
    for (const { name, values } of facts) {
      expect(name).not.toBe('');
      expect(values.every((value) => value !== '')).toBe(true);
    }
    expect(new Set(facts.map(({ name }) => name)).size).toBe(facts.length);
  });

  test.each<[string, Parameters<typeof signature>[0], RegExp, RegExp]>([
    [
      'bytes that another key signed',
      { verdict: 'invalid', reasons: ['signature-mismatch'], intact: false, trusted: false },
      /^Dữ liệu được ký không còn nguyên vẹn/,
      /^Không xét/,
    ],
    [
      'an algorithm that isn’t known here',
      { verdict: 'indeterminate', reasons: ['algorithm-unsupported'], intact: false, trusted: false },
      /^Chưa kiểm tra được/,
      /^Không xét/,
    ],
    [
      'a web server’s certificate',
      { verdict: 'invalid', reasons: ['key-usage-unsuitable'], trusted: false },
      /^Dữ liệu được ký còn nguyên vẹn/,
      /không phải để ký văn bản/,
    ],
    [
      'a stranger',
      { verdict: 'indeterminate', reasons: ['chain-untrusted'], trusted: false },
      /^Dữ liệu được ký còn nguyên vẹn/,
      /không thuộc tổ chức chứng thực được tin cậy/,
    ],
  ])('of %s, says no more than was found out', (_, change, integrity, standing) => {
    expect(valuesUnder(change, 'Tính toàn vẹn của dữ liệu')).toEqual([expect.stringMatching(integrity)]);
    const found = valuesUnder(change, 'Hiệu lực của chữ ký tại thời điểm ký');
    expect(found).toEqual([expect.stringMatching(standing)]);
  });

  test('a stamp that nobody vouches for isn’t none', () => {
    const stamped = { timestampAt: null, level: 't', notes: ['stamp-untrusted'] } as const;
    expect(valuesUnder({ ...stamped, notes: [...stamped.notes] }, 'Dấu thời gian')).toEqual([
      'Có, nhưng chưa xác nhận được nơi cấp',
    ]);
    expect(valuesUnder({ timestampAt: null }, 'Dấu thời gian')).toEqual(['Không có']);
  });

  test('dates are Viet Nam’s', () => {
    expect(valuesUnder({ signedAt: '2026-11-21T18:12:00Z' }, 'Thời điểm ký (theo máy người ký)')).toEqual([
      '01:12:00 22/11/2026',
    ]);
  });

  test.each([
    [{}, 'Chứng thư số có hiệu lực và chưa bị thu hồi'],
    [{ revocation: 'revoked', reasons: ['certificate-revoked'] }, 'Chứng thư số đã bị thu hồi'],
    [
      { reasons: ['certificate-expired'], verdict: 'invalid' },
      'Chứng thư số không còn, hoặc chưa, có hiệu lực',
    ],
    [
      { trusted: false, revocation: 'notChecked', reasons: ['chain-untrusted'], verdict: 'indeterminate' },
      'Chứng thư số không thuộc tổ chức chứng thực được tin cậy',
    ],
    [
      { reasons: ['certificate-expired', 'signing-time-unproven'], verdict: 'indeterminate' },
      'Chưa xác định được, vì không có dấu thời gian chứng minh thời điểm ký',
    ],
    [
      { revocation: 'unknown', reasons: ['revocation-unknown'], verdict: 'indeterminate' },
      'Chưa xác định được chứng thư số có bị thu hồi hay không',
    ],
  ] as const)('%o', (change, words) => {
    const report = { ...change, reasons: 'reasons' in change ? [...change.reasons] : [] };
    expect(valuesUnder(report, 'Hiệu lực của chữ ký tại thời điểm ký')).toEqual([words]);
  });
});
