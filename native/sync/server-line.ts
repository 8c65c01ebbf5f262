import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { requireSafeAddress } from './server-address.ts';

/** The province's server as the configuration names it. */
export interface ServerPlace {
  readonly serverUrl: string;
  /** PEM certificates of the authorities that vouch for this server, in place of all those that the system trusts. */
  readonly serverAuthorities?: readonly string[];
}

/**
 * What is sent, in the words of `fetch`. A file has its length, so that the server can refuse it before the first
 * byte.
 */
export interface ServerCall {
  readonly method?: string;
  readonly headers?: Headers;
  readonly body?: Blob | null;
  readonly signal: AbortSignal;
}

const agents = new Map<string, HttpAgent>();

/** Connections are kept open between calls, each server's and set of authorities' for themselves. */
function agentFor(isSafe: boolean, authorities: readonly string[] | undefined): HttpAgent {
  const name = `${isSafe} ${authorities?.join('') ?? ''}`;
  const known = agents.get(name);
  if (known) return known;
  const ca = authorities ? { ca: [...authorities] } : {};
  const agent = isSafe
    ? new HttpsAgent({ keepAlive: true, minVersion: 'TLSv1.2', rejectUnauthorized: true, ...ca })
    : new HttpAgent({ keepAlive: true });
  agents.set(name, agent);
  return agent;
}

/**
 * One exchange with the province's server and nobody else: no redirect is followed, no proxy is taken from the
 * environment, and what vouches for the server is named. (`fetch` can be given no authorities for one server alone.)
 * The answer's body is read as it comes.
 *
 * Fails with `server-insecure` {url} for an address that isn't HTTPS, and as Node's own requests do.
 */
export async function exchange(place: ServerPlace, url: URL, call: ServerCall): Promise<Response> {
  requireSafeAddress(url.href);
  call.signal.throwIfAborted();
  const isSafe = url.protocol === 'https:';
  const { method = 'GET', body = null, signal } = call;
  const headers = Object.fromEntries(call.headers ?? []);
  if (body !== null) {
    headers['content-length'] = String(body.size);
    if (body.type) headers['content-type'] ??= body.type;
  }
  const request = (isSafe ? httpsRequest : httpRequest)(url, {
    ...{ method, headers, signal },
    agent: agentFor(isSafe, place.serverAuthorities),
  });
  // `once` listens no longer than until there is an answer; a break after it is the body's to tell.
  request.on('error', () => undefined);
  // What comes before the answer, and while it is waited for, ends the call; what comes later ends the body.
  const answered = once(request, 'response', { signal }) as Promise<[IncomingMessage]>;
  const sent = body === null ? endOf(request) : pipeline(Readable.fromWeb(body.stream() as never), request);
  // A server may answer before it has read all, with a refusal; then it is no matter that the rest couldn't be sent.
  sent.catch(() => undefined);
  const [response] = await answered;
  return asResponse(response, method);
}

async function endOf(request: ReturnType<typeof httpRequest>): Promise<void> {
  request.end();
}

function asResponse(message: IncomingMessage, method: string): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = message;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const bodiless = method === 'HEAD' || [204, 205, 304].includes(status);
  if (bodiless) message.resume();
  // Nobody may be reading when the line breaks; whoever reads is told by the stream itself.
  message.on('error', () => undefined);
  const body = bodiless ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  return new Response(body, { status, statusText: printable(statusText), headers });
}

/** A Response takes no other characters in its status text than the wire allows. */
function printable(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/g, '');
}
