import { describe, expect, test } from 'vitest';
import type { TokenState } from '../../../contract/desktop.ts';
import type { FailureCode } from '../../../contract/failure.ts';
import { type LoginEnd, loginEnd, type ModuleInfo, type TokenInfo } from '../../../contract/token.ts';
import { driverName, fileName } from '../../../renderer/token/module-name.ts';
import { technicalReport } from '../../../renderer/token/technical-report.ts';
import { loginEndSentence, tokenStanding, tokensToChange } from '../../../renderer/token/token-standing.ts';
import {
  headline,
  otherTroubles,
  stepLook,
  stuckAt,
  stuckSentence,
} from '../../../renderer/token/token-steps.ts';
import { stepTitles } from '../../../renderer/words/token.ts';
import { tokenStateOf } from './fake-core/fake-tokens.ts';
import { agencyToken, certificate, token } from './fake-core/samples.ts';

const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };
const failure = (code: FailureCode) => ({ code, params: {}, retryable: false });
const driver = (change: Partial<ModuleInfo> = {}): ModuleInfo => ({
  path: '/m.so',
  ok: true,
  error: null,
  description: 'Mẫu',
  tokens: [],
  readers: [{ slot: 0, description: 'Khe 1', tokenPresent: false, failure: null }],
  ...change,
});
/** A state with the steps that the core itself would find. */
const state = (...modules: ModuleInfo[]): TokenState =>
  tokenStateOf({ tokens: { modules, problem: null, checkedAt: null } });
const plugged = (...tokens: TokenInfo[]) => state(driver({ tokens }));
const words = ({ steps = [] }: TokenState) => steps.map((step) => stepLook(step, steps).word);

describe('the steps to a signature', () => {
  test('ready, with the PIN still to come', () => {
    const ready = plugged(token());
    expect(words(ready)).toEqual(['Đạt', 'Đạt', 'Đạt', 'Đạt', 'Đạt', 'Chờ nhập mã PIN khi ký']);
    expect(headline(ready.steps ?? [])).toMatchObject({ tone: 'good' });
    expect(stuckSentence(ready)).toBeNull();
  });

  test('all done with a login', () => {
    const open = plugged(token({ loggedIn: true }));
    expect(new Set(words(open))).toEqual(new Set(['Đạt']));
    expect(headline(open.steps ?? []).title).toMatch(/đã mở bằng mã PIN/);
  });

  test.each([
    ['no driver', state(), 1, 'Máy tính này chưa có phần mềm của thiết bị ký số.'],
    [
      'a driver for another computer',
      state(driver({ ok: false, error: failure('module-wrong-architecture'), readers: [] })),
      1,
      'Phần mềm của thiết bị ký số không dành cho loại máy tính này.',
    ],
    ['no reader', state(driver({ readers: [] })), 2, 'Chưa thấy cổng đọc thiết bị ký số nào.'],
    ['no token', state(driver()), 3, 'Chưa thấy thiết bị ký số.'],
    [
      'a blank token',
      plugged(token({ initialised: false, certificates: [] })),
      3,
      'Thiết bị ký số chưa được khởi tạo.',
    ],
    [
      'an empty token',
      plugged(token({ certificates: [] })),
      4,
      'Trên thiết bị ký số không có chứng thư số nào.',
    ],
    [
      'a certificate that is over',
      plugged(
        token({ certificates: [certificate({ canSign: false, refusal: failure('certificate-expired') })] }),
      ),
      5,
      'Chứng thư số đã hết hạn.',
    ],
    [
      'a locked token',
      plugged(token({ flags: { ...flags, pinLocked: true } })),
      6,
      'Thiết bị ký số đã bị khóa.',
    ],
  ])('%s: the step that fails is named, the ones after it wait', (_what, found, number, happened) => {
    const { steps = [] } = found;
    expect(steps).toHaveLength(6);
    expect(stuckAt(steps)?.number).toBe(number);
    expect(stuckSentence(found)).toBe(`Vướng ở bước ${number}/6: ${happened}`);
    expect(words(found)).toEqual(
      steps.map((_step, index) =>
        index + 1 < number ? 'Đạt' : index + 1 === number ? 'Có lỗi' : 'Chưa tới bước này',
      ),
    );
    const step = steps[number - 1];
    expect(headline(steps)).toEqual({
      tone: 'bad',
      title: `Chưa ký được, vướng ở bước ${number}: ${step && stepTitles[step.step]}.`,
    });
  });

  test('a last try is a warning, not an end', () => {
    const last = plugged(token({ flags: { ...flags, pinFinalTry: true } }));
    expect(words(last).at(-1)).toBe('Cần chú ý');
    expect(stuckSentence(last)).toBeNull();
    expect(headline(last.steps ?? []).tone).toBe('doubt');
  });

  test('without any, the person is asked to look again', () => {
    expect(headline([]).title).toMatch(/Kiểm tra lại/);
  });
});

