import * as z from 'zod';
import { instant } from './identity.ts';

/** Whom an office trusts (TT 15/2025 Đ5 K4, Đ6 K2): nothing is valid that doesn't lead to one of these. */

/** SHA-256 of a certificate's DER, lower-case hexadecimal: what an office compares over the telephone. */
export const certificateFingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** A certificate that may be trusted: what a person decides by. */
export const anchorCertificate = z.object({
  fingerprint: certificateFingerprint,
  subject: z.string(),
  organisation: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: instant,
  notAfter: instant,
  /** It signs itself; otherwise it is an authority below somebody's root. */
  isRoot: z.boolean(),
  /** The state's authority that is known by this fingerprint; null where it is none of the known ones. */
  knownAs: z.string().nullable(),
});
export type AnchorCertificate = z.infer<typeof anchorCertificate>;

/** `configured`: whoever set the program up named it in config.json, and only there it can be taken away. */
export const trustAnchor = anchorCertificate.extend({
  source: z.enum(['configured', 'added']),
  addedAt: instant.nullable(),
  /** The name of the person who added it. */
  addedBy: z.string().nullable(),
});
export type TrustAnchor = z.infer<typeof trustAnchor>;

/**
 * One of the state's authorities that isn't trusted yet: added by its fingerprint, its certificate is fetched from
 * `url`.
 */
export const knownAuthority = z.object({
  fingerprint: certificateFingerprint,
  name: z.string(),
  url: z.string(),
});
export type KnownAuthority = z.infer<typeof knownAuthority>;

export const trustState = z.object({
  anchors: z.array(trustAnchor).max(256),
  known: z.array(knownAuthority).max(64),
  /**
   * In the database, but not put there by this program in this profile: nothing rests on them until a person adds
   * them anew.
   */
  unconfirmed: z.array(trustAnchor).max(64).optional(),
});
export type TrustState = z.infer<typeof trustState>;
