import { describe, expect, test } from 'vitest';
import { type FailureParams, failureCodes } from '../../../contract/failure.ts';
import { activeKinds, fileFindingCodes, hiddenKinds } from '../../../contract/file-finding.ts';
import { enCauses, enFailures, enFields } from '../../../contract/messages/en.ts';
import {
  failureMessage,
  findingSentence,
  type Language,
  reasonAdvice,
  reasonSentence,
  sizeText,
  verdictText,
} from '../../../contract/messages/message.ts';
import { viCauses, viFailures, viFields, viVerdicts } from '../../../contract/messages/vi.ts';
import { fileVerdict, reasonCodes } from '../../../contract/verdict.ts';

const languages: Language[] = ['vi', 'en'];
const catalogues = { vi: viFailures, en: enFailures };
const sentencesOf = (text: { happened: string; why: string; todo: string }) => [
  text.happened,
  text.why,
  text.todo,
];

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '');
}

function sampleFor(form: string | undefined): string | boolean | undefined {
  if (form === '?') return true;
  if (form === ':reason') return 'digest-mismatch';
  if (form === ':finding') return 'linearization-untrue';
  return form === ':field' ? 'recipients' : undefined;
}

/** Words that give away a sentence left in English. */
const englishWords =
  /\b(the|and|not|file|error|failed|server|please|password|certificate|document|token|driver|login|timeout|session|unknown|invalid|of|is)\b/i;

describe('the catalogue of failures', () => {
  for (const language of languages) {
    test.each(failureCodes)(`${language}: %s has three whole sentences without its parameters`, (code) => {
      for (const sentence of sentencesOf(failureMessage({ code, params: {} }, language))) {
        expect(sentence).toMatch(/^\p{Lu}.*[.]$/u);
        expect(sentence).not.toMatch(/[[\]{}]|undefined|null|NaN| {2}| [.,:;]|\(\)|“”/);
      }
    });

    test.each(failureCodes)(`${language}: %s shows every parameter that it names`, (code) => {
      const templates = sentencesOf(catalogues[language][code]);
      const params: FailureParams = {};
      for (const [, name = '', form] of templates.flatMap((text) => [
        ...text.matchAll(/\{(\w+)([^}]*)\}/g),
      ])) {
        params[name] = sampleFor(form) ?? `value-of-${name}`;
      }
      const rendered = sentencesOf(failureMessage({ code, params }, language)).join(' ');
      expect(rendered).not.toMatch(/[[\]{}]|undefined| {2}| [.,:;]/);
      for (const value of Object.values(params)) {
        if (String(value).startsWith('value-of')) expect(rendered).toContain(value);
      }
    });
  }

  test('names the same parameters in both languages', () => {
    const names = (language: Language) =>
      failureCodes.map((code) => [
        code,
        [...new Set(sentencesOf(catalogues[language][code]).flatMap(namesIn))].sort(),
      ]);
    expect(names('en')).toEqual(names('vi'));
  });

  test('has no English in Vietnamese', () => {
    const bare = (sentence: string) => sentence.replace(/\{[^}]*\}/g, '');
    for (const code of failureCodes) {
      for (const sentence of sentencesOf(viFailures[code])) {
        expect(bare(sentence), code).not.toMatch(englishWords);
      }
    }
    for (const code of reasonCodes) {
      expect(reasonSentence(code)).not.toMatch(englishWords);
      expect(reasonAdvice(code)).not.toMatch(englishWords);
    }
    for (const { sentence } of Object.values(viVerdicts)) expect(sentence).not.toMatch(englishWords);
  });

  test('never blames the person', () => {
    for (const code of failureCodes) {
      for (const sentence of sentencesOf(viFailures[code])) {
        expect(sentence, code).not.toMatch(/(bạn|ông|bà|anh|chị) (đã )?(nhập sai|làm sai|quên)|do lỗi của/i);
      }
    }
  });

  test('is written in composed letters, which search and fonts expect', () => {
    for (const code of failureCodes) {
      for (const sentence of sentencesOf(viFailures[code])) expect(sentence).toBe(sentence.normalize('NFC'));
    }
  });
});

describe('words of a verdict', () => {
  test.each(languages)('%s: every verdict and every reason has its sentence', (language) => {
    for (const verdict of fileVerdict.options) {
      expect(verdictText(verdict, language).word).toMatch(/^\p{Lu}/u);
      expect(verdictText(verdict, language).sentence).toMatch(/\.$/);
    }
    for (const code of reasonCodes) {
      expect(reasonSentence(code, language)).toMatch(/^\p{Lu}.*\.$/u);
      expect(reasonAdvice(code, language)).toMatch(/^\p{Lu}.*\.$/u);
    }
  });
});

