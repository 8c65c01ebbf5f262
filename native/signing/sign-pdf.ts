import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError, assertNever, type FailureCode } from '../../contract/failure.ts';
import { PdfDocument } from '../pdf/document.ts';
import { type Increment, RevisionWriter } from '../pdf/revision-writer.ts';
import { applyApproval } from './approval-stamp.ts';
import { requireSigningAllowed } from './permission.ts';
import { applyPlain } from './plain-stamp.ts';
import { applySeal } from './seal-stamp.ts';
import { isSignedBy } from './signature-check.ts';
import {
  fillByteRange,
  fillContents,
  type PreparedIncrement,
  placeholderDictionary,
} from './signature-dictionary.ts';
import { encodeSignedData, type SignedDataInput, signatureLength, signedAttributes } from './signed-data.ts';
import type { DigestAlgorithm, Signer } from './signer.ts';
import type { Stamp } from './stamp.ts';
import type { StampContext } from './stamp-placer.ts';
import { commonName } from './subject.ts';
import { TargetFile } from './target-file.ts';

export type SigningStep = 'reading' | 'token' | 'writing' | 'checking';

export interface SignRequest {
  readonly source: string;
  /** Where the signed file is to be. The source is never touched. */
  readonly target: string;
  readonly signer: Signer;
  readonly stamp: Stamp;
  readonly digestAlgorithm?: DigestAlgorithm;
  /** An existing target is replaced only where this is true. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: SigningStep) => void;
  /** Claimed signing time; now where left out. */
  readonly signedAt?: Date;
}

export interface SignedPdf {
  readonly field: string;
  readonly level: 'b';
  readonly subFilter: 'ETSI.CAdES.detached';
  readonly digestAlgorithm: DigestAlgorithm;
  readonly recovered: boolean;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Milliseconds. */
  readonly timings: {
    readonly readMs: number;
    readonly hashMs: number;
    readonly tokenMs: number;
    readonly writeMs: number;
    readonly totalMs: number;
  };
}

/**
 * Signs a PDF at PAdES baseline B (EN 319 142-1) as an incremental update. The source stays, byte for byte, the prefix
 * of the target; the target appears under its name only when it is whole, flushed and checked. Whatever fails or is
 * killed before leaves no target.
 *
 * Throws the reader's failures (`pdf-…`), the signer's (`token-…`, `pin-…`), `signature-mismatch`, `file-exists`,
 * `disk-full`, `write-failed`, `cancelled`.
 */
export async function signPdf(request: SignRequest): Promise<SignedPdf> {
  const { source, target, signer, stamp, signal, onStep } = request;
  if (resolve(source) === resolve(target)) throw new AppError('file-exists', { file: target });
  const digestAlgorithm = request.digestAlgorithm ?? 'sha256';
  const watch = new StopWatch();
  onStep?.('reading');
  const file = await TargetFile.create(target, request.replace ?? false);
  try {
    const before = await state(source);
    const { increment, field, number, room, recovered } = readAndLayOut(
      source,
      stamp,
      signer,
      request.signedAt ?? new Date(),
    );
    const prepared = fillByteRange(increment, number);
    const readMs = watch.lap();
    const hash = await file.copyFrom(source, increment.base, digestAlgorithm, signal);
    if ((await state(source)) !== before)
      throw new AppError('file-unreadable', { file: basename(source), reason: 'changed' });
    hash
      .update(prepared.bytes.subarray(0, prepared.gap.start))
      .update(prepared.bytes.subarray(prepared.gap.end));
    const messageDigest = hash.digest();
    const hashMs = watch.lap();
    onStep?.('token');
    const input = { certificate: signer.certificate, chain: signer.chain, digestAlgorithm, messageDigest };
    const signature = await signAttributes(signer, input);
    if (signal?.aborted) throw new AppError('cancelled');
    const tokenMs = watch.lap();
    onStep?.('writing');
    if (signature.length > room)
      throw new AppError('signature-room-too-small', { needed: signature.length, room });
    const appended = fillContents(prepared, signature);
    await file.write(appended, increment.base);
    await file.flush();
    onStep?.('checking');
    await checkWritten(file, prepared, increment, digestAlgorithm, messageDigest);
    await file.commit();
    const writeMs = watch.lap();
    return {
      field,
      level: 'b',
      subFilter: 'ETSI.CAdES.detached',
      digestAlgorithm,
      recovered,
      bytesIn: increment.base,
      bytesOut: increment.base + appended.length,
      timings: { readMs, hashMs, tokenMs, writeMs, totalMs: watch.total() },
    };
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** What changes when a file's content does; empty where the file can't be looked at. */
async function state(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch(() => absent);
  return [ino, size, mtimeNs].join();
}

const absent = { ino: 0n, size: 0n, mtimeNs: 0n };

interface Layout {
  readonly increment: Increment;
  readonly field: string;
  /** Object number of the signature dictionary. */
  readonly number: number;
  readonly room: number;
  readonly recovered: boolean;
}

/**
 * Reads what the update needs and lays it out with room for the signature. Where the cross-reference is broken it is
 * rebuilt, and the update carries it whole.
 */
function readAndLayOut(source: string, stamp: Stamp, signer: Signer, signedAt: Date): Layout {
  try {
    return layOut(PdfDocument.open(source), stamp, signer, signedAt);
  } catch (error) {
    if (!(error instanceof AppError) || !mayBeMended.has(error.code)) throw error;
    const recovered = orNull(() => PdfDocument.recover(source));
    if (!recovered) throw error;
    return layOut(recovered, stamp, signer, signedAt);
  }
}

/** What a broken cross-reference looks like: damage, or a document without the pages that it should have. */
const mayBeMended: ReadonlySet<FailureCode> = new Set<FailureCode>(['pdf-damaged', 'pdf-page-missing']);

function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'pdf-damaged') return null;
    throw error;
  }
}

