import { X509Certificate } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { CertificateStanding, IdentityCheck } from './identity-check.ts';

/** From this age on a certificate is asked about again, while its holder's requests go on. */
const refreshMs = 15_000;
/**
 * From this age on they wait for the answer: with the longest wait for news, 30 s, nobody works on for more than a
 * minute.
 */
const mustMs = 30_000;
const maxKnown = 10_000;

/** `unknown`: nobody could say; anything else is a reason's code for which sessions end. */
export type WatchedState =
  | 'good'
  | 'unknown'
  | 'certificate-revoked'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'chain-untrusted';

interface Known {
  state: WatchedState;
  askedAt: number;
  asking: Promise<WatchedState> | null;
}

/** Sorts a certificate's standing by what it means for a session. */
export function watchedState({ trusted, revocation, reasons }: CertificateStanding): WatchedState {
  if (revocation === 'revoked' || reasons.includes('certificate-revoked')) return 'certificate-revoked';
  if (reasons.includes('certificate-expired')) return 'certificate-expired';
  if (reasons.includes('certificate-not-yet-valid')) return 'certificate-not-yet-valid';
  if (!trusted) return 'chain-untrusted';
  return revocation === 'good' ? 'good' : 'unknown';
}

/**
 * Whether the certificates that sessions rest on are still good, asked about while they are used: never more than
 * half a minute old.
 */
export class CertificateWatch {
  readonly #check: IdentityCheck;
  readonly #directory: Directory;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(check: IdentityCheck, directory: Directory, clock: Clock) {
    this.#check = check;
    this.#directory = directory;
    this.#clock = clock;
  }

  /** How a registered certificate stands. Waits for its issuer's responders only where what is known is too old. */
  async state(fingerprint: string): Promise<WatchedState> {
    const known = this.#known.get(fingerprint);
    const age = known ? this.#clock().getTime() - known.askedAt : Number.POSITIVE_INFINITY;
    if (known && age >= 0 && age < refreshMs) return known.state;
    const asking = this.#ask(fingerprint, known);
    return known && age >= 0 && age < mustMs ? known.state : asking;
  }

  /** It has just been found good, when its holder signed in. */
  seenGood(fingerprint: string): void {
    this.#keep(fingerprint, { state: 'good', askedAt: this.#clock().getTime(), asking: null });
  }

  #ask(fingerprint: string, known: Known | undefined): Promise<WatchedState> {
    if (known?.asking) return known.asking;
    const asking = this.#learn(fingerprint);
    this.#keep(fingerprint, {
      state: known?.state ?? 'unknown',
      askedAt: known?.askedAt ?? Number.NEGATIVE_INFINITY,
      asking,
    });
    return asking;
  }

  /** Never fails: what went wrong means that nobody could say. */
  async #learn(fingerprint: string): Promise<WatchedState> {
    const askedAt = this.#clock().getTime();
    const der = this.#directory.certificate(fingerprint);
    const state =
      der === null
        ? 'unknown'
        : await this.#check.standing(new X509Certificate(der)).then(watchedState, () => 'unknown' as const);
    this.#keep(fingerprint, { state, askedAt, asking: null });
    return state;
  }

  #keep(fingerprint: string, known: Known): void {
    this.#known.delete(fingerprint);
    this.#known.set(fingerprint, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}
