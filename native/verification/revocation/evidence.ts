import { clockSkewMs } from '../clock-skew.ts';

/** What one trustworthy statement about a certificate's status says. */
export interface Evidence extends StatementTime {
  readonly status: 'good' | 'revoked';
  /** From when on the certificate must not be relied on; null for `good`. */
  readonly revokedAt: Date | null;
  /** It was withdrawn for a reason that leaves its key in honest hands, and the list or the responder says which. */
  readonly isOrderly: boolean;
  /** Certificates that ran out after this instant stay named (RFC 6960, 4.4.4; X.509, expiredCertsOnCRL); null: nothing is promised. */
  readonly keepsSince: Date | null;
}

export interface StatementTime {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
}

/** CRLReason (RFC 5280, 5.3.1), as far as something follows from it. */
export const revocationReason = {
  keyCompromise: 1,
  authorityCompromise: 2,
  hold: 6,
  removeFromList: 8,
} as const;

/** unspecified, affiliationChanged, superseded, cessationOfOperation: what a time-stamp authority ends with (RFC 3161, 4). */
const orderlyReasons: ReadonlySet<number | null> = new Set([0, 3, 4, 5]);

export function isOrderly(reason: number | null): boolean {
  return orderlyReasons.has(reason);
}

/**
 * From when on a revoked certificate must not be relied on: once its key was somebody else's, what it signed before it was revoked
 * proves nothing either (RFC 5280, 5.3.2).
 */
export function unreliableFrom(revokedAt: Date, reason: number | null, invalidFrom: Date | null): Date {
  const isStolen =
    reason === revocationReason.keyCompromise || reason === revocationReason.authorityCompromise;
  return isStolen && invalidFrom && invalidFrom < revokedAt ? invalidFrom : revokedAt;
}

/** How long a statement without nextUpdate ("newer ones are always at hand", RFC 6960, 4.2.2.1) stays of use. */
const openEndedMs = 60 * 60_000;

/**
 * Whether a statement speaks of the instant `at`: issued after it, or issued before and not yet run out then. `now` is the real
 * clock: a statement from the future is refused.
 */
export function speaksOf({ thisUpdate, nextUpdate }: StatementTime, at: Date, now: Date): boolean {
  if (thisUpdate.getTime() > Math.max(now.getTime(), at.getTime()) + clockSkewMs) return false;
  const until = nextUpdate?.getTime() ?? thisUpdate.getTime() + openEndedMs;
  return thisUpdate >= at || until + clockSkewMs >= at.getTime();
}
