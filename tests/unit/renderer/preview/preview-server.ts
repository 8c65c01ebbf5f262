import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { contentPolicy } from '../../../../electron/page-files.ts';
import { pdfjsAssets } from '../../../../scripts/pdfjs-assets.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

export interface Preview {
  url: string;
  folder: string;
  close(): Promise<void>;
}

/** Builds the window with the fake core behind it and serves it, with the shell's own content policy. */
export async function startPreview(pdf: string): Promise<Preview> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'antin-preview-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    base: './',
    publicDir: fileURLToPath(new URL('../../../../renderer/public', import.meta.url)),
    plugins: [react(), pdfjsAssets()],
    build: { outDir: folder, emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0 },
  });
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file =
      name === '/sample.pdf' ? pdf : path.join(folder, path.normalize(name === '/' ? 'index.html' : name));
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const answer = async () => {
      const headers = {
        'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
        'Content-Security-Policy': contentPolicy,
      };
      if (range) {
        const [start, end] = [Number(range[1]), Math.min(Number(range[2]), (await stat(file)).size - 1)];
        const handle = await open(file);
        const bytes = Buffer.alloc(end - start + 1);
        await handle.read(bytes, 0, bytes.length, start);
        await handle.close();
        response.writeHead(206, { ...headers, 'Content-Length': bytes.length }).end(bytes);
        return;
      }
      const bytes = await readFile(file);
      response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    };
    answer().catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    folder,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
