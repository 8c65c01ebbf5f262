import * as z from 'zod';
import { instant } from './identity.ts';
import { fileVerdict } from './verdict.ts';

/**
 * What is kept of the verdict on a file (TT 15/2025 Đ5 K6, Đ6 K2): when it was found, and how many pieces it rested
 * on.
 */
export const keptEvidence = z.object({
  keptAt: instant,
  verdict: fileVerdict,
  certificates: z.int().nonnegative(),
  ocsps: z.int().nonnegative(),
  crls: z.int().nonnegative(),
});
export type KeptEvidence = z.infer<typeof keptEvidence>;
