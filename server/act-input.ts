import type { DocumentId, FileDigest, IdempotencyKey } from '../contract/identity.ts';

/** What every act says: which document, decided on at which version, under which idempotency key. */
export interface ActInput {
  id: DocumentId;
  key: IdempotencyKey;
  version: number;
}

/** What a person decided on: also the document's main file as it was shown to them. */
export interface DecidedInput extends ActInput {
  basedOn: FileDigest;
}
