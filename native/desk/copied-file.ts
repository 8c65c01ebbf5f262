import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import type { FileStore, StoredFile } from '../store/file-store.ts';

/** Windows has neither: there a link is told by its own look alone. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Larger files are no documents of an office's. */
const mostBytes = 2 * 1024 ** 3;

/** Where readers look for a PDF's header (ISO 32000-2, 7.5.2, and what programs make of it). */
const headerBytes = 1024;

/**
 * Copies a file into the store, by one open descriptor: what is shown, verified and signed from then on is this copy,
 * whatever becomes of the file. Fails with `file-missing`, `file-is-link`, `file-is-folder`, `file-unreadable`,
 * `file-too-large` {bytes, limit}, `pdf-not-a-pdf`, and as writing does.
 */
export async function copyIntoStore(path: string, files: Pick<FileStore, 'write'>): Promise<StoredFile> {
  const file = basename(path).normalize('NFC');
  const handle = await openOrdinary(path, file);
  try {
    const { size } = await handle.stat();
    if (size > mostBytes) throw new AppError('file-too-large', { file, bytes: size, limit: mostBytes });
    const head = Buffer.alloc(headerBytes);
    const { bytesRead } = await handle.read(head, 0, headerBytes, 0);
    if (!head.subarray(0, bytesRead).includes('%PDF-')) throw new AppError('pdf-not-a-pdf', { file });
    const stream = handle.createReadStream({ start: 0, highWaterMark: 1 << 18, autoClose: false });
    return await files.write(readable(stream, file), { maxBytes: mostBytes });
  } finally {
    await handle.close();
  }
}

async function openOrdinary(path: string, file: string): Promise<FileHandle> {
  try {
    const named = await lstat(path);
    if (named.isSymbolicLink()) throw new AppError('file-is-link', { file });
    if (named.isDirectory()) throw new AppError('file-is-folder', { file });
    // A pipe that nobody writes to must not be waited for; a link put there since the look isn't followed.
    const handle = await open(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    throw new AppError('file-unreadable', { file });
  } catch (error) {
    throw readingFailure(error, file);
  }
}

function readingFailure(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AppError('file-missing', { file }, { cause: error });
  if (code === 'ELOOP') return new AppError('file-is-link', { file }, { cause: error });
  return new AppError('file-unreadable', { file }, { cause: error });
}

/** What fails while it is read says so, and not that the store couldn't be written. */
async function* readable(stream: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw readingFailure(error, file);
  }
}
