import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../contract/failure.ts';
import { type FileDigest, fileDigest } from '../contract/identity.ts';
import { byteRange } from './byte-range.ts';
import { failureAnswer } from './failure-answer.ts';
import { type FileStore, maxFileBytes } from './file-store.ts';
import type { Session } from './sessions.ts';
import type { UploadAllowance } from './upload-allowance.ts';

/** How long an upload or download may stand still. */
const stallMs = 60_000;
/** The slowest line that an upload may have; with a minute's grace it sets how long one may last. */
const slowestBytesPerSecond = 16 * 1024;
const graceMs = 60_000;

/** `PUT`, `GET` and `HEAD /files/{digest}`: the files that travel beside the calls. */
export class FileRoutes {
  readonly #files: FileStore;
  readonly #allowance: UploadAllowance;

  constructor(files: FileStore, allowance: UploadAllowance) {
    this.#files = files;
    this.#allowance = allowance;
  }

  /** Answers a request for a path that begins with /files/. Throws for what the caller answers as a failure. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    session: Session,
  ): Promise<void> {
    const parsed = fileDigest.safeParse(name);
    if (!parsed.success) throw failureAnswer(new AppError('input-invalid', { field: 'digest' }));
    // Node destroys the socket when this runs out, and puts its own time in its place once the answer is sent.
    request.socket.setTimeout(stallMs);
    if (request.method === 'PUT') await this.#put(request, response, parsed.data, session);
    else await this.#get(request, response, parsed.data, session);
  }

  async #put(
    request: IncomingMessage,
    response: ServerResponse,
    digest: FileDigest,
    session: Session,
  ): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > maxFileBytes) {
      throw failureAnswer(new AppError('file-too-large', { limit: maxFileBytes }), 413);
    }
    const { person } = session;
    const announced = announcedBytes(request);
    const upload = await this.#allowance.begin(person.id, announced).catch((error: unknown) => {
      throw tooMuch(error);
    });
    let received = 0;
    // However slowly it drips: whoever opened it may have gone.
    const deadline = setTimeout(
      () => request.destroy(),
      graceMs + (announced / slowestBytesPerSecond) * 1000,
    );
    try {
      if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
      // Left undestroyed when refused midway, so that the refusal can still be answered on this connection.
      const source = counted(request.iterator({ destroyOnReturn: false }), (bytes) => {
        received += bytes;
      });
      const { bytes, created } = await this.#files.receive(digest, person, source);
      const body = JSON.stringify({ digest, bytes });
      response.writeHead(created ? 201 : 200, { 'content-type': 'application/json' }).end(body);
    } catch (error) {
      throw tooMuch(error);
    } finally {
      clearTimeout(deadline);
      upload.end(received);
    }
  }

  async #get(
    request: IncomingMessage,
    response: ServerResponse,
    digest: FileDigest,
    session: Session,
  ): Promise<void> {
    const bytes = this.#files.bytesFor(digest, session.person);
    if (bytes === null) throw failureAnswer(new AppError('file-missing'), 404);
    const etag = `"${digest}"`;
    const ifRange = request.headers['if-range'];
    const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
    const range = request.method === 'HEAD' ? 'whole' : byteRange(asked, bytes);
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('etag', etag);
    // Named by its digest, so it never changes; private, since only parties to the document may have it.
    response.setHeader('cache-control', 'private, max-age=31536000, immutable');
    if (range === 'unsatisfiable') {
      response.writeHead(416, { 'content-range': `bytes */${bytes}` }).end();
      return;
    }
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('content-disposition', 'attachment');
    const { first, last } = range === 'whole' ? { first: 0, last: bytes - 1 } : range;
    response.setHeader('content-length', last - first + 1);
    if (range !== 'whole') response.setHeader('content-range', `bytes ${first}-${last}/${bytes}`);
    response.statusCode = range === 'whole' ? 200 : 206;
    if (request.method === 'HEAD' || bytes === 0) {
      response.end();
      return;
    }
    await pipeline(createReadStream(this.#files.pathOf(digest), { start: first, end: last }), response);
  }
}

/** What a request says that it brings; as much as it may where it doesn't say. */
function announcedBytes(request: IncomingMessage): number {
  const announced = Number(request.headers['content-length'] ?? maxFileBytes);
  return Number.isSafeInteger(announced) && announced >= 0 ? Math.min(announced, maxFileBytes) : maxFileBytes;
}

async function* counted(
  source: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncIterable<Buffer> {
  for await (const chunk of source) {
    onBytes(chunk.length);
    yield chunk;
  }
}

const fullDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** Refusals for want of room or allowance with the status that says so to proxies; anything else as it is. */
function tooMuch(error: unknown): unknown {
  if (fullDisk.has((error as NodeJS.ErrnoException).code)) {
    const full = new AppError(
      'upload-limit',
      { reason: 'server-disk-full' },
      { cause: error, retryable: true },
    );
    return failureAnswer(full, 507);
  }
  if (!(error instanceof AppError)) return error;
  if (error.code === 'file-too-large') return failureAnswer(error, 413);
  if (error.code !== 'upload-limit') return error;
  return failureAnswer(error, error.params['reason'] === 'server-disk-full' ? 507 : 429);
}
