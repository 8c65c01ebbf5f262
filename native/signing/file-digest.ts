import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../contract/failure.ts';

const chunkSize = 1 << 20;

/**
 * Adds the bytes of an open file from `start` to `end` to a digest, in constant memory: the next megabyte is read while
 * this one is hashed. False where the file ends before. Throws `cancelled`, and the system's own errors.
 */
export async function digestRange(
  hash: Hash,
  file: FileHandle,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const size = Math.min(chunkSize, end - start);
  let buffers = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)] as const;
  const read = (buffer: Buffer, position: number) =>
    file.read(buffer, 0, Math.min(buffer.length, end - position), position);
  let reading = start < end ? read(buffers[0], start) : null;
  for (let position = start; reading !== null; ) {
    const { bytesRead } = await reading;
    if (signal?.aborted) throw new AppError('cancelled');
    if (bytesRead === 0) return false;
    position += bytesRead;
    reading = position < end ? read(buffers[1], position) : null;
    // Its failure is told when its turn comes, or not at all where something else fails first.
    reading?.catch(() => undefined);
    hash.update(buffers[0].subarray(0, bytesRead));
    buffers = [buffers[1], buffers[0]];
  }
  return true;
}
