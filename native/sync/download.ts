import { constants } from 'node:fs';
import { type FileHandle, lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import { openOrdinary } from '../disk/exclusive-file.ts';
import { fileFailure, systemErrorCode } from '../store/file-failure.ts';
import type { FileStore } from '../store/file-store.ts';
import { networkFailure } from './server-failure.ts';
import { exchange } from './server-line.ts';
import { expectStatus, type FileChannel, fileUrl } from './upload.ts';

/** How long the line may be silent before a download is given up, to go on later where it stopped. */
const silenceMs = 30_000;

/** After these, what has arrived is of no use, or takes up room that is needed. */
const worthless: ReadonlySet<FailureCode> = new Set(['file-digest-mismatch', 'server-nonsense', 'disk-full']);

interface Partial {
  readonly path: string;
  readonly etagPath: string;
}

async function startOfPartial(partial: Partial): Promise<{ bytes: number; etag: string | null }> {
  try {
    const [part, etag] = await Promise.all([lstat(partial.path), lstat(partial.etagPath)]);
    // A link, a pipe, or a file that somebody else has under another name: nothing to go on with.
    if (![part, etag].every((each) => each.isFile() && each.nlink === 1)) {
      await discard(partial);
      return { bytes: 0, etag: null };
    }
    return { bytes: part.size, etag: await readFile(partial.etagPath, 'utf8') };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { bytes: 0, etag: null };
    throw fileFailure(error);
  }
}

async function discard(partial: Partial): Promise<void> {
  await rm(partial.path, { force: true });
  await rm(partial.etagPath, { force: true });
}

/** Appends an answer's body; fails with `server-nonsense` once there is more than the file can have. */
async function append(
  body: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  from: number,
  limit: number,
): Promise<void> {
  let bytes = from;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new AppError('server-nonsense', {}, { cause: 'more bytes than announced' });
    await handle.writeFile(chunk);
  }
  if (bytes < limit) throw new AppError('server-unreachable', {}, { cause: 'file cut short' });
}

/** Like the wire's failures, but a file system's own keep their names: a full disk is no network trouble. */
function downloadFailure(error: unknown, silence: AbortSignal): AppError {
  if (error instanceof AppError) return error;
  const own = fileFailure(error);
  return own.code === 'disk-full' || own.code === 'write-failed' ? own : networkFailure(error, silence).error;
}

/**
 * Fetches a file of `bytes` bytes into the store unless it is there. What arrived before the line broke is kept and
 * the rest asked for by Range, guarded by If-Range. The whole is taken over only when its SHA-256 is the digest; else
 * all of it is thrown away and the call fails with `file-digest-mismatch`. A full disk leaves nothing behind.
 */
export async function downloadFile(
  files: FileStore,
  file: { digest: FileDigest; bytes: number },
  channel: FileChannel,
  signal: AbortSignal,
): Promise<void> {
  if (await files.has(file.digest)) return;
  const path = join(files.partialFolder, `${file.digest}.part`);
  const partial: Partial = { path, etagPath: `${path}.etag` };
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    await fetchRest(partial, file, channel, AbortSignal.any([signal, silence.signal]), () => timer.refresh());
    await files.adopt(path, file.digest);
    await discard(partial);
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', {}, { cause: error });
    const failure = downloadFailure(error, silence.signal);
    channel.observer?.failed(failure);
    if (worthless.has(failure.code)) await discard(partial);
    throw failure;
  } finally {
    clearTimeout(timer);
  }
}

async function fetchRest(
  partial: Partial,
  file: { digest: FileDigest; bytes: number },
  channel: FileChannel,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<void> {
  const start = await startOfPartial(partial);
  if (start.bytes === file.bytes && start.etag !== null) return;
  const headers = new Headers({ authorization: `Bearer ${channel.bearer}`, 'accept-encoding': 'identity' });
  if (start.bytes > 0 && start.bytes < file.bytes && start.etag !== null) {
    headers.set('range', `bytes=${start.bytes}-`);
    headers.set('if-range', start.etag);
  }
  const response = await exchange(channel, fileUrl(channel, file.digest), { headers, signal });
  const resumed = response.status === 206 && headers.has('range');
  await expectStatus(response, resumed ? [206] : [200]);
  const rangeStart = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]);
  if (resumed && rangeStart !== start.bytes)
    throw new AppError('server-nonsense', {}, { cause: 'other range' });
  const handle = await openOrdinary(partial.path, resumed ? constants.O_APPEND : constants.O_TRUNC);
  try {
    await writeEtag(partial, response.headers.get('etag') ?? '');
    await append(watched(response.body ?? [], onProgress), handle, resumed ? start.bytes : 0, file.bytes);
  } finally {
    await handle.close();
  }
}

async function writeEtag({ etagPath }: Partial, etag: string): Promise<void> {
  const handle = await openOrdinary(etagPath, constants.O_TRUNC);
  try {
    await handle.writeFile(etag);
  } finally {
    await handle.close();
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onChunk: () => void,
): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    onChunk();
    yield chunk;
  }
}
