import { describe, expect, test } from 'vitest';
import { AppError, type FailureCode } from '../../../contract/failure.ts';
import type { CertificateInfo, ModuleInfo, TokenInfo } from '../../../contract/token.ts';
import { signingSteps } from '../../../native/token/signing-steps.ts';

const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };

function certificate(refusal: FailureCode | null = null): CertificateInfo {
  return {
    ...{ id: '01', subject: 'Giám đốc', organisation: '', holder: 'person', serial: '0A', issuer: 'CA' },
    ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z', keyType: 'RSA', keyBits: 2048 },
    ...{ canSign: refusal === null, hasPrivateKey: true },
    refusal: refusal === null ? null : new AppError(refusal).toFailure(),
  };
}

function token(change: Partial<TokenInfo> = {}): TokenInfo {
  return {
    ...{ slot: 3, label: 'Lãnh đạo', serial: 'S1', manufacturer: '', model: '', flags, loggedIn: false },
    certificates: [certificate()],
    ...change,
  };
}

function module(tokens: TokenInfo[], change: Partial<ModuleInfo> = {}): ModuleInfo {
  const reader = { slot: 3, description: 'Reader', tokenPresent: tokens.length > 0, failure: null };
  return { path: '/m.so', ok: true, error: null, description: 'Maker', tokens, readers: [reader], ...change };
}

/** The step that isn't done, its state and why. */
function firstOpen(modules: ModuleInfo[]) {
  const open = signingSteps(modules, null).find(({ state }) => state !== 'done');
  return [open?.step ?? null, open?.state ?? null, open?.failure?.code ?? null];
}

const unusable = { ok: false, error: new AppError('module-crashed').toFailure(), tokens: [], readers: [] };
const unreadable = new AppError('token-failed').toFailure();

describe('the steps to a signature', () => {
  test.each<[string, ModuleInfo[], (string | null)[]]>([
    ['no module', [], ['module', 'failed', 'module-missing']],
    ['a module that crashes', [module([], unusable)], ['module', 'failed', 'module-crashed']],
    ['no reader', [module([], { readers: [] })], ['reader', 'failed', 'reader-missing']],
    ['an empty reader', [module([])], ['token', 'failed', 'token-missing']],
    [
      'a token that cannot be read',
      [module([], { readers: [{ slot: 3, description: 'R', tokenPresent: true, failure: unreadable }] })],
      ['token', 'failed', 'token-failed'],
    ],
    [
      'a blank token',
      [module([token({ initialised: false, certificates: [] })])],
      ['token', 'failed', 'token-uninitialised'],
    ],
    [
      'a token without certificates',
      [module([token({ certificates: [] })])],
      ['certificate', 'failed', 'token-empty'],
    ],
    [
      'an expired certificate',
      [module([token({ certificates: [certificate('certificate-expired')] })])],
      ['keyUse', 'failed', 'certificate-expired'],
    ],
    [
      'a locked token',
      [module([token({ flags: { ...flags, pinLocked: true } })])],
      ['login', 'failed', 'token-locked'],
    ],
    [
      'the last try',
      [module([token({ flags: { ...flags, pinFinalTry: true } })])],
      ['login', 'failed', 'pin-last-try'],
    ],
    ['a PIN still to be typed', [module([token()])], ['login', 'waiting', null]],
    ['everything', [module([token({ loggedIn: true })])], [null, null, null]],
  ])('%s', (_, modules, expected) => {
    expect(firstOpen(modules)).toEqual(expected);
  });

  test('take the road that gets furthest, past broken modules, empty readers and old certificates', () => {
    const old = token({ label: 'Cũ', certificates: [certificate('certificate-expired')] });
    const modules = [module([], unusable), module([]), module([old, token()])];
    expect(firstOpen(modules)).toEqual(['login', 'waiting', null]);
    expect(signingSteps(modules, null).map(({ subject }) => subject)).toEqual([
      ...['Maker', 'Reader', 'Lãnh đạo', 'Giám đốc', 'Giám đốc', 'Lãnh đạo'],
    ]);
  });

  test('fail at once where the token process cannot be used', () => {
    const [first, ...rest] = signingSteps([module([token()])], new AppError('token-stopped').toFailure());
    expect(first).toMatchObject({ state: 'failed', failure: { code: 'token-stopped' } });
    expect(rest.every(({ state }) => state === 'waiting')).toBe(true);
  });
});
