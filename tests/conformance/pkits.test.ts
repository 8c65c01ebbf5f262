import { describe, expect, test } from 'vitest';
import {
  basicConstraintRows,
  keyUsageRows,
  nameRows,
  privateExtensionRows,
  selfIssuedRows,
  signatureRows,
  validityRows,
} from './pkits/basic-rows.ts';
import { indirectRows, pointRows } from './pkits/distribution-point-rows.ts';
import {
  indirectEntryRows,
  namesakeRows,
  purposeRows,
  slipperyListRows,
  slipperyNameRows,
} from './pkits/hostile-rows.ts';
import { opensslVerdict, ourJudgement } from './pkits/judges.ts';
import { deltaRows, listRows } from './pkits/list-rows.ts';
import { nameConstraintRows } from './pkits/name-constraint-rows.ts';
import {
  explicitRows,
  inhibitAnyRows,
  inhibitMappingRows,
  mappingRows,
  policyRows,
} from './pkits/policy-rows.ts';

/**
 * Path validation over the kinds of chains that NIST's Public Key Interoperability Test Suite has, with certificates and lists
 * of our own making. Each is judged by openssl, too; where it says otherwise, the row says why.
 */
describe.each([
  ['4.1 Signature Verification', signatureRows],
  ['4.2 Validity Periods', validityRows],
  ['4.3 Verifying Name Chaining', nameRows],
  ['4.4 Basic Certificate Revocation Tests', listRows],
  ['4.5 Verifying Paths with Self-Issued Certificates', selfIssuedRows],
  ['4.6 Verifying Basic Constraints', basicConstraintRows],
  ['4.7 Key Usage', keyUsageRows],
  ['4.8 Certificate Policies', policyRows],
  ['4.9 Require Explicit Policy', explicitRows],
  ['4.10 Policy Mappings', mappingRows],
  ['4.11 Inhibit Policy Mapping', inhibitMappingRows],
  ['4.12 Inhibit Any Policy', inhibitAnyRows],
  ['4.13 Name Constraints', nameConstraintRows],
  ['4.14 Distribution Points', pointRows],
  ['4.14 Distribution Points, Indirect CRLs', indirectRows],
  ['4.15 Delta-CRLs', deltaRows],
  ['4.16 Private Certificate Extensions', privateExtensionRows],
  ['Beyond NIST: names that slip past constraints', slipperyNameRows],
  ['Beyond NIST: lists that slip past revocations', slipperyListRows],
  ['Beyond NIST: authorities for other purposes', purposeRows],
  ['Beyond NIST: indirect lists', indirectEntryRows],
  ['Beyond NIST: lists by namesakes of the issuer', namesakeRows],
])('%s', (_, rows) => {
  test.each(rows)('$name', async (row) => {
    const { reasons } = await ourJudgement(row);
    const theirs = opensslVerdict(row);
    const own = reasons.length === 0 ? 'valid' : 'invalid';
    expect({ own, reasons }).toEqual({ own: row.expected, reasons: row.expected === 'valid' ? [] : reasons });
    expect(theirs.verdict === row.expected, `openssl: ${theirs.text}`).toBe(row.openssl === undefined);
  });
});
