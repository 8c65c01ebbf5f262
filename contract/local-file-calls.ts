import { oc } from '@orpc/contract';
import * as z from 'zod';
import { batchState } from './batch.ts';
import { failure } from './failure.ts';
import { documentId, fileDigest } from './identity.ts';
import { localFile, localFiles, mostFiles } from './local-file.ts';
import { stampWish } from './signing-act.ts';
import { plannedPlace, stampPlace } from './stamp-place.ts';
import { keyReference } from './token.ts';

const base = oc.errors({ FAILURE: { data: failure } });
const byId = z.object({ id: documentId });
const savedPath = z.object({ path: z.string().max(4096).nullable() });

/** The file whose pages were drawn when the person pressed. */
const onShown = byId.extend({ digest: fileDigest });

/**
 * Files on this computer: no session and no server is needed. The page never names a path: what may be opened was
 * dropped on the window, chosen in the shell's dialog, handed over by the system, or opened before. A report, a flat
 * copy and the document as it was signed are asked for with the calls of `documents`, which take these ids, too.
 */
export const files = {
  list: base.input(z.object({})).output(localFiles),
  /** Fails with `file-missing` for one that isn't open. */
  get: base.input(byId).output(localFile),
  /**
   * Has the shell ask the person for files, or for a folder; what they chose is told as the list's arrival. False
   * where they think better of it, or there is no shell.
   */
  pick: base.input(z.object({ what: z.enum(['files', 'folder']) })).output(z.object({ picked: z.boolean() })),
  /** Opens one of the recent files again. */
  reopen: base.input(byId).output(byId),
  /** Takes files off the list; they stay where they lie. One that is `unsaved` stays, too. */
  close: base.input(z.object({ ids: z.array(documentId).min(1).max(mostFiles) })).output(localFiles),
  /** Takes a file off the recent ones. */
  forget: base.input(byId).output(localFiles),
  /** Works its verdict out anew: there is a line now, perhaps. */
  checkAgain: base.input(byId).output(localFile),
  /**
   * Where that stamp would stand with this key's certificate, before anybody types a PIN. Fails as reading a PDF, and
   * as a token does.
   */
  place: base.input(byId.extend({ stamp: stampWish, key: keyReference })).output(plannedPlace),
  /**
   * Signs once the person has agreed in the shell's window, and saves the result beside the file under a name that
   * was free; the answer is the signed file. Fails with `document-changed` where the file is another than was shown,
   * as `documents.approve` does, and never as saving: what can't be saved beside stays `unsaved`.
   */
  sign: base
    .input(
      onShown.extend({
        stamp: stampWish,
        key: keyReference,
        place: stampPlace.optional(),
      }),
    )
    .output(localFile),
  /** The same for many, with one PIN; goes on as `batch` does. Fails as `batch.start` does. */
  signAll: base
    .input(
      z.object({
        items: z.array(onShown).min(1).max(mostFiles),
        stamp: stampWish,
        key: keyReference,
      }),
    )
    .output(batchState),
  /**
   * Saves the file where the person says in the shell's dialog; null where they think better of it, or there is no
   * shell. Fails as writing a file does.
   */
  saveAs: base.input(byId).output(savedPath),
  /** Shows the file in the system's folder window. Fails with `file-missing` where it lies nowhere. */
  reveal: base.input(byId).output(z.object({})),
};
