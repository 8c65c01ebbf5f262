import { expect, test } from 'vitest';
import type { SignatureReport, SignerInfo } from '../../../contract/verdict.ts';
import { approvalFault } from '../../../native/verification/index.ts';

const digest = 'a'.repeat(64);
const registered = [digest, 'b'.repeat(64)];

function signer(change: Partial<SignerInfo> = {}): SignerInfo {
  return {
    ...{ subject: 'Nguyễn Văn A', organisation: 'Sở Thử Nghiệm', holder: 'person', issuer: '', serial: '01' },
    ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z' },
    ...{ certificateDigest: digest, ...change },
  };
}

function signature(change: Partial<SignatureReport> = {}): SignatureReport {
  return {
    ...{
      field: 'antin-approval',
      type: 'signature',
      verdict: 'valid',
      reasons: [],
      intact: true,
      trusted: true,
    },
    ...{ revocation: 'good', coverage: 'file', changesAfter: 'none', changes: [], signer: signer() },
    ...{ signedAt: null, timestampAt: null, algorithm: 'ecdsa-sha256', level: 'b', ...change },
  };
}

function fault(...signatures: SignatureReport[]) {
  const found = approvalFault({ verdict: 'valid', signatures }, registered);
  return found && [found.code, found.params];
}

test.each<[string, Partial<SignatureReport>]>([
  ['good', {}],
  ['good, with validation data behind it', { changesAfter: 'validationData', coverage: 'revision' }],
  [
    'without a word on its status, for want of a line',
    { verdict: 'indeterminate', reasons: ['revocation-unknown'], revocation: 'unknown' },
  ],
  ['by another certificate of the same person', { signer: signer({ certificateDigest: 'b'.repeat(64) }) }],
])('a seal may follow an approval that is %s', (_, change) => {
  expect(fault(signature(change))).toBeNull();
  expect(fault(signature({ field: 'antin-initial-form' }), signature(change))).toBeNull();
});

test.each<[string, SignatureReport[], unknown]>([
  ['nothing', [], ['approval-missing', {}]],
  ['a time stamp alone', [signature({ type: 'timestamp' })], ['approval-missing', {}]],
  [
    'an agency’s signature, though it is registered as a person’s',
    [signature({ signer: signer({ holder: 'agency' }) })],
    ['approval-missing', {}],
  ],
  [
    'the leader’s initial',
    [signature({ field: 'antin-initial-content' })],
    ['approval-missing', { reason: 'initial-only' }],
  ],
  [
    'somebody else’s approval beside the leader’s initial',
    [
      signature({ field: 'antin-initial-content' }),
      signature({ signer: signer({ certificateDigest: 'c'.repeat(64), subject: 'Trần Thị B' }) }),
    ],
    ['approval-unregistered', { signer: 'Trần Thị B', organisation: 'Sở Thử Nghiệm' }],
  ],
  [
    'one by somebody of another agency',
    [signature({ signer: signer({ certificateDigest: 'd'.repeat(64), organisation: 'Sở Khác' }) })],
    ['approval-unregistered', { signer: 'Nguyễn Văn A', organisation: 'Sở Khác' }],
  ],
  [
    'one that isn’t intact',
    [signature({ intact: false, reasons: ['digest-mismatch'] })],
    ['approval-unsound', { reason: 'digest-mismatch' }],
  ],
  [
    'one of no known authority',
    [signature({ trusted: false })],
    ['approval-unsound', { reason: 'chain-untrusted' }],
  ],
  [
    'one over a part of the file',
    [signature({ coverage: 'partial' })],
    ['approval-unsound', { reason: 'approval-partial' }],
  ],
  [
    'one before more was filled in',
    [signature({ changesAfter: 'formFilling' })],
    ['approval-unsound', { reason: 'approval-outdated' }],
  ],
])('and none where there is %s', (_, signatures, expected) => {
  expect(fault(...signatures)).toEqual(expected);
});

test('where checking failed, or nobody is registered, there is nothing to seal on', () => {
  expect(approvalFault(null, registered)?.params).toEqual({ reason: 'approval-unchecked' });
  expect(approvalFault({ verdict: 'valid', signatures: [signature()] }, [])?.code).toBe(
    'approval-unregistered',
  );
});
