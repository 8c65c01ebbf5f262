import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { runProgram } from '../program.ts';
import { ResponderControl, type Service, services } from './responder-control.ts';

/**
 * The responders: HTTP on 127.0.0.1 in a thread of its own, so that they answer while a test's thread waits for a program,
 * and are gone with the test's process, however it ends. Each answer comes from a fresh `openssl`, which reads the
 * authority's database as it then stands: `openssl ocsp -port` would listen on every interface.
 */
const { folder, memory } = workerData as { folder: string; memory: SharedArrayBuffer };
const control = new ResponderControl(memory);
const port = parentPort;
if (!port) throw new Error('the responders run as a worker thread');

const requestLimit = 64 * 1024;

interface Answer {
  type: string;
  body: Buffer;
}

async function ocspAnswer(request: Buffer): Promise<Answer> {
  const responder = ['-index', 'issuing/index.txt', '-CA', 'issuing.pem', '-nmin', '60'];
  const signer = ['-rsigner', 'ocspResponder.pem', '-rkey', 'ocspResponder.key'];
  const ends = ['-reqin', '-', '-respout', '-'];
  const options = { cwd: folder, input: request };
  const body = await runProgram('openssl', ['ocsp', ...responder, ...signer, ...ends], options);
  return { type: 'application/ocsp-response', body };
}

let lastStamp: Promise<unknown> = Promise.resolve();

/** One stamp at a time: `openssl ts` reads, raises and writes its serial number without a lock. */
function stampAnswer(request: Buffer): Promise<Answer> {
  const query = `tsa/${randomUUID()}.tsq`;
  const stamp = lastStamp.then(async () => {
    await writeFile(join(folder, query), request);
    try {
      const args = ['ts', '-reply', '-config', 'openssl.cnf', '-section', 'tsa', '-queryfile', query];
      const body = await runProgram('openssl', args, { cwd: folder });
      return { type: 'application/timestamp-reply', body };
    } finally {
      await rm(join(folder, query));
    }
  });
  lastStamp = stamp.catch(() => undefined);
  return stamp;
}

async function publicFile(service: Service, name: string): Promise<Answer> {
  const type = service === 'crl' ? 'application/pkix-crl' : 'application/pkix-cert';
  return { type, body: await readFile(join(folder, 'public', service, name)) };
}

async function requestBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > requestLimit) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The path's first part names the service; the rest a file or, for OCSP by GET (RFC 6960 A.1), the request in base64. */
function parsePath(url: string): { service: Service; rest: string } | null {
  const [, name, rest = ''] = /^\/([a-z]+)(?:\/(.*))?$/.exec(url) ?? [];
  const service = services.find((known) => known === name);
  return service ? { service, rest: decodeURIComponent(rest) } : null;
}

async function answer(service: Service, rest: string, request: IncomingMessage): Promise<Answer | null> {
  if (service === 'crl' || service === 'crt') {
    return request.method === 'GET' && /^[a-z]+\.cr[lt]$/.test(rest) ? publicFile(service, rest) : null;
  }
  if (service === 'ocsp' && request.method === 'GET') return ocspAnswer(Buffer.from(rest, 'base64'));
  if (request.method !== 'POST') return null;
  const body = await requestBody(request);
  return service === 'ocsp' ? ocspAnswer(body) : stampAnswer(body);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = parsePath(request.url ?? '');
  if (!path) {
    response.writeHead(404).end();
    return;
  }
  control.countRequest(path.service);
  switch (control.behaviour(path.service)) {
    case 'refuse':
      request.socket.destroy();
      return;
    case 'stall':
      return;
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>Wi-Fi</h1></html>');
      return;
    case 'normal':
  }
  try {
    const found = await answer(path.service, path.rest, request);
    if (!found) response.writeHead(404).end();
    else {
      const headers = { 'content-type': found.type, 'content-length': found.body.length };
      response.writeHead(200, headers).end(found.body);
    }
  } catch {
    // Like the government's service, which answers 400 to what isn't a request.
    response.writeHead(400).end();
  }
}

const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => port.postMessage({ port: (server.address() as AddressInfo).port }));
port.once('message', () => {
  server.close(() => port.close());
  server.closeAllConnections();
});
