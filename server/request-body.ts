import type { IncomingMessage } from 'node:http';
import { AppError } from '../contract/failure.ts';

/** Calls are small (500 recipients take 17 kB); files don't travel this way. */
const maxJsonBytes = 64 * 1024;
const maxMilliseconds = 30_000;

/** A request that is wrong before any procedure has seen it. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly failure: AppError;

  constructor(status: number, field: string) {
    super(field);
    this.status = status;
    this.failure = new AppError('input-invalid', { field });
  }
}

/**
 * Reads a JSON body, bounded in size and time. Read here and not by oRPC, which would also take forms and files and
 * has no bound of its own. An empty body is the empty object.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'];
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new RequestRefused(415, 'content-type');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxJsonBytes) throw new RequestRefused(413, 'body');
  const text = await readText(request);
  if (text === '') return {};
  if (type === undefined) throw new RequestRefused(415, 'content-type');
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefused(400, 'body');
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), maxMilliseconds);
  try {
    // Left undestroyed when too long, so that the refusal can still be answered on this connection.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > maxJsonBytes) throw new RequestRefused(413, 'body');
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timer);
  }
  const buffer = Buffer.concat(chunks);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer);
  } catch {
    throw new RequestRefused(400, 'body');
  }
}
