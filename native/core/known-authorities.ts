import * as z from 'zod';
import { certificateFingerprint, type KnownAuthority } from '../../contract/trust.ts';
import file from '../../resources/trust-anchors.json' with { type: 'json' };

const known = z.object({
  authorities: z.array(
    z.object({
      name: z.string().min(1),
      sha256: certificateFingerprint,
      url: z.url({ protocol: /^https?$/ }),
    }),
  ),
});

/**
 * The state's authorities by fingerprint. None of them is trusted by itself: an office adds it, and then what came over the
 * network or out of a file must be that very certificate.
 */
export const knownAuthorities: readonly KnownAuthority[] = known
  .parse(file)
  .authorities.map(({ name, sha256, url }) => ({ fingerprint: sha256, name, url }));
