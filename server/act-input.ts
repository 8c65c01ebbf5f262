import type { DocumentId, IdempotencyKey } from '../contract/identity.ts';

/** What every act says: which document, decided on at which version, under which idempotency key. */
export interface ActInput {
  id: DocumentId;
  key: IdempotencyKey;
  version: number;
}
