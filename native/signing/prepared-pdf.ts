import { createHash, type Hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { assertNotInput } from '../disk/same-file.ts';
import { MemorySource } from '../pdf/byte-source.ts';
import { type OpenOptions, PdfDocument } from '../pdf/document.ts';
import type { Encryption } from '../pdf/encryption/encryption.ts';
import { type Harm, harmOf } from '../verification/appended-signature.ts';
import { type Layout, type LayoutRequest, readAndLayOut } from './layout.ts';
import { fillByteRange, fillContents, type PreparedIncrement } from './signature-dictionary.ts';
import type { CertificationLevel } from './signature-terms.ts';
import type { DigestAlgorithm } from './signer.ts';
import { StopWatch } from './stop-watch.ts';
import { TargetFile } from './target-file.ts';

export interface Preparation extends LayoutRequest {
  /** Where the signed file is to be. The source is never touched. */
  readonly target: string;
  /** An existing target is replaced only where this is true. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal;
}

/** What came of `embed`; lengths in bytes, times in milliseconds. */
export interface EmbeddedPdf {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly writeMs: number;
}

/**
 * A PDF that is laid out, copied beside its target and hashed: all that is missing is the signature over
 * `messageDigest`, which may be made elsewhere and later. The target's name stays as it was until `embed`. Whoever
 * prepares must either `embed` or `discard`; either ends it.
 */
export class PreparedPdf {
  readonly digestAlgorithm: DigestAlgorithm;
  /** Digest of everything but /Contents. */
  readonly messageDigest: Uint8Array;
  readonly field: string;
  readonly certification: CertificationLevel | null;
  readonly recovered: boolean;
  /** Bytes that the CMS may have. */
  readonly room: number;
  readonly timings: { readonly readMs: number; readonly hashMs: number };
  readonly #file: TargetFile;
  readonly #increment: PreparedIncrement;
  readonly #base: number;
  /** Digest over the copy as it was written, read while the signature is waited for; null where it is small. */
  readonly #readBack: Promise<Hash> | null;
  readonly #encryption: Encryption | null;
  readonly #request: Preparation;

  private constructor(
    file: TargetFile,
    layout: Layout,
    increment: PreparedIncrement,
    hashed: Pick<PreparedPdf, 'digestAlgorithm' | 'messageDigest' | 'timings'>,
    request: Preparation,
  ) {
    this.digestAlgorithm = hashed.digestAlgorithm;
    this.messageDigest = hashed.messageDigest;
    this.timings = hashed.timings;
    this.field = layout.field;
    this.certification = layout.certification;
    this.recovered = layout.recovered;
    this.room = layout.room;
    this.#file = file;
    this.#increment = increment;
    this.#base = layout.increment.base;
    this.#request = request;
    this.#encryption = layout.encryption;
    this.#readBack = layout.original ? null : file.readBack(this.digestAlgorithm, this.#base);
    // What goes wrong is told by `embed`; a file that is given up isn't read to its end.
    this.#readBack?.catch(() => undefined);
  }

  /**
   * Throws the reader's failures (`pdf-…`, `file-…`), `output-is-input`, `file-exists`, `disk-full`, `write-failed`,
   * `cancelled`; nothing is left then.
   */
  static async prepare(request: Preparation): Promise<PreparedPdf> {
    const { source, target, signal } = request;
    assertNotInput(target, [source]);
    const watch = new StopWatch();
    const file = await TargetFile.create(target, request.replace ?? false, source);
    let encryption: Encryption | null = null;
    try {
      const before = await state(source);
      const layout = readAndLayOut(request);
      const { digestAlgorithm, original } = layout;
      encryption = layout.encryption;
      const { base } = layout.increment;
      const increment = fillByteRange(layout.increment, layout.number);
      const readMs = watch.lap();
      const hash = original
        ? await file.fill(original, digestAlgorithm)
        : await file.copyFrom(source, base, digestAlgorithm, signal);
      if (signal?.aborted) throw new AppError('cancelled');
      if ((await state(source)) !== before)
        throw new AppError('file-unreadable', { file: basename(source), reason: 'changed' });
      const { bytes, gap } = increment;
      hash.update(bytes.subarray(0, gap.start)).update(bytes.subarray(gap.end));
      const messageDigest = hash.digest();
      const timings = { readMs, hashMs: watch.lap() };
      return new PreparedPdf(file, layout, increment, { digestAlgorithm, messageDigest, timings }, request);
    } catch (error) {
      encryption?.forget();
      await file.discard();
      throw error;
    }
  }

  /** Prepares the same file once more, with `room` bytes for the CMS at least, after this one was ended. */
  withRoom(room: number): Promise<PreparedPdf> {
    return PreparedPdf.prepare({ ...this.#request, room });
  }

  /**
   * Puts the CMS (DER) into the room left for it, flushes, reads back, checks, and gives the file its name.
   * `onChecking` is called when the file is written. Throws `signature-room-too-small`, `signature-harmed`,
   * `file-exists`, `disk-full`, `write-failed`; nothing is left then.
   */
  async embed(contents: Uint8Array, onChecking?: () => void): Promise<EmbeddedPdf> {
    const watch = new StopWatch();
    try {
      const appended = fillContents(this.#increment, contents);
      await this.#file.write(appended, this.#base);
      await this.#file.flush();
      onChecking?.();
      await this.#checkWritten();
      await this.#file.commit();
      this.#encryption?.forget();
      return { bytesIn: this.#base, bytesOut: this.#base + appended.length, writeMs: watch.lap() };
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  /** Takes away what lies beside the target, whose name was never touched. */
  async discard(): Promise<void> {
    this.#encryption?.forget();
    await this.#file.discard();
  }

  /**
   * Reads the written file back: the signed bytes must be those that were hashed, also on a failing disk and also
   * where the source was changed while it was copied; the update must be one that a reader finds, and our own
   * verifier must have nothing against the new signature and no more than before against those that were there.
   */
  async #checkWritten(): Promise<void> {
    const end = this.#base + this.#increment.bytes.length;
    const { actual, open } = this.#readBack
      ? await this.#readLarge(await this.#readBack)
      : await this.#readSmall();
    if (Buffer.compare(actual, this.messageDigest) !== 0)
      throw new AppError('write-failed', { reason: 'digest' });
    const written = open({ password: this.#request.password, known: this.#encryption });
    try {
      if (written.revision.end !== end) throw new AppError('write-failed', { reason: 'revision' });
      const harm = await harmOf(written, { base: this.#base, messageDigest: actual });
      if (harm) throw harmFailure(harm);
    } finally {
      written.close();
    }
  }

  async #readSmall(): Promise<WrittenPdf> {
    const { bytes, gap } = this.#increment;
    const whole = await this.#file.written(this.#base + bytes.length);
    const [start, end] = [this.#base + gap.start, this.#base + gap.end];
    const hash = createHash(this.digestAlgorithm)
      .update(whole.subarray(0, start))
      .update(whole.subarray(end));
    return {
      actual: hash.digest(),
      open: (options) => PdfDocument.read(new MemorySource(whole), options),
    };
  }

  async #readLarge(hash: Hash): Promise<WrittenPdf> {
    const { bytes, gap } = this.#increment;
    const base = this.#base;
    const places = [base + gap.start, base + gap.end, base + bytes.length] as const;
    return {
      actual: await this.#file.digestOutside(this.digestAlgorithm, ...places, { hash, from: base }),
      open: (options) => PdfDocument.open(this.#file.partPath, options),
    };
  }
}

/** What was read back: digest of what is signed, and the document. */
interface WrittenPdf {
  readonly actual: Uint8Array;
  readonly open: (options: OpenOptions) => PdfDocument;
}

/**
 * A new signature that is broken is our own fault or the disk's; an old one that would suffer is a reason not to
 * sign.
 */
function harmFailure({ field, isNew, reasons }: Harm): AppError {
  const cause = `${field}: ${reasons.join(', ')}`;
  const [reason = ''] = reasons;
  return isNew
    ? new AppError('write-failed', { reason: 'verification' }, { cause })
    : new AppError('signature-harmed', { field, reason }, { cause });
}

/** What changes when a file's content does; the same for every file that can't be looked at. */
async function state(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch(() => absent);
  return [ino, size, mtimeNs].join();
}

const absent = { ino: 0n, size: 0n, mtimeNs: 0n };
