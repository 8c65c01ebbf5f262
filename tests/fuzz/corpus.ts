import type { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** A signature of a seed: who made it, and which bytes it stands over. */
export interface SeedSignature {
  readonly field: string;
  /** SHA-256 of the signer's certificate, hexadecimal. */
  readonly digest: string;
  readonly timestampAt: string | null;
  readonly isStamp: boolean;
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

/** A file that is `valid`, or `unsigned`, before anything is changed. */
export interface PdfSeed {
  readonly name: string;
  readonly bytes: Buffer;
  readonly password: string | undefined;
  readonly signatures: readonly SeedSignature[];
}

/** What inputs are made from. Keys take no part in it: the lab's are gone once it is made. */
export interface Corpus {
  /** The instant to judge for. */
  readonly time: Date;
  readonly root: Buffer;
  readonly issuing: Buffer;
  readonly good: Buffer;
  readonly revoked: Buffer;
  /** By the address that certificates name. */
  readonly lists: ReadonlyMap<string, Buffer>;
  readonly goodAnswer: Buffer;
  readonly revokedAnswer: Buffer;
  readonly pdfs: readonly PdfSeed[];
}

/** The certificates of a corpus as DER. */
export function der({ raw }: X509Certificate): Buffer {
  return Buffer.from(raw);
}

/** Writes a corpus to a file, so that other processes and later runs start from the same bytes. */
export function saveCorpus(path: string, corpus: Corpus): void {
  const packed = {
    ...corpus,
    time: corpus.time.toISOString(),
    root: corpus.root.toString('base64'),
    issuing: corpus.issuing.toString('base64'),
    good: corpus.good.toString('base64'),
    revoked: corpus.revoked.toString('base64'),
    lists: [...corpus.lists].map(([url, bytes]) => [url, bytes.toString('base64')]),
    goodAnswer: corpus.goodAnswer.toString('base64'),
    revokedAnswer: corpus.revokedAnswer.toString('base64'),
    pdfs: corpus.pdfs.map((seed) => ({ ...seed, bytes: seed.bytes.toString('base64') })),
  };
  writeFileSync(path, JSON.stringify(packed));
}

type Packed = Record<
  'time' | 'root' | 'issuing' | 'good' | 'revoked' | 'goodAnswer' | 'revokedAnswer',
  string
> & {
  readonly lists: readonly (readonly [string, string])[];
  readonly pdfs: readonly (Omit<PdfSeed, 'bytes'> & { readonly bytes: string })[];
};

export function loadCorpus(path: string): Corpus {
  const packed = JSON.parse(readFileSync(path, 'utf8')) as Packed;
  const bytes = (text: string) => Buffer.from(text, 'base64');
  return {
    time: new Date(packed.time),
    root: bytes(packed.root),
    issuing: bytes(packed.issuing),
    good: bytes(packed.good),
    revoked: bytes(packed.revoked),
    lists: new Map(packed.lists.map(([url, list]) => [url, bytes(list)])),
    goodAnswer: bytes(packed.goodAnswer),
    revokedAnswer: bytes(packed.revokedAnswer),
    pdfs: packed.pdfs.map((seed) => ({ ...seed, password: seed.password, bytes: bytes(seed.bytes) })),
  };
}