describe('what else there is to know', () => {
  test('a good token does not hide a locked one', () => {
    const both = plugged(token(), { ...agencyToken, flags: { ...flags, pinLocked: true } });
    expect(stuckSentence(both)).toBeNull();
    expect(otherTroubles(both)).toMatchObject([
      { subject: 'Token cơ quan', failure: { code: 'token-locked' } },
    ]);
  });

  test('nothing is told twice', () => {
    expect(otherTroubles(plugged(token({ flags: { ...flags, pinLocked: true } })))).toEqual([]);
    expect(otherTroubles(plugged(token({ certificates: [] })))).toEqual([]);
  });

  test('a reader that cannot be read is named', () => {
    const reader = { slot: 1, description: 'Khe 2', tokenPresent: true, failure: failure('token-failed') };
    const found = state(driver({ tokens: [token()], readers: [reader] }));
    expect(otherTroubles(found)).toMatchObject([{ subject: 'Khe 2', failure: { code: 'token-failed' } }]);
  });

  test("an authority's certificate is no trouble", () => {
    const authority = certificate({ canSign: false, refusal: failure('certificate-not-for-signing') });
    expect(otherTroubles(plugged(token({ certificates: [certificate(), authority] })))).toEqual([]);
  });
});

describe("a token's standing", () => {
  test.each([
    [{ flags: { ...flags, pinLocked: true }, loggedIn: true }, 'locked'],
    [{ initialised: false }, 'blank'],
    [{ flags: { ...flags, pinToBeChanged: true } }, 'mustChange'],
    [{ loggedIn: true, flags: { ...flags, pinCountLow: true } }, 'open'],
    [{ flags: { ...flags, pinCountLow: true, pinFinalTry: true } }, 'lastTry'],
    [{ flags: { ...flags, pinCountLow: true } }, 'triesLow'],
    [{}, 'closed'],
  ] as const)('%#: %s', (change, standing) => {
    expect(tokenStanding(token(change))).toBe(standing);
  });

  test('one that wants another PIN is found', () => {
    const wants = token({ flags: { ...flags, pinToBeChanged: true } });
    expect(tokensToChange(plugged(agencyToken, wants))).toEqual([
      { modulePath: '/m.so', tokenSerial: wants.serial },
    ]);
  });
});

describe('how a login ended', () => {
  const at = '2026-11-22T02:05:00Z';
  const told = loginEnd.shape.reason.options.filter((reason) => reason !== 'asked');
  test.each(told)('%s is told with its time', (reason: LoginEnd['reason']) => {
    expect(loginEndSentence({ reason, at })).toMatch(/09:05.* cần nhập mã PIN\.$/);
  });
  test('is not told to whoever asked for it', () => {
    expect(loginEndSentence({ reason: 'asked', at })).toBeNull();
    expect(loginEndSentence(null)).toBeNull();
    expect(loginEndSentence(undefined)).toBeNull();
  });
});

test('a driver is called by its name, its family, or its file', () => {
  expect(driverName(driver())).toBe('Mẫu');
  expect(driverName(driver({ description: '', family: 'Bit4ID' }))).toBe('Bit4ID');
  expect(driverName({ description: '', path: 'C:\\Windows\\bit4xpki.dll' })).toBe('bit4xpki.dll');
  expect(fileName('/usr/lib/libeToken.so')).toBe('libeToken.so');
});

test('the technical report has codes, names and paths', () => {
  const refusal = { code: 'certificate-expired', params: { notAfter: 'x' }, retryable: false } as const;
  const found = plugged(token({ certificates: [certificate({ canSign: false, refusal })] }));
  const text = technicalReport({ ...found, loginEnded: { reason: 'idle', at: '2026-11-22T02:05:00Z' } });
  for (const part of ['/m.so', 'A1B2C3D4', '5. keyUse: failed', 'certificate-expired notAfter=x', 'idle']) {
    expect(text).toContain(part);
  }
});
