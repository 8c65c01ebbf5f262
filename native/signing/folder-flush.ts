import { open } from 'node:fs/promises';

/** By folder: the flush that works, and the one that begins when it has ended. */
const underWay = new Map<string, Promise<void>>();
const awaited = new Map<string, Promise<void>>();

/**
 * Makes the names in a folder last, or a power cut could take a new one back. What several ask for while the folder is being
 * flushed is done for all of them by the next flush, which begins after each has its name; a flush under way may be too early.
 *
 * Never throws: not every system lets a folder be flushed (Windows, network drives, one that may be written but not listed), and
 * a file that is whole and has its name is no failure.
 */
export function flushFolder(path: string): Promise<void> {
  const flush = awaited.get(path) ?? flushAfter(underWay.get(path), path);
  awaited.set(path, flush);
  return flush;
}

async function flushAfter(before: Promise<void> | undefined, path: string): Promise<void> {
  await before;
  // From here on a name may come too late for this one.
  awaited.delete(path);
  const working = flush(path);
  underWay.set(path, working);
  await working;
  if (underWay.get(path) === working) underWay.delete(path);
}

async function flush(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
