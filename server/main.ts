import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../contract/failure.ts';
import type { ProvinceSeed } from './seed.ts';
import { startServer } from './server.ts';

// What is made here is this account's alone, whatever it was started under.
process.umask(0o077);

/**
 * The server as a program:
 *   node server/main.ts --data DIR --port N --anchors PEM... [--host NAME] [--origin URL] [--seed JSON]
 *     [--restored] [--allow-private]
 * Its first line on standard output is {"url": "..."}; SIGTERM and SIGINT close it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    origin: { type: 'string' },
    anchors: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    restored: { type: 'boolean', default: false },
    'allow-private': { type: 'boolean', default: false },
  },
});

function certificatesIn(path: string): X509Certificate[] {
  const blocks = readFileSync(path, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  if (!blocks) throw new AppError('file-unreadable', { path });
  return blocks.map((block) => new X509Certificate(block));
}

// `--anchors A B` leaves B among the positionals.
const anchorFiles = [...values.anchors, ...positionals];

if (!values.data || anchorFiles.length === 0 || !/^\d{1,5}$/.test(values.port)) {
  process.stderr.write('usage: node server/main.ts --data DIR --port N --anchors PEM...\n');
  process.exit(2);
}

try {
  const server = await startServer({
    dataDir: values.data,
    port: Number(values.port),
    host: values.host,
    anchors: anchorFiles.flatMap(certificatesIn),
    restored: values.restored,
    allowPrivate: values['allow-private'],
    ...(values.origin === undefined ? {} : { origin: values.origin }),
    ...(values.seed === undefined
      ? {}
      : {
          seed: JSON.parse(readFileSync(values.seed, 'utf8')) as ProvinceSeed,
          seedFolder: dirname(values.seed),
        }),
  });
  const close = () => {
    // The loop ends by itself once the server has let go of everything.
    server.close().catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
} catch (error) {
  const { code, params } = AppError.from(error);
  process.stderr.write(`${JSON.stringify({ code, params, error: String(error) })}\n`);
  process.exit(1);
}
