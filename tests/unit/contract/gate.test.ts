import { describe, expect, test } from 'vitest';
import {
  gateCode,
  gateOverride,
  gateWeight,
  overriddenFindings,
  overrideOf,
  plainCode,
  signatureFindings,
  unsoundFinding,
  unsoundParams,
} from '../../../contract/gate.ts';
import { gateSentence } from '../../../contract/messages/message.ts';

const otherBody = {
  code: 'seal-of-another-body',
  params: { seal: 'Công ty TNHH Thử Nghiệm', issuer: 'Bộ Y tế' },
} as const;
const subject = { code: 'subject-differs', params: { page: 'Về việc họp', data: 'Về việc nghỉ' } } as const;

describe('the words of what the gate finds', () => {
  const languages = ['vi', 'en'] as const;
  test.each(gateCode.options)('%s is one whole sentence with and without its texts', (code) => {
    const texts = { page: 'Một', data: 'Hai', other: 'Ba', seal: 'Bốn', issuer: 'Năm', certificate: 'Sáu' };
    const days = { page: '2026-03-02', data: '2026-03-04', other: '2026-03-05' };
    for (const language of languages) {
      for (const params of [{}, /^date/.test(code) ? days : texts]) {
        const sentence = gateSentence({ code, params }, language);
        expect(sentence).toMatch(/^\p{Lu}[^[\]{}]*\.$/u);
        expect(sentence).toBe(sentence.normalize('NFC'));
      }
    }
  });

  test('texts out of the document stand in quotation marks that they can’t close', () => {
    const params = { page: 'Về việc” hợp lệ. “', data: 'Về việc họp' };
    expect(gateSentence({ code: 'subject-differs', params })).toBe(
      "Trích yếu không khớp: trên văn bản “Về việc' hợp lệ. '”, trong dữ liệu “Về việc họp”.",
    );
  });

  test('dates are shown as people write them', () => {
    const params = { page: '2026-03-02', data: '2026-03-05' };
    expect(gateSentence({ code: 'date-differs', params })).toContain('02/03/2026');
  });
});

describe('a seal of another body, to a desk that compares nothing', () => {
  test('is a missing seal of the issuer', () => {
    expect(unsoundParams(otherBody)['reason']).toBe('agency-signature-missing');
    expect(overrideOf([otherBody, subject], 'Đã hỏi').findings).toEqual(['agency-signature-missing']);
  });
  test('and itself to one that does', () =>
    expect(unsoundFinding(unsoundParams(otherBody))).toEqual(otherBody));
  test('an answer from a server that compares nothing is understood', () => {
    expect(unsoundFinding({ reason: 'signature-invalid' })).toEqual({
      code: 'signature-invalid',
      params: {},
    });
    expect(unsoundFinding({ reason: 'something-newer' })).toBeNull();
  });
});

test('every way in which signatures fail closes the gate, no difference of spelling does, nor SHA-1 alone', () => {
  for (const code of signatureFindings)
    expect([gateWeight({ code }), plainCode({ code, params: {} })]).toEqual(['closes', code]);
  for (const code of [
    'signature-obsolete',
    'seal-name-differs',
    'subject-differs',
    'signer-differs',
  ] as const) {
    expect([gateWeight({ code }), plainCode({ code, params: {} })]).toEqual(['doubts', null]);
  }
});

test('an override as it was stored before there were details is read', () => {
  const stored = gateOverride.parse({ findings: ['signature-weak'], reason: 'Đã hỏi' });
  expect(overriddenFindings(stored)).toEqual([{ code: 'signature-weak', params: {} }]);
  expect(overriddenFindings(overrideOf([otherBody, subject, subject], 'Đã hỏi'))).toEqual([
    otherBody,
    subject,
  ]);
});
