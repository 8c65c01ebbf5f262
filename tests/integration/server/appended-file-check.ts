import { readFile } from 'node:fs/promises';
import { AppError } from '../../../contract/failure.ts';
import type { GateFinding } from '../../../contract/gate.ts';
import { continues } from '../../../server/file-prefix.ts';
import type { ArrivedFile, SignedFile, SignedFileCheck } from '../../../server/signed-file-check.ts';

/**
 * Stands in for the signature check: a file must continue the one before it, and name each signer that is asked for.
 */
export class AppendedFileCheck implements SignedFileCheck {
  /** What a gate finds in any file from now on. */
  gate: GateFinding[] = [];

  async findings(_: ArrivedFile): Promise<GateFinding[]> {
    return this.gate;
  }

  async check({ path, previousPath, signers }: SignedFile): Promise<void> {
    if (!(await continues(path, previousPath))) {
      throw new AppError('signed-file-rejected', { reason: 'not-a-continuation' });
    }
    const text = await readFile(path, 'latin1');
    for (const { who } of signers) {
      if (!text.includes(`signed by ${who}`)) {
        throw new AppError('signed-file-rejected', { reason: `${who}-missing` });
      }
    }
  }
}
