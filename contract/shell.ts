import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failure } from './failure.ts';
import { fileDigest } from './identity.ts';

/**
 * What the shell (Electron's main process) and the core ask of each other. Channel names, as the shell offers them:
 * `desktop` and `core` are served by the core, `shell` by the shell, `token` joins core and token process.
 */
const base = oc.errors({ FAILURE: { data: failure } });

export const channelNames = ['desktop', 'core', 'shell', 'token'] as const;
export type ChannelName = (typeof channelNames)[number];

/** Shell asks core. */
export const coreContract = {
  /** Where a file's bytes lie, for `doc://file/{digest}`; the core alone knows and checks. */
  locateFile: base
    .input(z.object({ digest: fileDigest }))
    .output(z.object({ path: z.string(), bytes: z.int().nonnegative() })),
  /** Finishes what is at hand, checkpoints the databases and ends the process. */
  shutDown: base.input(z.object({})).output(z.object({})),
};

/** Core asks shell. */
export const shellContract = {
  /** Starts the token process and offers the core a `token` channel to it; a running one is ended first. */
  startToken: base.input(z.object({})).output(z.object({})),
  /** Ends it at once: for a driver that hangs. */
  killToken: base.input(z.object({})).output(z.object({})),
};

/**
 * What the shell tells the page, as a window message that the preload script passes on. `desktop` brings one MessagePort
 * (`event.ports[0]`), joined to the core: the page's one connection, which takes the place of any it had before.
 * `coreStopped`: that connection is dead, and a new one comes by itself.
 */
export type PageMessage = { antin: 'desktop' } | { antin: 'coreStopped'; retryInMs: number };
