import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import SQLite from 'better-sqlite3';
import { AppError } from '../contract/failure.ts';
import { calendarDate } from '../contract/identity.ts';
import { checkSecurityLog } from './security-log.ts';
import type { ProvinceSeed } from './seed.ts';
import { headFileOf, startServer } from './server.ts';
import type { UploadLimits } from './upload-allowance.ts';

// What is made here is this account's alone, whatever it was started under.
process.umask(0o077);

/**
 * The server as a program:
 *   node server/main.ts --data DIR --port N --anchors PEM... [--host NAME] [--origin URL] [--seed JSON]
 *     [--restored] [--allow-private] [--tls-cert PEM --tls-key PEM] [--trusted-proxy ADDRESS[/BITS]...]
 *     [--log-head FILE] [--uploads-a-day N] [--upload-bytes-a-day N] [--obsolete-hash-until DATE]
 *   node server/main.ts --data DIR [--log-head FILE] --check-log
 * Its first line on standard output is {"url": "..."}; SIGTERM and SIGINT close it. `--check-log` says whether the
 * security log is whole: exit 0, or 1 with the fault and where it is.
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
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    'trusted-proxy': { type: 'string', multiple: true, default: [] },
    'log-head': { type: 'string' },
    'uploads-a-day': { type: 'string' },
    'upload-bytes-a-day': { type: 'string' },
    'obsolete-hash-until': { type: 'string' },
    'check-log': { type: 'boolean', default: false },
  },
});

function certificatesIn(path: string): X509Certificate[] {
  const blocks = readFileSync(path, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  if (!blocks) throw new AppError('file-unreadable', { path });
  return blocks.map((block) => new X509Certificate(block));
}

function tls(certificateFile: string | undefined, keyFile: string | undefined) {
  if (certificateFile === undefined && keyFile === undefined) return {};
  if (certificateFile === undefined || keyFile === undefined)
    throw new AppError('input-invalid', { field: 'tls' });
  return { tls: { certificate: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') } };
}

function count(option: 'uploads-a-day' | 'upload-bytes-a-day'): number | undefined {
  const value = values[option];
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new AppError('input-invalid', { field: option });
  return Number(value);
}

function uploadLimits(): Partial<UploadLimits> {
  const filesADay = count('uploads-a-day');
  const bytesADay = count('upload-bytes-a-day');
  return { ...(filesADay && { filesADay }), ...(bytesADay && { bytesADay }) };
}

/** The last day on which SHA-1 is put up with. */
function obsoleteHash(): { obsoleteHashUntil?: string } {
  const value = values['obsolete-hash-until'];
  if (value === undefined) return {};
  if (!calendarDate.safeParse(value).success)
    throw new AppError('input-invalid', { field: 'obsolete-hash-until' });
  return { obsoleteHashUntil: value };
}

if (values['check-log'] && values.data) {
  const place = { dataDir: values.data, ...(values['log-head'] && { logHeadFile: values['log-head'] }) };
  const database = new SQLite(join(values.data, 'province.db'), { readonly: true, fileMustExist: true });
  const state = checkSecurityLog(database, headFileOf(place));
  database.close();
  process.stdout.write(`${JSON.stringify(state)}\n`);
  process.exit(state.whole ? 0 : 1);
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
    trustedProxies: values['trusted-proxy'],
    uploadLimits: uploadLimits(),
    ...obsoleteHash(),
    ...tls(values['tls-cert'], values['tls-key']),
    ...(values['log-head'] === undefined ? {} : { logHeadFile: values['log-head'] }),
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
