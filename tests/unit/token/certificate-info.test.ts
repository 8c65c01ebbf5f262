import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certificateInfo } from '../../../contract/token.ts';
import { describeCertificate } from '../../../native/token/certificate-info.ts';

function selfSigned(subject: string, ...extensions: string[]): Buffer {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  const pem = execFileSync(
    'openssl',
    ['req', '-x509', ...key, '-days', '30', '-utf8', '-subj', subject, ...added],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return new X509Certificate(pem).raw;
}

const endEntity = 'basicConstraints=critical,CA:FALSE';

describe('a certificate from a token', () => {
  test.each([
    ['digitalSignature', true],
    ['nonRepudiation', true],
    ['keyEncipherment', false],
  ])('with key usage %s can sign: %s', (usage, canSign) => {
    const der = selfSigned('/CN=A', endEntity, `keyUsage=critical,${usage}`);
    expect(describeCertificate('01', der, true)).toMatchObject({ canSign, keyType: 'EC', keyBits: 256 });
  });

  test('without key usage can sign, an authority’s cannot', () => {
    expect(describeCertificate('01', selfSigned('/CN=A', endEntity), true)).toMatchObject({ canSign: true });
    expect(describeCertificate('01', selfSigned('/CN=A'), true)).toMatchObject({ canSign: false });
  });

  test('without a common name is called by the whole of its name', () => {
    expect(describeCertificate('01', selfSigned('/C=VN/O=Sở Y tế'), true)).toMatchObject({
      subject: 'C=VN, O=Sở Y tế',
      organisation: 'Sở Y tế',
      holder: 'agency',
    });
  });

  test('of several organisations names the first', () => {
    expect(describeCertificate('01', selfSigned('/O=Một/O=Hai/CN=A'), true)).toMatchObject({
      organisation: 'Một',
    });
  });

  test('is described as the contract allows, or not at all, whatever its bytes', () => {
    const der = selfSigned('/O=Sở Y tế/CN=Giám đốc', endEntity, 'keyUsage=digitalSignature');
    const damage = fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(der.length), (changes, cut) => {
        const damaged = Buffer.from(der);
        for (const [at, value] of changes) damaged[at] = value;
        for (const bytes of [damaged, damaged.subarray(0, cut)]) {
          const described = describeCertificate('01', bytes, true);
          expect(described === null || certificateInfo.safeParse(described).success).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
