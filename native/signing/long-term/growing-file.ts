import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../contract/failure.ts';
import { PdfDocument } from '../../pdf/document.ts';
import type { TargetFile } from '../target-file.ts';

/**
 * A copy of a signed file, beside its target, that revisions are appended to one after another. Nobody sees it before it is
 * committed, so what was appended here may be taken back.
 */
export class GrowingFile {
  readonly file: TargetFile;
  /** Bytes. */
  length: number;
  readonly #password: string | undefined;

  private constructor(file: TargetFile, length: number, password: string | undefined) {
    this.file = file;
    this.length = length;
    this.#password = password;
  }

  /** Throws `file-unreadable` where the source is gone or changes meanwhile, `disk-full`, `write-failed`, `cancelled`. */
  static async copy(
    source: string,
    file: TargetFile,
    options: { readonly password?: string | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<GrowingFile> {
    const before = await state(source);
    await file.copyFrom(source, before.length, 'sha256', options.signal);
    if ((await state(source)).identity !== before.identity)
      throw new AppError('file-unreadable', { file: basename(source), reason: 'changed' });
    return new GrowingFile(file, before.length, options.password);
  }

  /** Opens the document as it now stands for as long as `use` takes. Throws the reader's failures (`pdf-…`). */
  async read<T>(use: (document: PdfDocument) => T | Promise<T>): Promise<T> {
    const document = PdfDocument.open(this.file.partPath, { password: this.#password });
    try {
      return await use(document);
    } finally {
      document.close();
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.file.write(bytes, this.length);
    this.length += bytes.length;
  }

  /** Takes back what was appended since the file had this length. */
  async shrink(length: number): Promise<void> {
    await this.file.truncate(length);
    this.length = length;
  }
}

async function state(path: string): Promise<{ length: number; identity: string }> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw new AppError('file-missing', { file: basename(path) }, { cause: error });
  });
  return { length: Number(size), identity: [ino, size, mtimeNs].join() };
}
