import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

/**
 * What the page may do. `wasm-unsafe-eval`: PDF.js decodes images with WebAssembly; blob: and data: are its fonts' and
 * images' way onto the page, and React's inline style attributes are set by script, which CSP doesn't count. Nothing
 * but the page's own files and the core's documents can be reached.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data: blob:",
  "connect-src 'self' doc:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.icc': 'application/vnd.iccprofile',
};

const headers = {
  'Content-Security-Policy': contentPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function refuse(status: number): Response {
  return new Response(null, { status, headers });
}

/**
 * Answers requests to `origin` from the built page's folder and from nowhere else: a path that leads out of the
 * folder, by dots, by an encoded separator or by a link, is as unknown as a file that isn't there.
 */
export async function answerPage(request: Request, folder: string, origin: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const url = new URL(request.url);
  if (`${url.protocol}//${url.host}` !== origin) return refuse(404);
  const file = await fileWithin(folder, url.pathname);
  const contentType = file && contentTypes[path.extname(file)];
  if (!file || !contentType) return refuse(404);
  try {
    const bytes = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
      headers: { ...headers, 'Content-Type': contentType, 'Content-Length': String(bytes.length) },
    });
  } catch {
    return refuse(404);
  }
}

async function fileWithin(folder: string, pathname: string): Promise<string | null> {
  try {
    const name = decodeURIComponent(pathname);
    // A NUL ends the name for the system but not for us; a backslash is a separator on Windows alone.
    if (/[\0\\]/.test(name)) return null;
    const home = await realpath(folder);
    const file = await realpath(path.join(home, name === '/' ? '/index.html' : name));
    return file.startsWith(home + path.sep) ? file : null;
  } catch {
    return null;
  }
}
