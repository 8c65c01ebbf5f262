import type { CertificateInfo } from '../../contract/token.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Renewal takes an office several weeks of letters: warn early enough. */
const warnDays = 45;

export type Expiry = { kind: 'fine' } | { kind: 'soon'; days: number } | { kind: 'expired' };

/** Whether a certificate's end is near. `days` are whole days left, 0 on the last one. */
export function expiryOf({ notAfter }: Pick<CertificateInfo, 'notAfter'>, now: Date): Expiry {
  const left = new Date(notAfter).getTime() - now.getTime();
  if (left < 0) return { kind: 'expired' };
  const days = Math.floor(left / dayMs);
  return days <= warnDays ? { kind: 'soon', days } : { kind: 'fine' };
}
