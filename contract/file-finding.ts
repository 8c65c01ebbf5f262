import * as z from 'zod';
import { failureParams } from './failure.ts';

/**
 * What a file holds that could deceive whoever looks at it, signed or not: found before a signature is made, and named beside the
 * verdict afterwards. People sign what they see; these are the places where two people, or two programs, may see different things.
 */
export const fileFindingCodes = [
  /** Another program shows other pages, text or pictures than we read (`reader`, `page`). */
  'reading-differs',
  /** Programs read the structure differently (`detail`). */
  'structure-ambiguous',
  /** The hints of a linearized file aren't true (ISO 32000-2, Annex F), so that some programs show its first part alone. */
  'linearization-untrue',
  /** A picture that the window can't show (`page`, `pixels`). */
  'picture-not-shown',
  /** A page that the window can't show whole (`page`). */
  'page-not-shown',
  /** Scripts and actions that run without being asked for (`kind`). */
  'active-content',
  /** Files inside the file (`name`). */
  'embedded-file',
  /** Layers, annotations or fields that show only in print, on the screen, or when switched on (`name`). */
  'hidden-content',
  /** The comparison with another program's reading could not be finished (`pages` of `all` were compared). */
  'reading-unfinished',
] as const;
export const fileFindingCode = z.enum(fileFindingCodes);
export type FileFindingCode = z.infer<typeof fileFindingCode>;

/** `blocks`: nobody signs it as it is, and no verdict on it is `valid`. `warns`: told in plain words before a signature, and beside it. */
export const fileFinding = z.object({
  code: fileFindingCode,
  weight: z.enum(['blocks', 'warns']),
  /** From 1; null where it concerns the file as a whole. */
  page: z.int().min(1).nullable(),
  params: failureParams,
});
export type FileFinding = z.infer<typeof fileFinding>;
