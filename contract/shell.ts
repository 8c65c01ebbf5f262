import { oc } from '@orpc/contract';
import * as z from 'zod';
import { confirmation, confirmationAnswer, consentAnswer, consentQuestion } from './consent.ts';
import { failure } from './failure.ts';
import { fileDigest } from './identity.ts';

/**
 * What the shell (Electron's main process) and the core ask of each other. Channel names, as the shell offers them:
 * `desktop` and `core` are served by the core, `shell` by the shell, `token` joins core and token process, `probe`
 * core and the short-lived process in which a driver is tried out.
 */
const base = oc.errors({ FAILURE: { data: failure } });

export const channelNames = ['desktop', 'core', 'shell', 'token', 'probe'] as const;
export type ChannelName = (typeof channelNames)[number];

/** What the person is asked to save: decides the dialog's words and the file's kind. */
export const targetKind = z.enum(['diagnosis', 'document', 'flat-copy', 'report']);
export type TargetKind = z.infer<typeof targetKind>;

/** More paths than this are handed over in several goes. */
export const mostPaths = 500;

/** Shell asks core. */
export const coreContract = {
  /**
   * Files and folders on this computer that a person handed over: dropped on the window, or opened with the program.
   * From then on they may be opened and read.
   */
  openFiles: base
    .input(z.object({ paths: z.array(z.string().min(1).max(4096)).min(1).max(mostPaths) }))
    .output(z.object({})),
  /** Where a file's bytes lie, for `doc://file/{digest}`; the core alone knows and checks. */
  locateFile: base
    .input(z.object({ digest: fileDigest }))
    .output(z.object({ path: z.string(), bytes: z.int().nonnegative() })),
  /** The person has left the computer: ends every login on every token. */
  lockTokens: base.input(z.object({ reason: z.enum(['screenLocked', 'suspended']) })).output(z.object({})),
  /** Finishes what is at hand, checkpoints the databases and ends the process. */
  shutDown: base.input(z.object({})).output(z.object({})),
};

/** Core asks shell. */
export const shellContract = {
  /** Starts the token process and offers the core a `token` channel to it; a running one is ended first. */
  startToken: base.input(z.object({})).output(z.object({})),
  /** Ends it at once: for a driver that hangs. */
  killToken: base.input(z.object({})).output(z.object({})),
  /**
   * The same program once more, for trying a driver out: offers the core a `probe` channel to it; a running one is
   * ended first.
   */
  startProbe: base.input(z.object({})).output(z.object({})),
  killProbe: base.input(z.object({})).output(z.object({})),
  /** Asks the person for a PKCS#11 driver's file, in a dialog that belongs to the window; null where they cancel. */
  pickModule: base.input(z.object({})).output(z.object({ path: z.string().max(4096).nullable() })),
  /** The same for an authority's certificate that is to be trusted. */
  pickCertificate: base.input(z.object({})).output(z.object({ path: z.string().max(4096).nullable() })),
  /** Asks the person for documents, or for a folder of them; empty where they cancel. */
  pickDocuments: base
    .input(z.object({ what: z.enum(['files', 'folder']) }))
    .output(z.object({ paths: z.array(z.string().min(1).max(4096)).max(mostPaths) })),
  /** Shows a file in the system's folder window. */
  revealFile: base.input(z.object({ path: z.string().min(1).max(4096) })).output(z.object({})),
  /**
   * Asks the person where to save a file, in a dialog that belongs to the window and asks before it takes another
   * file's place; null where they cancel. `name` is what the file is called if they don't say otherwise, and `folder`
   * where the dialog begins: the person's documents where it is left out.
   */
  pickTarget: base
    .input(
      z.object({
        kind: targetKind,
        name: z.string().min(1).max(200),
        folder: z.string().max(4096).optional(),
      }),
    )
    .output(z.object({ path: z.string().max(4096).nullable() })),
  /**
   * Has a person agree to signatures, in a window of the shell's own; answers when they have. It then waits, showing
   * that the token is at work, for `endConsent`, or for the same question with the reason why it is asked again. One
   * at a time.
   */
  askConsent: base.input(z.object({ question: consentQuestion })).output(consentAnswer),
  /** The PIN was taken, or all is over: the window closes. Harmless where it is closed already. */
  endConsent: base.input(z.object({ id: consentQuestion.shape.id })).output(z.object({})),
  /** Has a person agree to a step with lasting consequences that takes no PIN. */
  confirm: base.input(z.object({ confirmation })).output(confirmationAnswer),
};

/**
 * What the shell tells the page, as a window message that the preload script passes on. `desktop` brings one
 * MessagePort (`event.ports[0]`), joined to the core: the page's one connection, which takes the place of any it had
 * before. `coreStopped`: that connection is dead, and a new one comes by itself.
 */
export type PageMessage = { antin: 'desktop' } | { antin: 'coreStopped'; retryInMs: number };
