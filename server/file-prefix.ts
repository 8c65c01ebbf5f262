import { type FileHandle, open } from 'node:fs/promises';

const chunkBytes = 1024 * 1024;

/** Whether a file begins with all of another one, byte for byte, and goes on beyond it. In constant memory. */
export async function continues(path: string, previousPath: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const previous = await open(previousPath, 'r');
    try {
      return await beginsWith(file, previous);
    } finally {
      await previous.close();
    }
  } finally {
    await file.close();
  }
}

async function beginsWith(file: FileHandle, previous: FileHandle): Promise<boolean> {
  const length = (await previous.stat()).size;
  if ((await file.stat()).size <= length) return false;
  for (let at = 0; at < length; at += chunkBytes) {
    const size = Math.min(chunkBytes, length - at);
    const [a, b] = await Promise.all([readAt(file, at, size), readAt(previous, at, size)]);
    if (!a.equals(b)) return false;
  }
  return true;
}

/** A read may give less than was asked for, without being at the end. */
async function readAt(handle: FileHandle, at: number, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
