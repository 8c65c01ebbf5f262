import { createReadStream, fchmodSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { StampWish } from '../../contract/signing-act.ts';
import { modeLike } from '../disk/same-file.ts';
import { type FileStore, hashFile } from '../store/file-store.ts';
import { saveFile } from '../store/saved-file.ts';
import { savedName } from './saved-name.ts';

/** After so many names that are taken nobody finds their file any more. */
const mostNames = 100;

/**
 * Writes a file of the store where a person wants it: beside its target first, read back, then under its name. It may
 * be read by whom the file `like` may be read by, where there is one. Fails with `file-exists` unless `replace`, and as
 * writing does.
 */
export async function saveCopy(
  digest: FileDigest,
  target: string,
  files: Pick<FileStore, 'locate'>,
  { replace, like }: { readonly replace: boolean; readonly like?: string },
): Promise<void> {
  const { path } = await files.locate(digest);
  await saveFile(
    target,
    async (descriptor, beside) => {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
        const bytes: Uint8Array = chunk;
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      }
      if (like !== undefined) fchmodSync(descriptor, modeLike(like));
      if ((await hashFile(beside)).digest !== digest) {
        throw new AppError('write-failed', { file: basename(target), reason: 'digest' });
      }
    },
    { replace },
  );
}

/** The same beside the file at `original`, under the first name that is free; the path that it has got. */
export async function saveBeside(
  digest: FileDigest,
  original: { readonly path: string; readonly name: string },
  wish: StampWish,
  files: Pick<FileStore, 'locate'>,
): Promise<string> {
  for (let count = 1; ; count++) {
    const target = join(dirname(original.path), savedName(original.name, wish, count));
    try {
      await saveCopy(digest, target, files, { replace: false, like: original.path });
      return target;
    } catch (error) {
      const { code } = AppError.from(error);
      if (code !== 'file-exists' || count === mostNames) throw error;
    }
  }
}
