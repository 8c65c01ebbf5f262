import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { ORPCError } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { noteAct } from './act-note.ts';
import type { ClientAddress } from './client-address.ts';
import { asAppError, failureAnswer } from './failure-answer.ts';
import type { FileRoutes } from './file-routes.ts';
import { type ApiParts, provinceApi, type RequestContext } from './province-api.ts';
import { RequestRefused, readJson } from './request-body.ts';
import type { SecurityLog } from './security-log.ts';
import { describeError, type Log } from './server-log.ts';

/** How long the rest of a refused request is read and thrown away, so that its sender gets to see the refusal. */
const lingerMs = 5000;

/** Routes open to anyone; every other one asks for a session before it reads a byte of the body. */
const openRoutes: ReadonlySet<string> = new Set(['/auth/challenge', '/auth/session']);

interface ListenerParts extends ApiParts {
  files: FileRoutes;
  clientAddress: ClientAddress;
  securityLog: SecurityLog;
  /** Fails where the database doesn't answer. */
  probe(): void;
  openApi(): Promise<unknown>;
  log: Log;
}

/**
 * Takes each request to where it belongs, and makes of whatever goes wrong one clean answer and at most one log line.
 */
export function requestListener(parts: ListenerParts) {
  const { log } = parts;

  function answerOf(thrown: unknown, request: IncomingMessage, path: string): ORPCError<string, unknown> {
    if (thrown instanceof RequestRefused) return failureAnswer(thrown.failure, thrown.status);
    if (thrown instanceof ORPCError && thrown.defined) return thrown;
    const error = asAppError(thrown);
    if (error.code === 'internal') {
      const method = request.method ?? '';
      log({ level: 'error', event: 'request-failed', method, path, ...describeError(thrown) });
    }
    return failureAnswer(error);
  }

  const handler = new OpenAPIHandler<RequestContext & { request: IncomingMessage; path: string }>(
    provinceApi(parts),
    {
      interceptors: [
        async ({ next, context }) => {
          try {
            const result = await next();
            noteAct(parts.securityLog, context, null);
            return result;
          } catch (error) {
            noteAct(parts.securityLog, context, asAppError(error));
            throw answerOf(error, context.request, context.path);
          }
        },
      ],
    },
  );

  async function dispatch(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const reading = request.method === 'GET' || request.method === 'HEAD';
    if (path === '/health' && reading) {
      parts.probe();
      sendJson(response, 200, { status: 'ok' });
      return;
    }
    if (path === '/openapi.json' && reading) {
      sendJson(response, 200, await parts.openApi());
      return;
    }
    const address = parts.clientAddress.of(
      request.socket.remoteAddress ?? '',
      request.headersDistinct['x-forwarded-for']?.join(','),
    );
    const session = openRoutes.has(path)
      ? null
      : await parts.sessions.require(request.headers.authorization, address);
    if (session && path.startsWith('/files/')) {
      if (!reading && request.method !== 'PUT') throw new RequestRefused(405, 'method');
      await parts.files.handle(request, response, path.slice('/files/'.length), session);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'POST') throw new RequestRefused(405, 'method');
    if (request.method === 'POST') {
      if (request.headers.expect !== undefined) response.writeContinue();
      Object.assign(request, { body: await readJson(request) });
    }
    const { matched } = await handler.handle(request, response, {
      context: { session, address, request, path },
    });
    if (!matched) throw new RequestRefused(404, 'path');
  }

  /** Settles, never fails, once the answer has left or the connection has gone. */
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    const path = pathOf(request);
    try {
      if (path === null) throw new RequestRefused(400, 'path');
      await dispatch(request, response, path);
    } catch (thrown) {
      refuse(request, response, () => answerOf(thrown, request, path ?? ''));
    }
    await finished(response, { error: false }).catch(() => undefined);
  };
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  answerOf: () => ORPCError<string, unknown>,
): void {
  // The client has gone: nobody to answer, and nothing of ours that failed.
  if (request.destroyed && !request.complete) return;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const answer = answerOf();
  if (answer.status === 401) response.setHeader('www-authenticate', 'Bearer');
  sendJson(response, answer.status, answer.toJSON());
  discardRest(request);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

/** Reads on for a while after an early answer: a closed connection would reach the sender before the answer does. */
function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), lingerMs);
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
}

/** The path of a request, or null for one that no route here could have. */
function pathOf(request: IncomingMessage): string | null {
  const url = request.url ?? '';
  if (!url.startsWith('/') || url.startsWith('//')) return null;
  return url.split('?', 1)[0] ?? null;
}
