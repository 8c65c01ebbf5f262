import type { ActRunner } from './act-runner.ts';
import type { Directory } from './directory.ts';
import type { Documents } from './documents.ts';
import type { FileStore } from './file-store.ts';
import type { Register } from './register.ts';
import type { SignedFileCheck } from './signed-file-check.ts';

/** What acts are done with, on outgoing and incoming documents alike. */
export interface ActParts {
  readonly runner: ActRunner;
  readonly documents: Documents;
  readonly register: Register;
  readonly files: FileStore;
  readonly directory: Directory;
  readonly signedFileCheck: SignedFileCheck;
}
