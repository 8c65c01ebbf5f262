import { createHmac, randomBytes } from 'node:crypto';
import type { Challenge } from '../contract/province.ts';
import { writeSignInStatement } from '../contract/sign-in-statement.ts';
import type { Clock } from './clock.ts';

const challengeMs = 2 * 60 * 1000;

/**
 * Statements to sign in with. Nothing is stored for one that was only asked for: its nonce is an HMAC of its id and
 * certificate under a key of this run, and the id (UUIDv7) carries the time, so that whoever answers proves that this
 * server asked, just now. Certificates are public (every signed document carries one), so a table of open challenges
 * would let anyone crowd out a person's own. Nor are they counted: they cost what a refusal costs, and whoever shares
 * an office's address, and has a leader's certificate from any signed document, could use the count up in the
 * leader's place.
 */
export class Challenges {
  readonly #origin: () => string;
  readonly #clock: Clock;
  readonly #key = randomBytes(32);
  /** Challenges already answered, by id, until they would have expired anyway: single use. */
  readonly #used = new Map<string, number>();

  constructor(origin: () => string, clock: Clock) {
    this.#origin = origin;
    this.#clock = clock;
  }

  /** A statement for a certificate's holder. */
  create(fingerprint: string): Challenge {
    const now = this.#clock().getTime();
    const challengeId = uuidAt(now);
    return {
      challengeId,
      statement: this.#statement(challengeId, fingerprint, now),
      expiresAt: new Date(now + challengeMs).toISOString(),
    };
  }

  /** The statement of a challenge that can still be answered, or null: expired, used, or never given out. */
  statementOf(challengeId: string, fingerprint: string): string | null {
    const id = challengeId.toLowerCase();
    const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    const age = this.#clock().getTime() - time;
    if (age < 0 || age >= challengeMs || this.#used.has(id)) return null;
    return this.#statement(id, fingerprint, time);
  }

  /** Marks a challenge as answered; to be called only once the signature has been found right. */
  use(challengeId: string): void {
    const now = this.#clock().getTime();
    for (const [id, until] of this.#used) {
      if (until > now) break;
      this.#used.delete(id);
    }
    this.#used.set(challengeId.toLowerCase(), now + challengeMs);
  }

  #statement(id: string, fingerprint: string, time: number): string {
    const nonce = createHmac('sha256', this.#key).update(`${id} ${fingerprint}`).digest('base64url');
    return writeSignInStatement({
      server: this.#origin(),
      certificate: fingerprint,
      nonce,
      time: new Date(time).toISOString(),
    });
  }
}

/** UUIDv7 (RFC 9562 5.7): 48 bits of milliseconds, then chance. */
function uuidAt(time: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(time, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
