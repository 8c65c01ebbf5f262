import { expect, test } from 'vitest';
import type { CertificateInfo, ModuleInfo, TokenInfo } from '../../../contract/token.ts';
import { withStanding } from '../../../native/token/certificate-standing.ts';
import { withoutRepeats } from '../../../native/token/same-token.ts';

const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };
const certificate: CertificateInfo = {
  ...{ id: '01', subject: 'A', organisation: '', holder: 'person', serial: '0A', issuer: 'CA' },
  ...{ notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' },
  ...{ keyType: 'RSA', keyBits: 2048, canSign: true, hasPrivateKey: true },
};

function token(change: Partial<TokenInfo> = {}): TokenInfo {
  return {
    ...{ slot: 0, label: 'T', serial: 'S', manufacturer: '', model: '', flags, loggedIn: false },
    certificates: [certificate],
    ...change,
  };
}

function module(path: string, ...tokens: TokenInfo[]): ModuleInfo {
  return { path, ok: true, error: null, description: '', tokens };
}

const places = (modules: ModuleInfo[]) => modules.map(({ path, tokens }) => [path, tokens.length]);

test('a token that two modules see is shown by the first, which says who else does', () => {
  const shown = withoutRepeats([module('/a', token()), module('/b', token({ slot: 9 }))]);
  expect(places(shown)).toEqual([
    ['/a', 1],
    ['/b', 0],
  ]);
  expect(shown[0]?.tokens[0]?.alsoSeenBy).toEqual(['/b']);
});

test('the module that it is logged in to shows it, whatever the order', () => {
  const shown = withoutRepeats([module('/a', token()), module('/b', token({ loggedIn: true }))]);
  expect(places(shown)).toEqual([
    ['/a', 0],
    ['/b', 1],
  ]);
});

test.each([
  ['another serial number', token({ serial: 'S2' })],
  ['another label', token({ label: 'U' })],
  ['other certificates', token({ certificates: [{ ...certificate, serial: '0B' }] })],
])('tokens with %s stay two', (_, other) => {
  expect(places(withoutRepeats([module('/a', token()), module('/b', other)]))).toEqual([
    ['/a', 1],
    ['/b', 1],
  ]);
});

test('tokens without a serial number are never taken for one another', () => {
  const nameless = token({ serial: '' });
  expect(places(withoutRepeats([module('/a', nameless), module('/b', nameless)]))).toEqual([
    ['/a', 1],
    ['/b', 1],
  ]);
});

test.each([
  ['2026-12-02T00:00:00.000Z', 30, null],
  ['2027-01-01T00:00:00.001Z', -1, 'certificate-expired'],
  ['2025-12-31T23:59:59.000Z', 365, 'certificate-not-yet-valid'],
])('at %s a certificate has %d days left and is refused with %s', (now, daysLeft, code) => {
  const judged = withStanding(module('/a', token()), new Date(now)).tokens[0]?.certificates[0];
  expect(judged).toMatchObject({ daysLeft, canSign: code === null });
  expect(judged?.refusal?.code ?? null).toBe(code);
});

test('a certificate without its key is refused only once a login would show it', () => {
  const keyless = { certificates: [{ ...certificate, hasPrivateKey: false }] };
  const judge = (loggedIn: boolean) =>
    withStanding(module('/a', token({ ...keyless, loggedIn })), new Date('2026-06-01')).tokens[0]
      ?.certificates[0]?.refusal?.code;
  expect([judge(false), judge(true)]).toEqual([undefined, 'key-missing']);
});