function layOut(document: PdfDocument, stamp: Stamp, signer: Signer, signedAt: Date): Layout {
  try {
    requireSigningAllowed(document);
    const writer = new RevisionWriter(document);
    const room = contentsRoom(signer);
    const signature = writer.add(placeholderDictionary({ signedAt }, room));
    const field = applyStamp(
      { writer, signature, signerName: commonName(signer.certificate), signedAt },
      stamp,
    );
    const { recovered } = document;
    return { increment: writer.build(), field, number: signature.number, room, recovered };
  } finally {
    document.close();
  }
}

function applyStamp(context: StampContext, stamp: Stamp): string {
  switch (stamp.kind) {
    case 'plain':
      return applyPlain(context, stamp);
    case 'approval':
      return applyApproval(context, stamp);
    case 'seal':
      return applySeal(context, stamp);
    default:
      return assertNever(stamp);
  }
}

/** A time stamp with its chain, to be put in later: the government's service embeds two certificates. */
const timeStampRoom = 8192;

/** Bytes for the CMS: everything but the signature value is known, so its length is, too. */
function contentsRoom({ certificate, chain }: Signer): number {
  const input: SignedDataInput = {
    certificate,
    chain,
    digestAlgorithm: 'sha512',
    messageDigest: new Uint8Array(64),
  };
  const largest = encodeSignedData(
    input,
    signedAttributes(input),
    new Uint8Array(signatureLength(certificate)),
  );
  return largest.length + timeStampRoom;
}

async function signAttributes(signer: Signer, input: SignedDataInput): Promise<Uint8Array> {
  const attributes = signedAttributes(input);
  const value = await signer.sign(input.digestAlgorithm, attributes);
  if (!isSignedBy(signer.certificate, input.digestAlgorithm, attributes, value))
    throw new AppError('signature-mismatch');
  return encodeSignedData(input, attributes, value);
}

/**
 * Reads the written file back: the signed bytes must be those that were hashed, also on a failing disk and also where
 * the source was changed while it was copied; and the update must be one that a reader finds.
 */
async function checkWritten(
  file: TargetFile,
  { bytes, gap }: PreparedIncrement,
  increment: Increment,
  algorithm: DigestAlgorithm,
  expected: Uint8Array,
): Promise<void> {
  const { base } = increment;
  const actual = await file.digestOutside(algorithm, base + gap.start, base + gap.end, base + bytes.length);
  if (Buffer.compare(actual, expected) !== 0) throw new AppError('write-failed', { reason: 'digest' });
  const written = PdfDocument.open(file.partPath);
  try {
    if (written.revision.end !== base + bytes.length)
      throw new AppError('write-failed', { reason: 'revision' });
  } finally {
    written.close();
  }
}

class StopWatch {
  readonly #start = performance.now();
  #last = this.#start;

  /** Milliseconds since the last lap. */
  lap(): number {
    const now = performance.now();
    const elapsed = now - this.#last;
    this.#last = now;
    return round(elapsed);
  }

  total(): number {
    return round(performance.now() - this.#start);
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
