import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../contract/verdict.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { type Making, makeStructure, type SignerName, structures } from '../lab/real-documents/structures.ts';
import { openssl, opensslCms } from '../unit/verification/hand-signer.ts';
import { stampDated, withToken } from '../unit/verification/hand-stamp.ts';
import {
  openWorkbench,
  type SoftSigner,
  softSigner,
  type Workbench,
} from '../unit/verification/workbench.ts';

/** Documents as real offices make them are judged rightly, with no line and with one. */
let bench: Workbench;
let signers: Record<SignerName, SoftSigner>;

beforeAll(async () => {
  bench = await openWorkbench();
  const [leader, agency] = await Promise.all([
    bench.signer({ commonName: 'Nguyễn Văn A' }),
    bench.signer({ kind: 'agency', commonName: 'Sở Thử Nghiệm' }),
  ]);
  signers = { leader, agency, stranger: stranger() };
});
afterAll(() => bench.close());

/** Somebody whose certificate is their own word, though it bears the office's name. */
function stranger(): SoftSigner {
  const [key, certificate] = [bench.path('stranger.key'), bench.path('stranger.pem')];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '30'];
  openssl(['req', '-x509', ...made, '-utf8', '-subj', '/O=Sở Thử Nghiệm/CN=Sở Thử Nghiệm']);
  const own = new X509Certificate(readFileSync(certificate));
  return softSigner(createPrivateKey(readFileSync(key)), own, [own]);
}

async function message(
  signer: SignerName,
  { hash, brings, stamp }: Making,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  // A stranger has nothing to bring: no authority stands behind the name.
  const withChain = brings === 'chain' && signer !== 'stranger';
  const cms = opensslCms(bench, signers[signer], ['-cades', '-md', hash], withChain)(bytes);
  return stamp ? withToken(cms, stampDated(bench, new Date(Date.now() - 3000), { imprintHash: stamp })) : cms;
}

const roles = { leader: 'person', seal: 'agency', number: 'number', date: 'date' } as const;

/** The file's verdict with every reason that any of its signatures gives, in the alphabet's order. */
function summary({ verdict, signatures }: VerificationReport): string {
  return [verdict, ...[...new Set(signatures.flatMap(({ reasons }) => reasons))].sort()].join(' ');
}

describe('a document as offices make it', () => {
  // Named by a table, since `$name` is cut short.
  test.each(structures.map((structure) => [structure.name, structure] as const))(
    '%s',
    async (_, structure) => {
      const path = bench.path('real.pdf');
      writeFileSync(path, await makeStructure(structure, message));
      const offline = await verifyPdf(path, bench.trust({ offline: true }));
      const online = await verifyPdf(path, bench.trust());
      expect(online.signatures).toHaveLength(structure.fields.length);
      expect({ offline: summary(offline), online: summary(online) }).toEqual(structure.verdicts);
      expect(online.signatures.every(({ intact }) => intact)).toBe(true);
      expect(online.signatures.map(({ role }) => role)).toEqual(
        structure.fields.map(([look, signer]) => (signer === 'stranger' ? undefined : roles[look])),
      );
      // A time that can be proven is told, whatever the signature's own hash is.
      expect(
        online.signatures.every(
          ({ timestampAt }) => (timestampAt !== null) === (structure.making.stamp !== null),
        ),
      ).toBe(true);
    },
  );
});
