import type { Handle } from 'pkcs11js';
import { AppError } from '../../contract/failure.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { findSigningKey, type SigningKey } from './signing-key.ts';
import { readTokenSlot, type TokenSlot } from './token-slot.ts';

/** CKS_RO_USER_FUNCTIONS and CKS_RW_USER_FUNCTIONS (PKCS#11 v2.40, 5.6). */
const userStates: ReadonlySet<number> = new Set([1, 3]);

/**
 * One read-only session on one token. A login serves any number of signatures: a session of its own for each would use up
 * the token's, and would ask for the PIN again.
 */
export class TokenSession {
  readonly module: DriverModule;
  readonly serial: string;
  readonly slot: Handle;
  readonly handle: Handle;
  readonly #keys = new Map<string, SigningKey>();

  private constructor(module: DriverModule, slot: TokenSlot, handle: Handle) {
    this.module = module;
    this.serial = slot.serial;
    this.slot = slot.handle;
    this.handle = handle;
  }

  static open(module: DriverModule, slot: TokenSlot): TokenSession {
    const handle = module.call('C_OpenSession', (library) =>
      library.C_OpenSession(slot.handle, cryptoki.CKF_SERIAL_SESSION),
    );
    return new TokenSession(module, slot, handle);
  }

  /**
   * Whether the login still stands: the driver says so, and the slot still holds the same token. Some drivers go on calling
   * a session the user's although its token has been pulled out or exchanged.
   */
  stands(): boolean {
    try {
      const info = this.module.call('C_GetSessionInfo', (library) => library.C_GetSessionInfo(this.handle));
      return userStates.has(info.state) && readTokenSlot(this.module, this.slot).serial === this.serial;
    } catch {
      // Whatever the driver has against it: a session that can't be asked can't sign.
      return false;
    }
  }

  /**
   * Logs in with one try. The PIN's buffer is cleared here; a null PIN is for a token with its own PIN pad.
   * A failure is never answered with another try: each may cost one of three.
   * @throws AppError `pin-incorrect` {triesLow, finalTry}, `token-locked`, `token-removed`, `token-failed`, …
   */
  login(pin: Uint8Array | null): void {
    try {
      // The addon takes a string only, which can't be cleared; it lives in this process alone, and no longer than it.
      const text =
        pin === null ? '' : Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength).toString('utf8');
      this.module.call('C_Login', (library) => library.C_Login(this.handle, cryptoki.CKU_USER, text));
    } catch (thrown) {
      throw this.#explainLogin(thrown);
    } finally {
      pin?.fill(0);
    }
  }

  /** Ends the login; a token that is gone has ended it already. */
  logout(): void {
    this.#keys.clear();
    this.#attempt(() => this.module.call('C_Logout', (library) => library.C_Logout(this.handle)));
  }

  close(): void {
    this.#keys.clear();
    this.#attempt(() => this.module.call('C_CloseSession', (library) => library.C_CloseSession(this.handle)));
  }

  /** The private key with this CKA_ID, looked up once for a login. */
  signingKey(id: string): SigningKey {
    const known = this.#keys.get(id);
    if (known) return known;
    const key = findSigningKey(this.module, this.handle, id);
    this.#keys.set(id, key);
    return key;
  }

  /** Which failure it was, with the flags as they are after the try: the person must know what the next one risks. */
  #explainLogin(thrown: unknown): AppError {
    const failure = AppError.from(thrown);
    if (failure.code !== 'pin-incorrect') return failure;
    try {
      const { flags } = readTokenSlot(this.module, this.slot);
      if (flags.pinLocked) return new AppError('token-locked', failure.params);
      const tries = { triesLow: flags.pinCountLow || flags.pinFinalTry, finalTry: flags.pinFinalTry };
      return new AppError('pin-incorrect', { ...failure.params, ...tries });
    } catch {
      // The token can't be asked any more; that the PIN was wrong still stands.
      return failure;
    }
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch {
      // Tidying up: what the driver has against it changes nothing for anybody.
    }
  }
}
