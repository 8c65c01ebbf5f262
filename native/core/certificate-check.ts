import type { X509Certificate } from 'node:crypto';
import { AppError, type Failure } from '../../contract/failure.ts';
import { commonName } from '../signing/subject.ts';
import type { Log } from './log.ts';
import type { CertificateStatus, TrustOptions, ValidateCertificate } from './ports.ts';
import { vietnameseDay } from './verifier.ts';

/** How long a certificate's status may be asked for before signing goes on without it, in milliseconds. */
const statusDeadlineMs = 10_000;
/** After nobody could say, a batch isn't held up by asking for each of its documents. */
const askAgainMs = 300_000;

/**
 * What stands in for a status that couldn't be had: signing isn't stopped by a silent responder, but the person is told
 * (TT 15/2025 PL II).
 */
const unknownStatus: CertificateStatus = { trusted: false, revocation: 'unknown', reasons: [], chain: [] };

/** What is known of a certificate before it signs. */
export interface Standing {
  readonly chain: readonly X509Certificate[];
  /** `certificate-unchecked` {subject} where nobody could say whether it is revoked. */
  readonly warning: Failure | null;
  /** When that was asked. */
  readonly checkedAt: Date;
}

interface Circumstances extends TrustOptions {
  readonly time: Date;
  readonly offline: boolean;
}

interface Known {
  readonly status: CertificateStatus;
  readonly day: string;
  readonly offline: boolean;
  readonly askedAt: number;
  readonly checkedAt: Date;
}

/**
 * Asks whether a certificate is revoked, before its first signature of the day (TT 15/2025 Đ5 K1); a good answer holds for that
 * day.
 */
export class CertificateCheck {
  readonly #validate: ValidateCertificate;
  readonly #log: Log;
  readonly #known = new Map<string, Known>();
  /** Questions under way: a dialog that has just opened and the signature that follows it ask one and the same. */
  readonly #asking = new Map<string, Promise<Known>>();

  /** How often a line came; what was asked before the last one came counts for good answers alone. */
  #lines = 0;

  constructor(validate: ValidateCertificate, log: Log) {
    this.#validate = validate;
    this.#log = log;
  }

  /**
   * Fails with `certificate-revoked` or `certificate-expired`; anything less certain is left to the verification that follows,
   * since the offices' lines to the responders are slow.
   */
  async standing(certificate: X509Certificate, options: Circumstances): Promise<Standing> {
    const { status, checkedAt } = await this.#status(certificate, options);
    const subject = commonName(certificate);
    if (status.revocation === 'revoked' || status.reasons.includes('certificate-revoked')) {
      throw new AppError('certificate-revoked', { subject });
    }
    if (status.reasons.includes('certificate-expired'))
      throw new AppError('certificate-expired', { subject });
    const chain = status.chain.filter((each) => each.fingerprint256 !== certificate.fingerprint256);
    const warning =
      status.revocation === 'good' ? null : new AppError('certificate-unchecked', { subject }).toFailure();
    return { chain, warning, checkedAt };
  }

  /** What is trusted has changed: everything is asked anew. */
  forget(): void {
    this.#known.clear();
  }

  /** There is a line again: what nobody could say is asked anew, even where a line was thought to be there when it was asked. */
  forgetDoubts(): void {
    this.#lines += 1;
    for (const [name, { status }] of this.#known) if (status.revocation !== 'good') this.#known.delete(name);
  }

  async #status(certificate: X509Certificate, options: Circumstances): Promise<Known> {
    const name = certificate.fingerprint256;
    const day = vietnameseDay(options.time);
    const { offline } = options;
    const known = this.#known.get(name);
    switch (known?.status.revocation) {
      case 'good':
        if (known.day === day) return known;
        break;
      case 'unknown':
      case 'notChecked':
        if (known.offline === offline && performance.now() - known.askedAt < askAgainMs) return known;
    }
    const question = `${name} ${day} ${offline} ${this.#lines}`;
    const asking =
      this.#asking.get(question) ??
      this.#learn(certificate, options, day).finally(() => this.#asking.delete(question));
    this.#asking.set(question, asking);
    return asking;
  }

  async #learn(certificate: X509Certificate, options: Circumstances, day: string): Promise<Known> {
    const lines = this.#lines;
    const status = await this.#ask(certificate, options);
    const { offline, time: checkedAt } = options;
    const known = { status, day, offline, askedAt: performance.now(), checkedAt };
    if (lines === this.#lines || status.revocation === 'good')
      this.#known.set(certificate.fingerprint256, known);
    return known;
  }

  async #ask(certificate: X509Certificate, options: TrustOptions): Promise<CertificateStatus> {
    const { promise: late, resolve } = Promise.withResolvers<CertificateStatus>();
    const timer = setTimeout(() => resolve(unknownStatus), statusDeadlineMs);
    try {
      return await Promise.race([this.#validate(certificate, options), late]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      this.#log.failure('certificate.status', error);
      return unknownStatus;
    } finally {
      clearTimeout(timer);
    }
  }
}
