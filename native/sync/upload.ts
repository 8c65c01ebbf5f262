import { openAsBlob } from 'node:fs';
import { AppError } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { FileStore } from '../store/file-store.ts';
import { answerDate, type ContactObserver } from './bounded-fetch.ts';
import { networkFailure, statusFailure } from './server-failure.ts';
import { exchange, type ServerPlace } from './server-line.ts';

/** Where files travel: beside the calls, under the same server and session. */
export interface FileChannel extends ServerPlace {
  readonly bearer: string;
  /** Told of what a transfer finds out about the line. */
  readonly observer?: ContactObserver;
}

/** The slowest line that an upload may have, in bytes a second; it sets the deadline with a minute's grace. */
const slowestBytesPerSecond = 16 * 1024;

/** A file's address on the server. */
export function fileUrl(channel: FileChannel, digest: FileDigest): URL {
  const url = new URL(channel.serverUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/files/${digest}`;
  return url;
}

/** A JSON body of modest size, or undefined: what a refusal carries. */
async function refusal(response: Response): Promise<unknown> {
  try {
    const text = new TextDecoder().decode((await response.bytes()).subarray(0, 65_536));
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'data' in body ? body.data : body;
  } catch {
    // Not JSON, or cut off: the status alone has to do.
    return undefined;
  }
}

/** Fails as the answer's status says, unless it is one of `expected`. */
export async function expectStatus(response: Response, expected: readonly number[]): Promise<void> {
  if (expected.includes(response.status)) return;
  throw statusFailure(response.status, await refusal(response), `HTTP ${response.status}`).error;
}

/**
 * Brings a file to the server unless it is there already; memory stays constant whatever its size. The file is read
 * through and checked against its digest first: what is sent is what was signed. Fails with `file-missing`,
 * `file-digest-mismatch` or a server failure.
 */
export async function uploadFile(
  files: FileStore,
  digest: FileDigest,
  channel: FileChannel,
  signal: AbortSignal,
): Promise<void> {
  const { path, bytes } = await files.check(digest);
  const deadline = AbortSignal.timeout(60_000 + Math.ceil(bytes / slowestBytesPerSecond) * 1000);
  const options = {
    headers: new Headers({ authorization: `Bearer ${channel.bearer}` }),
    signal: AbortSignal.any([signal, deadline]),
  };
  const url = fileUrl(channel, digest);
  try {
    const present = await exchange(channel, url, { ...options, method: 'HEAD' });
    channel.observer?.answered(answerDate(present.headers));
    if (present.ok) return;
    if (present.status !== 404) await expectStatus(present, [404]);
    // A blob of the file: read as it is sent, with a known length, so that the server can refuse before the first
    // byte.
    const body = await openAsBlob(path, { type: 'application/pdf' });
    const stored = await exchange(channel, url, { ...options, method: 'PUT', body });
    await expectStatus(stored, [200, 201, 204]);
    await stored.body?.cancel();
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', {}, { cause: error });
    const failure = error instanceof AppError ? error : networkFailure(error, deadline).error;
    channel.observer?.failed(failure);
    throw failure;
  }
}
