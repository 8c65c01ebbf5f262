import * as z from 'zod';
import { failure } from './failure.ts';
import { instant } from './identity.ts';

/** How this desk stands with the province's server, and what its start found. */
export const connectionState = z.object({
  /** `signedOut`: nothing to be connected with. */
  status: z.enum(['online', 'offline', 'signedOut']),
  failure: failure.nullable(),
  lastContactAt: instant.nullable(),
  /** Server's clock minus this computer's, in milliseconds; shown as a warning where large, never used for order. */
  clockOffsetMs: z.number().nullable(),
  waiting: z.int().nonnegative(),
  /** Set where this profile names no server: files on this computer are what there is to work on. */
  withoutServer: z.literal(true).optional(),
  /**
   * What this start found: `store-damaged` where work was put back from the copy of day `copyDay` (empty: there was
   * none), `store-newer` where a newer program has written it and nothing can be changed here, `audit-broken` where the
   * log of what was done here isn't what was written, from its entry `at` on.
   */
  storeNotice: failure.optional(),
});
export type ConnectionState = z.infer<typeof connectionState>;
