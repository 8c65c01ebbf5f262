import type { CertificateInfo } from '../../contract/token.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { expiryWords } from '../words/token.ts';
import { isForSigning } from './key-choice.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Renewal takes an office weeks of letters: the first warning comes early, the last one when it can hardly be made any more. */
const noticeDays = 60;
const soonDays = 30;
const urgentDays = 7;

export interface Expiry {
  kind: 'fine' | 'notice' | 'soon' | 'urgent' | 'expired';
  days: number;
}

/** How near a certificate's end is. `days` are whole days left, 0 on the last one, negative afterwards. */
export function expiryOf(
  { notAfter, daysLeft }: Pick<CertificateInfo, 'notAfter' | 'daysLeft'>,
  now: Date,
): Expiry {
  const days = daysLeft ?? Math.floor((new Date(notAfter).getTime() - now.getTime()) / dayMs);
  if (days < 0) return { kind: 'expired', days };
  if (days <= urgentDays) return { kind: 'urgent', days };
  if (days <= soonDays) return { kind: 'soon', days };
  return { kind: days <= noticeDays ? 'notice' : 'fine', days };
}

/**
 * Whether another of the same token's certificates has taken its place: a renewed one often lies beside the old one, of which
 * nobody needs to be warned any more. Another person's on the same token takes nobody's place.
 */
export function isReplaced(
  certificate: CertificateInfo,
  onToken: readonly CertificateInfo[],
  now: Date,
): boolean {
  const days = expiryOf(certificate, now).days;
  return onToken.some(
    (other) =>
      other.holder === certificate.holder &&
      other.subject === certificate.subject &&
      isForSigning(other) &&
      expiryOf(other, now).days > Math.max(days, -1),
  );
}

export interface ExpiryLook {
  tone: Tone;
  icon: IconName;
  word: string;
  advice: string;
}

/** A warning in word, picture and colour; null where there is nothing to warn of. */
export function expiryLook({ kind, days }: Expiry): ExpiryLook | null {
  switch (kind) {
    case 'fine':
      return null;
    case 'notice':
      return {
        tone: 'info',
        icon: 'clock',
        word: expiryWords.notice(days),
        advice: expiryWords.noticeAdvice,
      };
    case 'soon':
      return { tone: 'doubt', icon: 'alert', word: expiryWords.soon(days), advice: expiryWords.soonAdvice };
    case 'urgent': {
      const word = days === 0 ? expiryWords.today : expiryWords.urgent(days);
      return { tone: 'bad', icon: 'alert', word, advice: expiryWords.urgentAdvice };
    }
    case 'expired':
      return { tone: 'bad', icon: 'cross', word: expiryWords.expired, advice: expiryWords.expiredAdvice };
  }
}
