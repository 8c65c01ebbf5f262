import { writeSync } from 'node:fs';
import { blockingFinding, deceptive, type FileFinding } from '../../contract/file-finding.ts';
import { assertNotInput } from '../disk/same-file.ts';
import { writeFlatCopy } from '../reading/index.ts';
import { saveFile } from '../store/saved-file.ts';
import { verifyPdf } from '../verification/index.ts';

export interface FlatCopyRequest {
  readonly source: string;
  readonly target: string;
  readonly password?: string | undefined;
  readonly replace: boolean;
  /** What the window shows otherwise than we read it. */
  readonly read: (path: string) => Promise<{ readonly findings: readonly FileFinding[] }>;
}

/**
 * Saves a document made new, to be signed in the place of one that programs read differently. It is held to all that
 * such a one is refused for before it gets its name. Fails with `output-is-input`, with `document-deceptive` where
 * the copy would deceive, too (a picture that nobody is shown stays one), as opening a document does, and as writing
 * a file does.
 */
export async function saveFlatCopy({
  source,
  target,
  password,
  replace,
  read,
}: FlatCopyRequest): Promise<void> {
  assertNotInput(target, [source]);
  await saveFile(
    target,
    async (descriptor, beside) => {
      writeFlatCopy(source, password, {
        write(bytes) {
          for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
        },
      });
      const [reading, report] = [await read(beside), await verifyPdf(beside, { anchors: [], offline: true })];
      const deceit = blockingFinding([...reading.findings, ...(report.findings ?? [])]);
      if (deceit) throw deceptive(deceit);
    },
    { replace },
  );
}
