import * as z from 'zod';
import { documentFile } from './document.ts';
import { keptEvidence } from './evidence.ts';
import { failure } from './failure.ts';
import { fileFinding } from './file-finding.ts';
import { documentId, fileDigest, instant } from './identity.ts';
import { line } from './plain-text.ts';
import { fileVerdict, verificationReport } from './verdict.ts';

/** More are worked through in several goes. */
export const mostFiles = 500;

/**
 * How a file on this computer stands. `opening`: it is being copied into the store, so that what is shown is what is
 * signed. `refused`: it can't be opened, `failure` says why. `unsaved`: it was signed here and couldn't be written
 * where it belongs; it is kept until somebody saves it.
 */
export const localFileState = z.enum(['opening', 'refused', 'open', 'unsaved']);

const common = {
  /** Of the same kind as a document's, so that progress and batches can name either; means nothing to the server. */
  id: documentId,
  name: line(255),
  /** Where it lies; null for one that was signed here and lies nowhere yet. */
  folder: z.string().max(4096).nullable(),
  state: localFileState,
  failure: failure.nullable(),
  openedAt: instant,
  /** The file that it was made from by signing here; null for one that was opened. */
  signedFrom: documentId.nullable(),
};

/** A file on this computer with its verdict. */
export const localFile = z.object({
  ...common,
  /** Null unless it is `open` or `unsaved`. */
  file: documentFile.nullable(),
  verification: verificationReport.nullable(),
  /** There is no verdict, and there won't be one before the next start. */
  checkFailed: z.boolean(),
  evidence: keptEvidence.nullable(),
  /** In the answer to `sign`: signed, with something to know, as `certificate-unchecked`. */
  warning: failure.nullable().optional(),
});
export type LocalFile = z.infer<typeof localFile>;

/** A line of the list of opened files; `failure` also says why one can't be read. */
export const localFileCard = z.object({
  ...common,
  digest: fileDigest.nullable(),
  /** Null until it has been worked out. */
  verdict: fileVerdict.nullable(),
  findings: z.array(fileFinding).max(100).optional(),
});
export type LocalFileCard = z.infer<typeof localFileCard>;

/** A file that was opened or saved before, kept in the profile. */
export const recentFile = z.object({
  id: documentId,
  name: line(255),
  folder: z.string().max(4096),
  openedAt: instant,
  /** It isn't where it was. */
  isMissing: z.boolean(),
});
export type RecentFile = z.infer<typeof recentFile>;

export const localFiles = z.object({
  /** The newest first. */
  files: z.array(localFileCard).max(2000),
  recent: z.array(recentFile).max(20),
  /** What was handed over last, by dropping, by the system or in a dialog; `number` rises with each time. */
  arrival: z.object({ number: z.int().nonnegative(), ids: z.array(documentId).max(mostFiles) }),
});
export type LocalFiles = z.infer<typeof localFiles>;
