import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { assertNotInput } from '../disk/same-file.ts';
import { signedExtent } from '../verification/signed-extent.ts';
import { TargetFile } from './target-file.ts';

export interface RevisionRequest {
  readonly source: string;
  /** Where the copy is to be. The source is never touched. */
  readonly target: string;
  /** The signature's field, as a verdict names it. */
  readonly signature: string;
  readonly password?: string | undefined;
  /** An existing target is replaced only where this is true. */
  readonly replace?: boolean;
}

/**
 * Writes the document exactly as a signature saw it, byte for byte the beginning of the source. Returns its length in
 * bytes.
 *
 * Throws `pdf-revision-missing`, the reader's failures (`pdf-…`, `file-…`), `file-exists`, `disk-full`,
 * `write-failed`. No target is left then.
 */
export async function copySignedRevision(request: RevisionRequest): Promise<number> {
  const { source, target, signature, password, replace = false } = request;
  assertNotInput(target, [source]);
  const length = signedExtent(source, signature, { password });
  const file = await TargetFile.create(target, replace, source);
  try {
    const read = await file.copyFrom(source, length, 'sha256');
    const written = await file.readBack('sha256', length);
    // Somebody wrote to the source meanwhile, or the disk lies.
    if (!read.digest().equals(written.digest()))
      throw new AppError('write-failed', { file: basename(target) });
    await file.flush();
    await file.commit();
    return length;
  } catch (error) {
    await file.discard();
    throw error;
  }
}
