import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Which computer, since a folder may lie on a share, and process numbers mean something on one computer only. */
const here = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

const pattern = /^\.antin-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}\.part$/;

/** No file is worked on for so long without being written to, in milliseconds. */
const abandonedMs = 24 * 3_600_000;

/**
 * A name for a file that isn't whole yet: hidden, and with no ending that a document has. Short, since the target's name may already
 * be as long as the file system allows.
 */
export function partName(): string {
  return `.antin-${here}-${process.pid}-${randomBytes(6).toString('hex')}.part`;
}

/**
 * Removes what runs that were killed have left in a folder: parts of a process of this computer that is no more, and any that nobody
 * has written to for a day. Never throws: what can't be removed lies there as it did.
 */
export async function sweepLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const [, host, pid] = pattern.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const isOrphan = host === here && !isRunning(Number(pid));
    if (isOrphan || (await isAbandoned(path))) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > abandonedMs,
    () => false,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
