import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anchorFacts, anchorFault, readAnchors } from '../../../native/verification/certificate/anchor.ts';
import { validateCertificate } from '../../../native/verification/validate-certificate.ts';
import {
  basicConstraints,
  type CertificateFacts,
  keyOf,
  keyUsage,
  mintCertificate,
  type Party,
  timeDer,
} from '../../conformance/pkits/minter.ts';
import { named } from '../../conformance/pkits/world.ts';

const party = (name: string): Party => ({ name: named(name), key: keyOf(name) });
const mint = (subject: Party, issuer: Party, rest: Partial<CertificateFacts> = {}) =>
  new X509Certificate(
    mintCertificate({
      ...{ subject, issuer, serial: '0a' },
      notBefore: timeDer('2020-01-01T00:00:00'),
      notAfter: timeDer('2040-01-01T00:00:00'),
      extensions: [basicConstraints(true), keyUsage([5, 6])],
      ...rest,
    }),
  );
const [root, middle, person] = [party('Root'), party('Middle'), party('Person')];
const forPeople = { extensions: [keyUsage([0, 1])] };

test('SHA-1 under a root’s own signature doesn’t matter, under anything else it does', async () => {
  const old = mint(root, root, { hash: 'sha1' });
  expect(anchorFault(old)).toBeNull();
  const judge = (leaf: X509Certificate, intermediates: X509Certificate[] = []) =>
    validateCertificate(leaf, { anchors: [old], intermediates, offline: true });
  expect(await judge(mint(person, root, forPeople))).toMatchObject({ trusted: true });
  const weak = await judge(mint(person, middle, forPeople), [mint(middle, root, { hash: 'sha1' })]);
  expect(weak).toMatchObject({ trusted: false });
  expect(weak.reasons).toContain('hash-obsolete');
});

test.each([
  ['a person’s', mint(person, root, forPeople), 'not-an-authority'],
  [
    'an authority’s that may not sign certificates',
    mint(root, root, { extensions: [basicConstraints(true), keyUsage([6])] }),
    'not-an-authority',
  ],
  ['a version 1 root', mint(root, root, { version1: true }), null],
  ['version 1, but somebody else’s', mint(person, root, { version1: true }), 'not-an-authority'],
  ['an authority below a root', mint(middle, root), null],
] as const)('%s certificate as an anchor', (_, certificate, fault) => {
  expect(anchorFault(certificate)).toBe(fault);
});

test('several in one file: PEM, DER and PKCS#7 as authorities serve it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'antin-anchor-'));
  try {
    const [first, second] = [mint(root, root), mint(middle, root)];
    const both = `${first}${second}`;
    const serials = (bytes: Uint8Array) => readAnchors(bytes).map(({ subject }) => subject.split('CN=')[1]);
    writeFileSync(join(folder, 'both.pem'), both);
    const pack = (form: string) =>
      execFileSync('openssl', [
        'crl2pkcs7',
        '-nocrl',
        '-certfile',
        join(folder, 'both.pem'),
        '-outform',
        form,
      ]);
    expect(serials(Buffer.from(both))).toEqual(['Root', 'Middle']);
    expect(serials(second.raw)).toEqual(['Middle']);
    for (const form of ['DER', 'PEM']) expect(serials(pack(form)).sort()).toEqual(['Middle', 'Root']);
    expect(readAnchors(pack('DER').subarray(0, 100))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a root of RSA-PSS, and one whose key is too short', () => {
  const folder = mkdtempSync(join(tmpdir(), 'antin-anchor-'));
  try {
    const make = (name: string, ...algorithm: string[]) => {
      const out = join(folder, name);
      const subject = ['-subj', `/CN=${name}`, '-days', '30', '-nodes', '-keyout', join(folder, 'key')];
      execFileSync('openssl', ['req', '-x509', ...algorithm, ...subject, '-out', out], { stdio: 'pipe' });
      return readAnchors(readFileSync(out));
    };
    const [pss] = make('PSS', '-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048');
    expect(pss && anchorFault(pss)).toBeNull();
    expect(pss && anchorFacts(pss)).toMatchObject({ subject: 'PSS', isRoot: true });
    const [short] = make('Short', '-newkey', 'rsa:1024');
    expect(short && anchorFault(short)).toBe('algorithm-weak');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
