import { describe, expect, test } from 'vitest';
import type { TokenState } from '../../../contract/desktop.ts';
import type { TokenInfo } from '../../../contract/token.ts';
import { keySituation, preferredKey } from '../../../renderer/token/key-choice.ts';
import { pinPlan } from '../../../renderer/token/pin-plan.ts';
import { agencyToken, certificate, token } from './fake-core/samples.ts';

const now = new Date('2026-11-22T02:00:00Z');
const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };
function plugged(...tokens: TokenInfo[]): TokenState {
  const module = { path: '/m.so', ok: true, error: null, description: '', tokens };
  return { modules: [module], problem: null, checkedAt: null };
}

describe('which key serves', () => {
  test('a personal one signs in and approves, an agency one seals', () => {
    const state = plugged(token(), agencyToken);
    for (const purpose of ['signIn', 'approve'] as const) {
      const situation = keySituation(state, purpose, now);
      expect(situation).toMatchObject({
        kind: 'ready',
        choices: [{ key: { tokenSerial: 'A1B2C3D4' } }],
        unfit: [{ why: 'agencyKey' }],
      });
    }
    expect(keySituation(state, 'seal', now)).toMatchObject({
      kind: 'ready',
      choices: [{ key: { tokenSerial: 'E5F6A7B8' } }],
      unfit: [{ why: 'personalKey' }],
    });
  });

  test.each([
    ['expired', { notAfter: '2026-11-21T00:00:00Z' }],
    ['notYetValid', { notBefore: '2026-12-01T00:00:00Z' }],
  ] as const)('not one that is %s', (why, change) => {
    const situation = keySituation(plugged(token({ certificates: [certificate(change)] })), 'approve', now);
    expect(situation).toMatchObject({ kind: 'noKey', unfit: [{ why }] });
  });

  test.each([
    ['expired', 'certificate-expired'],
    ['notYetValid', 'certificate-not-yet-valid'],
    ['keyMissing', 'key-missing'],
  ] as const)('not one that the core calls %s, and says so', (why, code) => {
    const refusal = { code, params: {}, retryable: false };
    const certificates = [certificate({ canSign: false, refusal })];
    expect(keySituation(plugged(token({ certificates })), 'approve', now)).toMatchObject({
      kind: 'noKey',
      unfit: [{ why }],
    });
  });

  test("an authority's certificate is not even mentioned", () => {
    const authority = certificate({ canSign: false, hasPrivateKey: false });
    expect(keySituation(plugged(token({ certificates: [authority] })), 'approve', now)).toEqual({
      kind: 'noKey',
      unfit: [],
    });
  });

  test('a key that cannot be seen before the login counts, one missing after it does not', () => {
    const certificates = [certificate({ hasPrivateKey: false })];
    expect(keySituation(plugged(token({ certificates })), 'approve', now).kind).toBe('ready');
    expect(keySituation(plugged(token({ certificates, loggedIn: true })), 'approve', now)).toMatchObject({
      kind: 'noKey',
      unfit: [{ why: 'keyMissing' }],
    });
  });

  test('no token, no module and a dead token process are told apart', () => {
    expect(keySituation(plugged(), 'signIn', now)).toEqual({ kind: 'noToken' });
    const error = { code: 'module-unusable', params: { path: '/m.so' }, retryable: false } as const;
    const broken = { path: '/m.so', ok: false, error, description: '', tokens: [] };
    expect(keySituation({ modules: [broken], problem: null, checkedAt: null }, 'signIn', now)).toEqual({
      kind: 'unusable',
      failure: error,
    });
    expect(keySituation({ modules: [], problem: null, checkedAt: null }, 'signIn', now)).toMatchObject({
      kind: 'unusable',
      failure: { code: 'module-missing' },
    });
    const problem = { code: 'token-stopped', params: {}, retryable: true } as const;
    expect(keySituation({ ...plugged(token()), problem }, 'signIn', now)).toEqual({
      kind: 'unusable',
      failure: problem,
    });
  });

  test("one vendor's missing driver does not hide another vendor's token", () => {
    const error = { code: 'module-missing', params: {}, retryable: false } as const;
    const state = plugged(token());
    state.modules.unshift({ path: '/x.so', ok: false, error, description: '', tokens: [] });
    expect(keySituation(state, 'signIn', now).kind).toBe('ready');
  });

  test('the only key is chosen by itself, among several the one asked for, else the person chooses', () => {
    const several = plugged(token({ certificates: [certificate(), certificate({ id: '0a02' })] }));
    const situation = keySituation(several, 'approve', now);
    if (situation.kind !== 'ready') throw new Error(situation.kind);
    const [first, second] = situation.choices;
    expect(preferredKey([first], null)).toBe(first);
    expect(preferredKey(situation.choices, null)).toBeNull();
    expect(preferredKey(situation.choices, second?.key ?? null)).toBe(second);
  });
});

describe('how a PIN is asked for', () => {
  test.each([
    [{}, { asks: 'field', tries: 'enough' }],
    [{ pinCountLow: true }, { asks: 'field', tries: 'low' }],
    [
      { pinCountLow: true, pinFinalTry: true },
      { asks: 'field', tries: 'last' },
    ],
    [{ pinFinalTry: true, pinLocked: true }, { asks: 'locked' }],
    [{ protectedPath: true }, { asks: 'pad', tries: 'enough' }],
    [
      { protectedPath: true, pinFinalTry: true },
      { asks: 'pad', tries: 'last' },
    ],
  ])('with the flags %j', (change, plan) => {
    expect(pinPlan({ flags: { ...flags, ...change }, loggedIn: false })).toEqual(plan);
  });

  test('not at all while the login stands, unless the token wants it again', () => {
    expect(pinPlan({ flags, loggedIn: true })).toEqual({ asks: 'nothing' });
    expect(pinPlan({ flags, loggedIn: true }, true)).toEqual({ asks: 'field', tries: 'enough' });
  });

  test('never of a locked token', () => {
    expect(pinPlan({ flags: { ...flags, pinLocked: true }, loggedIn: true }, true)).toEqual({
      asks: 'locked',
    });
  });
});
