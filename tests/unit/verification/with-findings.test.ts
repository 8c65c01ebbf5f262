import { expect, test } from 'vitest';
import type { FileFinding } from '../../../contract/file-finding.ts';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { withFindings } from '../../../native/verification/findings/with-findings.ts';
import { gateFindingsOf } from '../../../native/verification/gate/gate.ts';

const signature: SignatureReport = {
  ...{ field: 'ky', type: 'signature', verdict: 'valid', reasons: [], intact: true, trusted: true },
  ...{ revocation: 'good', coverage: 'file', changesAfter: 'none', changes: [], signer: null },
  ...{ signedAt: null, timestampAt: null, algorithm: '', level: 'b' },
};
const valid: VerificationReport = { verdict: 'valid', signatures: [signature] };
const invalid: VerificationReport = {
  verdict: 'invalid',
  signatures: [{ ...signature, verdict: 'invalid', reasons: ['digest-mismatch'] }],
};
const unsigned: VerificationReport = { verdict: 'unsigned', signatures: [] };
const blocks: FileFinding = { code: 'linearization-untrue', weight: 'blocks', page: null, params: {} };
const warns: FileFinding = { code: 'embedded-file', weight: 'warns', page: null, params: {} };

test('what closes signing leaves no signature valid, and none better than it was', () => {
  expect(withFindings(valid, [blocks])).toMatchObject({
    verdict: 'indeterminate',
    signatures: [{ verdict: 'indeterminate', reasons: ['file-deceptive'] }],
  });
  expect(withFindings(invalid, [blocks])).toMatchObject({
    verdict: 'invalid',
    signatures: [{ reasons: ['digest-mismatch', 'file-deceptive'] }],
  });
  expect(withFindings(unsigned, [blocks])).toEqual({ ...unsigned, findings: [blocks] });
});

test('what is only told changes no verdict', () => {
  expect(withFindings(valid, [warns])).toEqual({ ...valid, findings: [warns] });
  expect(withFindings(valid, [])).toBe(valid);
});

test('what closes signing never falls off the end', () => {
  const { findings = [] } = withFindings(valid, [...Array<FileFinding>(200).fill(warns), blocks]);
  expect([findings.length, findings[0]]).toEqual([100, blocks]);
});

test('the gate closes, too', () => {
  const codes = gateFindingsOf(withFindings(valid, [blocks])).map(({ code }) => code);
  expect(codes).toContain('file-deceptive');
  expect(gateFindingsOf(withFindings(valid, [warns])).map(({ code }) => code)).not.toContain(
    'file-deceptive',
  );
});
