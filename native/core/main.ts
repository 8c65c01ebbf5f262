import { RPCHandler } from '@orpc/server/message-port';
import type { Channel } from '../../contract/channel.ts';
import { AppError } from '../../contract/failure.ts';
import { listenToParent } from '../process/parent.ts';
import { Reader } from '../reading/index.ts';
import { extendPdf } from '../signing/long-term/extend-pdf.ts';
import { signPdf } from '../signing/sign-pdf.ts';
import { TimeStampAuthority } from '../signing/time-stamp/authority.ts';
import { ForkedTokenHost } from '../token/forked-token-host.ts';
import { TokenClient } from '../token/token-client.ts';
import type { TokenHost } from '../token/token-host.ts';
import { HttpFetcher, validateCertificate, verifyPdf } from '../verification/index.ts';
import { type CoreConfig, readConfig } from './config.ts';
import { Core } from './core.ts';
import { coreRouter } from './core-router.ts';
import { desktopRouter } from './desktop-router.ts';
import { failureSeam } from './failure-seam.ts';
import { Log } from './log.ts';
import type { CoreParts, StampPdf } from './ports.ts';
import { connectShell } from './shell-client.ts';
import { ShellPerson } from './shell-person.ts';
import { ShellTokenHost } from './shell-token-host.ts';

// What is made here is this account's alone, whatever it was started under.
process.umask(0o077);
const log = new Log();

/** The shell starts the token process where there is a shell; without one the core starts it itself. */
let shellHost: ShellTokenHost | undefined;
let person: ShellPerson | null = null;
const tokenHost: TokenHost = {
  start: () => (shellHost ?? new ForkedTokenHost()).start(),
  startProbe: () => (shellHost ?? new ForkedTokenHost()).startProbe(),
};

/** Time for the last answer to leave the pipe; it can't be asked when it has. */
const farewellMs = 100;

async function openCore(): Promise<Core> {
  const [, , profile] = process.argv;
  if (profile === undefined) throw new AppError('input-invalid', { setting: 'profile' });
  const config = await readConfig(profile);
  const tokens = new TokenClient(tokenHost);
  const fetcher = new HttpFetcher({ allowPrivate: config.allowPrivateNetworks });
  const reader = new Reader();
  const parts: CoreParts = {
    tokens,
    signPdf,
    verifyPdf: (path, options) => verifyPdf(path, { ...options, fetcher }),
    readPdf: (path, options) => reader.read(path, options),
    validateCertificate: (certificate, options) => validateCertificate(certificate, { ...options, fetcher }),
    stampPdf: stampPdf(config, fetcher),
    fetcher,
    now: () => new Date(),
    filePicker: () => person,
    person: () => person,
  };
  return Core.open(config, parts, log);
}

function stampPdf({ tsaUrl }: CoreConfig, fetcher: HttpFetcher): StampPdf | null {
  if (tsaUrl === undefined) return null;
  return ({ anchors, ...job }) => {
    const trust = { anchors, fetcher };
    const authority = new TimeStampAuthority({ url: tsaUrl, trust });
    return extendPdf({ ...job, level: 't', authority, trust });
  };
}

const opening = openCore();
opening.catch((error) => log.failure('core.open', error));

function end(): void {
  setTimeout(() => process.exit(0), farewellMs);
}

/** The parent is gone: nobody will ever ask again, and the stores must be closed cleanly. */
async function endOrphaned(): Promise<void> {
  try {
    await (await opening).close();
  } finally {
    process.exit(0);
  }
}

const interceptors = [failureSeam(log)];
const desktop = new RPCHandler(desktopRouter(opening), { clientInterceptors: interceptors });
const core = new RPCHandler(coreRouter(opening, end), { clientInterceptors: interceptors });

function onChannel(name: string, channel: Channel): void {
  switch (name) {
    case 'desktop':
      desktop.upgrade(channel);
      break;
    case 'core':
      core.upgrade(channel);
      break;
    case 'shell': {
      const shell = connectShell(channel);
      shellHost = new ShellTokenHost(shell);
      person = new ShellPerson(shell);
      break;
    }
    case 'token':
    case 'probe':
      shellHost?.offer(name, channel);
      break;
    default:
      log.info('channel.unknown', { channel: name });
  }
}

listenToParent(onChannel, () => void endOrphaned());
// A fault in something that nobody waits for must leave a line; the stores are safe at any moment, so the process may
// end.
process.on('uncaughtException', (error) => {
  log.failure('uncaught', error);
  process.exit(1);
});
