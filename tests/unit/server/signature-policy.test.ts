import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { fingerprintOf } from '../../../native/verification/index.ts';
import { rejectionOf } from '../../../server/signature-policy.ts';

function mint(name: string): X509Certificate {
  const pem = execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', `/CN=${name}`, '-keyout', '/dev/null'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return new X509Certificate(pem);
}

const leader = mint('leader');
const agency = mint('agency');
const stranger = mint('leader');
const approver = { who: 'approver', certificates: [leader] } as const;
const seal = { who: 'agency', certificates: [agency] } as const;

function signature(certificate: X509Certificate, change: Partial<SignatureReport> = {}): SignatureReport {
  return {
    field: 'f',
    type: 'signature',
    verdict: 'valid',
    reasons: [],
    intact: true,
    trusted: true,
    revocation: 'good',
    coverage: 'file',
    changesAfter: 'none',
    changes: [],
    signer: {
      subject: certificate.subject,
      organisation: '',
      issuer: certificate.issuer,
      serial: certificate.serialNumber,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2036-01-01T00:00:00Z',
      certificateDigest: fingerprintOf(certificate),
    },
    signedAt: null,
    timestampAt: null,
    algorithm: 'ecdsa-sha256',
    level: 'b',
    ...change,
  };
}

function report(signatures: SignatureReport[], verdict: VerificationReport['verdict'] = 'valid') {
  return { verdict, signatures };
}

test('the approver’s own signature on the file as it stands passes', () => {
  expect(rejectionOf(report([signature(leader)]), [approver])).toBeNull();
  expect(rejectionOf(report([signature(leader, { changesAfter: 'validationData' })]), [approver])).toBeNull();
  const unproven = signature(leader, { verdict: 'indeterminate', reasons: ['revocation-unknown'] });
  expect(rejectionOf(report([unproven], 'indeterminate'), [approver])).toBeNull();
});

test('a signature over a hash that no longer binds doesn’t pass, and its reason is told', () => {
  const weak = signature(leader, {
    verdict: 'indeterminate',
    reasons: ['revocation-unknown', 'algorithm-weak'],
  });
  expect(rejectionOf(report([weak], 'indeterminate'), [approver])).toBe('algorithm-weak');
  expect(rejectionOf(report([weak, signature(leader)], 'indeterminate'), [approver])).toBeNull();
});

test('a signature by someone else, even of the same name, is not the approver’s', () => {
  expect(rejectionOf(report([signature(stranger)]), [approver])).toBe('approval-signature-missing');
  expect(rejectionOf(report([], 'unsigned'), [approver])).toBe('approval-signature-missing');
  const stamp = signature(leader, { type: 'timestamp' });
  expect(rejectionOf(report([stamp]), [approver])).toBe('approval-signature-missing');
  expect(rejectionOf(report([signature(leader, { signer: null })]), [approver])).toBe(
    'approval-signature-missing',
  );
});

test('an own signature that does not hold says why', () => {
  const untrusted = signature(leader, {
    verdict: 'indeterminate',
    trusted: false,
    reasons: ['chain-untrusted'],
  });
  expect(rejectionOf(report([untrusted], 'indeterminate'), [approver])).toBe('chain-untrusted');
  const revoked = signature(leader, { revocation: 'revoked', reasons: ['certificate-revoked'] });
  expect(rejectionOf(report([revoked]), [approver])).toBe('certificate-revoked');
});

test('one invalid signature anywhere spoils the file', () => {
  const broken = signature(stranger, { verdict: 'invalid', intact: false, reasons: ['digest-mismatch'] });
  expect(rejectionOf(report([signature(leader), broken], 'invalid'), [approver])).toBe('digest-mismatch');
  expect(rejectionOf(report([signature(leader)], 'invalid'), [approver])).toBe('signature-invalid');
  expect(rejectionOf(report([], 'unreadable'), [approver])).toBe('unreadable');
});

test('sealing needs both, the seal last', () => {
  const approval = signature(leader, { coverage: 'revision', changesAfter: 'formFilling' });
  expect(rejectionOf(report([approval, signature(agency)]), [approver, seal])).toBeNull();
  expect(rejectionOf(report([approval]), [approver, seal])).toBe('agency-signature-missing');
  expect(rejectionOf(report([signature(agency)]), [approver, seal])).toBe('approval-signature-missing');
});

test('something added after the closing signature is refused', () => {
  const older = signature(leader, { coverage: 'revision', changesAfter: 'annotations' });
  expect(rejectionOf(report([older]), [approver])).toBe('changed-after-signing');
});

test('between approval and seal nothing is filled but number, date and the seal’s own field', () => {
  const sealed = (changedFields: string[], ...more: SignatureReport[]) =>
    rejectionOf(
      report([
        signature(leader, { changesAfter: 'formFilling', changedFields }),
        signature(agency, { field: 'antin-seal' }),
        ...more,
      ]),
      [approver, seal],
    );
  expect(sealed(['antin-number', 'antin-date', 'antin-seal'])).toBeNull();
  for (const other of ['ghi-chu', 'antin-number-2', 'antin-number.x', '', 'antin-approval-2']) {
    expect(sealed(['antin-number', 'antin-seal', other])).toBe('changed-after-approval');
  }
  // A field that is called as a seal's, and signed by somebody else.
  const another = signature(stranger, { field: 'antin-seal-2' });
  expect(sealed(['antin-seal', 'antin-seal-2'], another)).toBe('changed-after-approval');
});

test('an initial is no approval, the leader’s own included', () => {
  for (const field of ['antin-initial-content', 'antin-initial-form-2']) {
    expect(rejectionOf(report([signature(leader, { field })]), [approver])).toBe(
      'approval-signature-missing',
    );
  }
  expect(rejectionOf(report([signature(leader, { field: 'antin-initial-x' })]), [approver])).toBeNull();
});
