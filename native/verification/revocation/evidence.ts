/** What one trustworthy statement about a certificate's status says. */
export type Evidence =
  | { readonly status: 'good'; readonly thisUpdate: Date; readonly nextUpdate: Date | null }
  | {
      readonly status: 'revoked';
      readonly revokedAt: Date;
      readonly thisUpdate: Date;
      readonly nextUpdate: Date | null;
    };

const minute = 60_000;
/** Clocks of responders and offices differ. */
export const clockSkewMs = 5 * minute;
/** How long a statement without nextUpdate ("newer ones are always at hand", RFC 6960, 4.2.2.1) stays of use. */
const openEndedMs = 60 * minute;

/**
 * Whether a statement speaks of the instant `at`: issued after it, or issued before and not yet run out then. `now` is the real
 * clock: a statement from the future is refused.
 */
export function speaksOf(
  { thisUpdate, nextUpdate }: { thisUpdate: Date; nextUpdate: Date | null },
  at: Date,
  now: Date,
): boolean {
  if (thisUpdate.getTime() > Math.max(now.getTime(), at.getTime()) + clockSkewMs) return false;
  const until = nextUpdate?.getTime() ?? thisUpdate.getTime() + openEndedMs;
  return thisUpdate >= at || until + clockSkewMs >= at.getTime();
}
