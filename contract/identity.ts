import * as z from 'zod';

/** Ids are branded so that, say, a document's id can't be passed where a file's digest is meant. */
export const documentId = z.uuid().brand<'DocumentId'>();
export type DocumentId = z.infer<typeof documentId>;

/** Minted (UUIDv7) when the intention to send arises, stored with it, and sent unchanged on every try. */
export const idempotencyKey = z.uuid().brand<'IdempotencyKey'>();
export type IdempotencyKey = z.infer<typeof idempotencyKey>;

export const personId = z.string().min(1).max(64).brand<'PersonId'>();
export type PersonId = z.infer<typeof personId>;

/** QĐ 20/2020/QĐ-TTg: dotted, top down, such as H56.01.02. Legacy codes of QCVN 102:2016 (13 characters) fit, too. */
export const agencyCode = z
  .string()
  .regex(/^[A-Z0-9]{1,4}(\.[A-Z0-9]{1,4}){0,5}$/)
  .brand<'AgencyCode'>();
export type AgencyCode = z.infer<typeof agencyCode>;

/** SHA-256 of a file's bytes, lower-case hexadecimal: a file's name on disk, in `doc://` and on the server. */
export const fileDigest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'FileDigest'>();
export type FileDigest = z.infer<typeof fileDigest>;

/** An instant in UTC, ISO 8601 with a final Z. */
export const instant = z.iso.datetime();

/** A calendar day in Viet Nam (UTC+7), YYYY-MM-DD. */
export const calendarDate = z.iso.date();
