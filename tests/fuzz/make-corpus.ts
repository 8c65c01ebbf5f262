import { sign } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extendPdf } from '../../native/signing/long-term/extend-pdf.ts';
import { type SignRequest, signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { TimeStampAuthority } from '../../native/signing/time-stamp/authority.ts';
import { readCertificate } from '../../native/verification/certificate/certificate.ts';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import { writeRequest } from '../../native/verification/revocation/ocsp.ts';
import { makeBaseFiles } from '../conformance/battery/base-files.ts';
import { createPki, type Pki } from '../lab/pki/pki.ts';
import { issueSoftKey, type SoftKeyKind } from '../lab/pki/soft-key.ts';
import { samplePdf } from '../unit/verification/sample-pdf.ts';
import { type Corpus, der, type PdfSeed, type SeedSignature } from './corpus.ts';

/** Has the lab make what inputs are made from, by keys that nobody has when this returns. Takes some seconds. */
export async function makeCorpus(): Promise<Corpus> {
  const folder = await mkdtemp(join(tmpdir(), 'antin-fuzz-lab-'));
  try {
    const pki = await createPki(folder);
    try {
      return await collect(pki, join(folder, 'files'));
    } finally {
      await pki.responders.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collect(pki: Pki, folder: string): Promise<Corpus> {
  await mkdir(folder);
  const fetcher = new HttpFetcher({ allowPrivate: true });
  const [leader, clerk, dismissed] = await Promise.all([
    softSigner(pki, 'RSA-2048', 'Nguyễn Văn Ký'),
    softSigner(pki, 'P-256', 'Sở Khoa học và Công nghệ'),
    softSigner(pki, 'P-256', 'Trần Thị Thôi'),
  ]);
  await pki.issuingAuthority.revoke(dismissed.certificate);
  const answer = async ({ certificate }: Signer) => {
    const { bytes } = writeRequest(readCertificate(certificate), readCertificate(pki.issuing));
    const answered = await fetcher.post(
      `${pki.responders.url}/ocsp`,
      bytes,
      'application/ocsp-request',
      fetched,
    );
    return Buffer.from(answered);
  };
  const lists = new Map<string, Buffer>();
  for (const name of ['issuing', 'root']) {
    const url = `${pki.responders.url}/crl/${name}.crl`;
    lists.set(url, Buffer.from(await fetcher.get(url, fetched)));
  }
  const pdfs = await makeFiles(pki, folder, leader, clerk);
  return {
    // A moment later than all that was made.
    time: new Date(Date.now() + 1000),
    root: der(pki.root),
    issuing: der(pki.issuing),
    good: der(leader.certificate),
    revoked: der(dismissed.certificate),
    lists,
    goodAnswer: await answer(leader),
    revokedAnswer: await answer(dismissed),
    pdfs,
  };
}

const fetched = { timeoutMs: 20_000, maxBytes: 1_000_000 };

async function softSigner(pki: Pki, kind: SoftKeyKind, commonName: string): Promise<Signer> {
  const { key, certificate, chain } = await issueSoftKey(pki, kind, {
    commonName,
    organisation: 'Sở Thử Nghiệm',
  });
  return {
    ...{ certificate, chain },
    sign: async (algorithm, data) => sign(algorithm, data, { key, dsaEncoding: 'der' }),
  };
}

async function makeFiles(pki: Pki, folder: string, leader: Signer, clerk: Signer): Promise<PdfSeed[]> {
  const trust = { anchors: [pki.root], fetcher: new HttpFetcher({ allowPrivate: true }) };
  const authority = new TimeStampAuthority({ url: `${pki.responders.url}/tsa`, trust });
  const made: { name: string; path: string; password: string | undefined }[] = [];
  const at = (name: string) => join(folder, `${name.replaceAll(' ', '-')}.pdf`);
  const keep = (name: string, path: string, password?: string) => {
    made.push({ name, path, password });
    return path;
  };
  type Wishes = Omit<SignRequest, 'source' | 'target'>;
  const signed = async (name: string, source: string, wishes: Wishes) => {
    await signPdf({ source, target: at(name), ...wishes });
    return keep(name, at(name), wishes.password);
  };
  const plain: Wishes = { signer: leader, stamp: { kind: 'plain' } };
  await writeFile(at('sample'), samplePdf());
  const sample = keep('sample', at('sample'));
  const once = await signed('signed', sample, plain);
  await signed('signed by two', once, { ...plain, signer: clerk });
  const certified = await signed('certified', sample, { ...plain, certification: 2 });
  await signed('certified and signed', certified, { ...plain, signer: clerk });
  for (const level of ['t', 'lt', 'lta'] as const) {
    await extendPdf({ source: once, target: at(level), level, authority, trust });
    keep(level, at(level));
  }
  const base = await makeBaseFiles(folder);
  const approved = await signed('approved', base.plain.classic.path, {
    signer: leader,
    stamp: { kind: 'approval' },
  });
  await signed('sealed', approved, {
    signer: clerk,
    stamp: { kind: 'seal', number: '5', date: '2026-11-22' },
  });
  await signed('existing field', base.withField.classic.path, {
    signer: clerk,
    stamp: { kind: 'plain', field: 'cho-ky' },
  });
  for (const structure of [
    'stream',
    'hybrid',
    'linearized',
    'object streams',
    'AES-256',
    'AES-128',
  ] as const) {
    const { path, password } = base.plain[structure];
    await signed(structure, path, { ...plain, password });
  }
  return Promise.all(made.map((file) => toSeed(file, trust)));
}

async function toSeed(
  { name, path, password }: { name: string; path: string; password: string | undefined },
  trust: { readonly anchors: Pki['root'][]; readonly fetcher: HttpFetcher },
): Promise<PdfSeed> {
  const bytes = await readFile(path);
  const report = await verifyPdf(path, { ...trust, password });
  const ranges = [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[0 (\d+) (\d+) (\d+)/g)].map((match) =>
    [match[1], match[2], match[3]].map(Number),
  );
  const isUsable =
    report.verdict === (ranges.length > 0 ? 'valid' : 'unsigned') &&
    ranges.length === report.signatures.length;
  if (!isUsable) throw new Error(`seed "${name}" is ${report.verdict}: ${JSON.stringify(report.signatures)}`);
  const signatures = report.signatures.map(({ field, signer, timestampAt, type }, index): SeedSignature => {
    const [gapStart = 0, gapEnd = 0, rest = 0] = ranges[index] ?? [];
    const digest = signer?.certificateDigest ?? '';
    return {
      field,
      digest,
      timestampAt,
      isStamp: type === 'timestamp',
      gapStart,
      gapEnd,
      end: gapEnd + rest,
    };
  });
  return { name, bytes, password, signatures };
}