describe('a message with parameters', () => {
  test('says how many tries are left', () => {
    const { happened } = failureMessage({ code: 'pin-incorrect', params: { triesLeft: 2 } });
    expect(happened).toBe('Mã PIN không đúng. Còn 2 lần thử.');
  });

  test('says that the next try is the last where the token says so', () => {
    const params = { triesLow: true, finalTry: true };
    const { happened, why } = failureMessage({ code: 'pin-incorrect', params });
    expect(happened).toBe('Mã PIN không đúng. Chỉ còn một lần thử.');
    expect(why).toContain('Nếu nhập sai quá số lần cho phép, thiết bị sẽ tự khóa.');
    expect(failureMessage({ code: 'pin-incorrect', params: { triesLow: false, finalTry: false } }).why).toBe(
      'Thiết bị không nhận mã PIN vừa nhập.',
    );
  });

  test('says nothing about tries that nobody counted', () => {
    const { happened, why } = failureMessage({ code: 'pin-incorrect', params: {} });
    expect(happened).toBe('Mã PIN không đúng.');
    expect(why).toBe('Thiết bị không nhận mã PIN vừa nhập.');
  });

  test('shows an instant as a day in Viet Nam', () => {
    const params = { subject: 'Giám đốc', notAfter: '2026-03-04T20:00:00Z' };
    expect(failureMessage({ code: 'certificate-expired', params }).why).toBe(
      'Chứng thư số của Giám đốc đã quá thời hạn sử dụng (đến ngày 05/03/2026).',
    );
  });

  test('has words for a code inside a parameter, and shows no code without words', () => {
    const why = (reason: string) => failureMessage({ code: 'signed-file-rejected', params: { reason } }).why;
    expect(why('digest-mismatch')).toContain('đã bị thay đổi so với lúc ký');
    expect(why('file-missing')).toContain('Không tìm thấy tệp.');
    expect(why('some-new-code')).toBe('Máy chủ kiểm tra chữ ký trên tệp và thấy chưa đạt.');
    expect(failureMessage({ code: 'input-invalid', params: { field: 'recipients' } }).why).toContain(
      'nơi nhận',
    );
  });

  test('knows the same inputs and causes in both languages', () => {
    expect(Object.keys(enCauses)).toEqual(Object.keys(viCauses));
    expect(Object.keys(enFields)).toEqual(Object.keys(viFields));
    for (const cause of Object.values(viCauses)) {
      expect(cause).toMatch(/\.$/);
      expect(cause).not.toMatch(englishWords);
    }
  });

  test('does not treat a hostile value as a template', () => {
    const params = { file: 'a{page}[x].pdf' };
    expect(failureMessage({ code: 'file-missing', params }).why).toBe(
      'Tệp “a{page}[x].pdf” không còn ở chỗ cũ.',
    );
  });

  test('writes sizes with a decimal comma', () => {
    expect([12, 1500, 2_400_000, 3_000_000_000].map((bytes) => sizeText(bytes))).toEqual([
      '12 byte',
      '1,5 kB',
      '2,4 MB',
      '3 GB',
    ]);
  });
});

describe.each(languages)('what could deceive, %s', (language) => {
  const kinds = [...activeKinds, ...hiddenKinds];
  const sentences = fileFindingCodes.flatMap((code) => {
    const of = (params: FailureParams, page: number | null) =>
      findingSentence({ code, weight: 'warns', page, params }, language);
    return [of({}, null), of({}, 3), of({ kind: 'unheard-of' }, 3), ...kinds.map((kind) => of({ kind }, 3))];
  });

  test('whole sentences, whatever is known', () => {
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^\p{Lu}.*[.]$/u);
      expect(sentence).not.toMatch(/[[\]{}]|undefined|null|NaN| {2}| [.,:;]|\(\)|“”|unheard/);
    }
  });

  test('every kind in words of its own', () => {
    const kindsOf = (code: (typeof fileFindingCodes)[number], all: readonly string[]) =>
      all.map((kind) => findingSentence({ code, weight: 'warns', page: null, params: { kind } }, language));
    for (const [code, all] of [
      ['active-content', activeKinds],
      ['hidden-content', hiddenKinds],
    ] as const) {
      const none = findingSentence({ code, weight: 'warns', page: null, params: {} }, language);
      expect(new Set([none, ...kindsOf(code, all)]).size).toBe(all.length + 1);
    }
  });

  test('a name out of the file stands in quotation marks that it can’t close', () => {
    const name = 'a” là hợp lệ. “b\n';
    const sentence = findingSentence(
      { code: 'embedded-file', weight: 'warns', page: null, params: { name } },
      language,
    );
    expect(sentence.match(/[“”]/g)).toEqual(['“', '”']);
    expect(sentence).not.toContain('\n');
  });
});
