import { expect, test } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../../contract/verdict.ts';
import { gateFindingsOf } from '../../../../native/verification/index.ts';

function signature(holder: 'person' | 'agency', change: Partial<SignatureReport> = {}): SignatureReport {
  return {
    ...{ field: holder, type: 'signature', verdict: 'valid', reasons: [], intact: true, trusted: true },
    ...{ revocation: 'good', coverage: 'file', changesAfter: 'none', changes: [], algorithm: '', level: 'b' },
    ...{ signedAt: null, timestampAt: null },
    signer: {
      ...{ subject: holder, holder, organisation: '', issuer: '', serial: '01' },
      ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z' },
    },
    ...change,
  };
}

const report = (
  verdict: VerificationReport['verdict'],
  ...signatures: SignatureReport[]
): VerificationReport => ({ verdict, signatures });
const leader = signature('person');
const seal = signature('agency');
const unknown: Partial<SignatureReport> = {
  trusted: false,
  verdict: 'indeterminate',
  reasons: ['chain-untrusted'],
};
const broken: Partial<SignatureReport> = {
  intact: false,
  trusted: false,
  verdict: 'invalid',
  reasons: ['digest-mismatch'],
};

test.each([
  ['both signatures', report('valid', leader, seal), []],
  ['no signature', report('unsigned'), ['approval-signature-missing', 'agency-signature-missing']],
  ['the leader alone', report('valid', leader), ['agency-signature-missing']],
  ['the agency alone', report('valid', seal), ['approval-signature-missing']],
  ['two leaders', report('valid', leader, leader), ['agency-signature-missing']],
  ['a forged seal', report('invalid', leader, signature('agency', broken)), ['signature-invalid']],
  [
    'a seal that anybody could make',
    report('indeterminate', leader, signature('agency', unknown)),
    ['signer-untrusted'],
  ],
  [
    'two signers whom nobody vouches for',
    report('indeterminate', signature('person', unknown), signature('agency', unknown)),
    ['signer-untrusted'],
  ],
  [
    'a seal over a hash that no longer binds',
    report(
      'indeterminate',
      leader,
      signature('agency', { verdict: 'indeterminate', reasons: ['revocation-unknown', 'algorithm-weak'] }),
    ),
    ['signature-weak'],
  ],
  [
    'a status that nobody could tell',
    report('indeterminate', leader, signature('agency', { revocation: 'unknown', verdict: 'indeterminate' })),
    [],
  ],
  [
    'a time stamp in the place of the seal',
    report('valid', leader, signature('agency', { type: 'timestamp' })),
    ['agency-signature-missing'],
  ],
  ['a file that can’t be read', report('unreadable'), ['file-unreadable']],
] as const)('%s', (_, verdict, findings) => {
  expect(gateFindingsOf(verdict)).toEqual(findings.map((code) => ({ code, params: {} })));
});

test('where the signers are known, their names don’t count', () => {
  const roleOf = () => 'person' as const;
  expect(gateFindingsOf(report('valid', leader, seal), { roleOf })).toEqual([
    { code: 'agency-signature-missing', params: {} },
  ]);
});

const obsolete: Partial<SignatureReport> = { verdict: 'indeterminate', reasons: ['hash-obsolete'] };
const codesOf = (verdict: VerificationReport, at: string, obsoleteUntil?: string) =>
  gateFindingsOf(verdict, { at: new Date(at), obsoleteUntil }).map(({ code }) => code);

test.each([
  ['the seal', report('indeterminate', leader, signature('agency', obsolete))],
  ['both', report('indeterminate', signature('person', obsolete), signature('agency', obsolete))],
  [
    'the seal, whose status nobody could tell either',
    report(
      'indeterminate',
      leader,
      signature('agency', { ...obsolete, reasons: ['hash-obsolete', 'revocation-unknown'] }),
    ),
  ],
])(
  'SHA-1 in %s is told through the policy’s last day in Viet Nam, and closes the gate after it',
  (_, verdict) => {
    expect(codesOf(verdict, '2027-06-30T16:59:59Z', '2027-06-30')).toEqual(['signature-obsolete']);
    expect(codesOf(verdict, '2027-06-30T17:00:00Z', '2027-06-30')).toEqual(['signature-weak']);
    expect(codesOf(verdict, '2026-12-01T00:00:00Z')).toEqual(['signature-obsolete']);
  },
);

test('what is weak beside its hash, or unsound, is never merely obsolete', () => {
  const weak: Partial<SignatureReport> = { ...obsolete, reasons: ['hash-obsolete', 'algorithm-weak'] };
  const at = '2026-12-01T00:00:00Z';
  expect(codesOf(report('indeterminate', leader, signature('agency', weak)), at)).toEqual(['signature-weak']);
  const stranger: Partial<SignatureReport> = { ...obsolete, ...unknown };
  expect(codesOf(report('indeterminate', leader, signature('agency', stranger)), at)).toEqual([
    'signer-untrusted',
  ]);
  const collided: Partial<SignatureReport> = {
    verdict: 'invalid',
    reasons: ['hash-obsolete', 'hash-collision'],
  };
  expect(codesOf(report('invalid', leader, signature('agency', collided)), at)).toContain(
    'signature-invalid',
  );
});
