import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../contract/failure.ts';
import { type FileDigest, fileDigest } from '../contract/identity.ts';
import { type ByteRange, readByteRange } from './byte-range.ts';

export type LocateFile = (digest: FileDigest) => Promise<{ path: string; bytes: number }>;

/** PDF.js reads by range from another origin: without these it can't see the lengths it plans by. */
const headers = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range',
  'Accept-Ranges': 'bytes',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
});

/**
 * Answers `doc://file/{digest}`: the bytes of one file that the core holds, whole or by range, as a stream. The
 * digest is the only thing taken from the request; where the bytes lie is the core's to say. `origin`: of the page
 * that may read the answer.
 */
export async function answerDocument(
  request: Request,
  locate: LocateFile,
  origin: string,
): Promise<Response> {
  const common = headers(origin);
  const refuse = (status: number, more: Record<string, string> = {}) =>
    new Response(null, { status, headers: { ...common, ...more } });
  if (request.method === 'OPTIONS') {
    return refuse(204, {
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': 'Range',
    });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
  const url = new URL(request.url);
  const digest = fileDigest.safeParse(url.pathname.slice(1));
  if (url.host !== 'file' || url.search !== '' || !digest.success) return refuse(404);
  let place: { path: string; bytes: number };
  try {
    place = await locate(digest.data);
  } catch (error) {
    const { code } = AppError.from(error);
    return refuse(code === 'file-missing' ? 404 : code === 'core-stopped' ? 503 : 500);
  }
  const range = readByteRange(request.headers.get('range'), place.bytes);
  if (range === 'unsatisfiable') return refuse(416, { 'Content-Range': `bytes */${place.bytes}` });
  return send(request.method, place, range, common);
}

async function send(
  method: string,
  place: { path: string; bytes: number },
  range: ByteRange | null,
  common: Record<string, string>,
): Promise<Response> {
  const refuse = (status: number) => new Response(null, { status, headers: common });
  const { start, end } = range ?? { start: 0, end: place.bytes - 1 };
  const about = {
    ...common,
    'Content-Type': 'application/pdf',
    'Content-Length': String(end - start + 1),
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${place.bytes}` } : {}),
  };
  const status = range ? 206 : 200;
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(place.path, 'r');
  } catch (error) {
    return refuse((error as NodeJS.ErrnoException).code === 'ENOENT' ? 404 : 500);
  }
  // A file that isn't as long as the core says is being replaced or has been cut: half of it would look like a
  // document.
  const isWhole = (await file.stat()).size === place.bytes;
  if (!isWhole || method === 'HEAD' || place.bytes === 0) {
    await file.close();
    return isWhole ? new Response(null, { status, headers: about }) : refuse(500);
  }
  const stream = Readable.toWeb(
    file.createReadStream({ start, end }),
  ) as unknown as ReadableStream<Uint8Array>;
  return new Response(stream, { status, headers: about });
}
