import type { X509Certificate } from 'node:crypto';
import {
  createServer,
  type ServerOptions as HttpServerOptions,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HeadFile } from '../native/audit/head-file.ts';
import { makePrivate } from '../native/disk/private-folder.ts';
import { ActRunner } from './act-runner.ts';
import { CertificateIdentityCheck } from './certificate-identity-check.ts';
import { CertificateWatch } from './certificate-watch.ts';
import { Challenges } from './challenges.ts';
import { ChangeFeed } from './change-feed.ts';
import { ChangeLog } from './change-log.ts';
import { ClientAddress } from './client-address.ts';
import type { Clock } from './clock.ts';
import { type Database, openDatabase, renewEpoch } from './database.ts';
import { Directory } from './directory.ts';
import { Documents } from './documents.ts';
import { FileRoutes } from './file-routes.ts';
import { FileStore } from './file-store.ts';
import { lockFolder } from './folder-lock.ts';
import type { IdentityCheck } from './identity-check.ts';
import { IncomingActs } from './incoming-acts.ts';
import { openApiDocument } from './openapi-document.ts';
import { OutgoingActs } from './outgoing-acts.ts';
import { PdfSignedFileCheck } from './pdf-signed-file-check.ts';
import { provinceTrust } from './province-trust.ts';
import { Receipts } from './receipts.ts';
import { Register } from './register.ts';
import { requestListener } from './request-listener.ts';
import { SecurityLog } from './security-log.ts';
import { type ProvinceSeed, plantSeed } from './seed.ts';
import { describeError, type Log, logToStandardError } from './server-log.ts';
import { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import type { SignedFileCheck } from './signed-file-check.ts';
import { ordinaryLimits, UploadAllowance, type UploadLimits } from './upload-allowance.ts';

export interface ServerOptions {
  /** Where the database and the files are kept; made if it isn't there. */
  dataDir: string;
  /** 0 for any free one. */
  port: number;
  /** 127.0.0.1 by default: in front of it stands whatever ends TLS. */
  host?: string;
  /**
   * What clients call this server, as in their settings: https://vanban.example.gov.vn. Statements to sign in name
   * it.
   */
  origin?: string;
  /** The roots that certificates must lead to. */
  anchors: readonly X509Certificate[];
  /** The authorities' responders stand in a private network, as a province's own may. */
  allowPrivate?: boolean;
  seed?: ProvinceSeed;
  /** The folder that the seed's relative paths start from. */
  seedFolder?: string;
  /** The database was put back from a copy: all clients are to read afresh. */
  restored?: boolean;
  /** PEM. Where it is left out, the server speaks plain HTTP, and whatever stands in front of it ends TLS. */
  tls?: { readonly certificate: string; readonly key: string };
  /** Proxies that are believed when they say whom a request comes from: addresses or networks. */
  trustedProxies?: readonly string[];
  /** Where the security log's head is kept; on another disk it is of most use. By default in the data folder. */
  logHeadFile?: string;
  uploadLimits?: Partial<UploadLimits>;
  /** The last day on which documents signed with SHA-1 are registered, in Viet Nam (YYYY-MM-DD). */
  obsoleteHashUntil?: string;
  identityCheck?: IdentityCheck;
  signedFileCheck?: SignedFileCheck;
  clock?: Clock;
  log?: Log;
}

export interface RunningServer {
  /** http://HOST:PORT or https://HOST:PORT, where it listens. */
  url: string;
  /** Answers who waits, finishes what is under way, closes the database. */
  close(): Promise<void>;
}

/** What is opened in the data folder by its name. */
const ownNames = ['province.db', 'server.lock', 'files'] as const;
const closeGraceMs = 5000;
const sweepMs = 6 * 60 * 60 * 1000;

/**
 * Starts a provincial document server. Fails with `store-damaged` {reason: 'in-use'} where another server has the
 * folder, with `store-newer`, with `store-exposed` where the folder isn't this account's alone, or with the failure
 * of its seed.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, clock = () => new Date(), log = logToStandardError } = options;
  makePrivate(dataDir, ownNames);
  const lock = lockFolder(dataDir);
  let database: Database | null = null;
  try {
    database = openDatabase(join(dataDir, 'province.db'));
    if (options.restored) renewEpoch(database);
    return await serve(options, { database, clock, log, release: () => lock.release() });
  } catch (error) {
    database?.close();
    lock.release();
    throw error;
  }
}

async function serve(
  options: ServerOptions,
  base: { database: Database; clock: Clock; log: Log; release(): void },
): Promise<RunningServer> {
  const { database, clock, log } = base;
  const changeLog = new ChangeLog(database);
  const documents = new Documents(database, changeLog);
  const directory = new Directory(database);
  const files = new FileStore(database, join(options.dataDir, 'files'), clock);
  const seedTarget = { database, log: changeLog, documents, directory, files, clock };
  if (options.seed) await plantSeed(options.seed, seedTarget, options.seedFolder);

  const trust = provinceTrust(options.anchors, options.allowPrivate ?? false);
  const identityCheck = options.identityCheck ?? new CertificateIdentityCheck(trust);
  const signedFileCheck =
    options.signedFileCheck ?? new PdfSignedFileCheck(trust, { obsoleteUntil: options.obsoleteHashUntil });
  const receipts = new Receipts(database);
  const register = new Register(database);
  const securityLog = new SecurityLog(database, headFileOf(options), clock);
  const watch = new CertificateWatch(identityCheck, directory, clock);
  const sessions = new Sessions({ database, directory, watch, securityLog, clock });
  const uploads = new UploadAllowance({
    ...{ database, clock, folder: options.dataDir },
    limits: { ...ordinaryLimits, ...options.uploadLimits },
  });
  const runner = new ActRunner(changeLog, receipts, clock);
  const actParts = { runner, documents, register, files, directory, signedFileCheck };
  const feed = new ChangeFeed({ database, documents, log: changeLog, clock });
  let origin = options.origin ?? '';
  const challenges = new Challenges(() => origin, clock);
  let openApi: Promise<unknown> | null = null;

  const listener = requestListener({
    log,
    sessions,
    receipts,
    feed,
    securityLog,
    clientAddress: new ClientAddress(options.trustedProxies ?? []),
    signIn: new SignIn({ challenges, sessions, directory, identityCheck, watch, securityLog, clock }),
    outgoing: new OutgoingActs(actParts),
    incoming: new IncomingActs(actParts),
    files: new FileRoutes(files, uploads),
    probe: () => void database.prepare('SELECT 1').get(),
    openApi: () => {
      openApi ??= openApiDocument(origin);
      return openApi;
    },
  });

  const http = serverOf(options, {
    // A slow line may take its time over 50 MB; a header may not. What stands still is cut by the routes themselves.
    requestTimeout: 30 * 60 * 1000,
    headersTimeout: 15_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
  });
  const running = new Set<Promise<void>>();
  const accept = (request: IncomingMessage, response: ServerResponse) => {
    const work = listener(request, response).finally(() => running.delete(work));
    running.add(work);
  };
  http.on('request', accept);
  // Without this, Node would ask for the body of an upload before anyone has looked at its bearer.
  http.on('checkContinue', accept);
  const url = await listen(http, options);
  origin ||= url;

  beginLog(securityLog, options, log);
  const sweep = () => {
    try {
      files.sweep();
      uploads.sweep();
      // On standard error, which whoever runs this keeps elsewhere: there it can't be changed from here.
      log({ level: 'info', event: 'security-log', ...securityLog.head });
    } catch (error) {
      // Left for the next turn: rubbish that stays is no reason to stop serving.
      log({ level: 'error', event: 'sweep-failed', ...describeError(error) });
    }
  };
  sweep();
  const sweeping = setInterval(sweep, sweepMs).unref();
  log({ level: 'info', event: 'listening', url });

  let closing: Promise<void> | null = null;
  return {
    url,
    close: () => {
      closing ??= (async () => {
        clearInterval(sweeping);
        feed.close();
        await closeHttp(http, running);
        securityLog.add({ event: 'stop', who: null, detail: {} });
        securityLog.mark(true);
        database.pragma('wal_checkpoint(TRUNCATE)');
        database.close();
        base.release();
        log({ level: 'info', event: 'closed' });
      })();
      return closing;
    },
  };
}

/** The log's head, where these options have it kept. */
export function headFileOf({
  dataDir,
  logHeadFile,
}: Pick<ServerOptions, 'dataDir' | 'logHeadFile'>): HeadFile {
  return new HeadFile(logHeadFile ?? join(dataDir, 'security-log.head'), null);
}

/**
 * Says whether the log is what the last run left, and goes on with it either way: what follows must be written down,
 * too.
 */
function beginLog(securityLog: SecurityLog, { anchors }: ServerOptions, log: Log): void {
  const state = securityLog.check();
  if (!state.whole) log({ level: 'error', event: 'security-log-broken', fault: state.fault, at: state.at });
  const found = state.whole ? { whole: true } : { whole: false, fault: state.fault, at: state.at };
  securityLog.add({ event: 'start', who: null, detail: found });
  const trusted = anchors
    .map(({ fingerprint256 }) => fingerprint256.replaceAll(':', '').toLowerCase())
    .sort();
  securityLog.noteTrust(trusted);
  securityLog.mark(false);
}

function serverOf({ tls }: ServerOptions, settings: HttpServerOptions): Server {
  if (!tls) return createServer(settings);
  const { certificate: cert, key } = tls;
  return createTlsServer({ ...settings, cert, key, minVersion: 'TLSv1.2' });
}

function listen(http: Server, { port, host = '127.0.0.1', tls }: ServerOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.removeListener('error', reject);
      const name = host.includes(':') ? `[${host}]` : host;
      resolve(`${tls ? 'https' : 'http'}://${name}:${(http.address() as AddressInfo).port}`);
    });
  });
}

/**
 * Takes no more requests and lets those under way finish, their clean-up included: the database must outlive them.
 * Whoever is still sending or reading after five seconds is cut off; a check that hangs beyond that is left behind.
 */
async function closeHttp(http: Server, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await settled(running);
  http.closeAllConnections();
  await settled(running);
  await closed;
}

async function settled(running: ReadonlySet<Promise<void>>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, closeGraceMs);
  await Promise.race([Promise.all(running), late]);
  clearTimeout(timer);
}
