import type { Handle } from 'pkcs11js';
import { AppError } from '../../contract/failure.ts';
import { readCertificate } from './certificate-reader.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { explainTry, pinText } from './pin-entry.ts';
import { findSigningKey, type SigningKey } from './signing-key.ts';
import { readTokenSlot, type TokenSlot } from './token-slot.ts';

/** CKS_RO_USER_FUNCTIONS and CKS_RW_USER_FUNCTIONS (PKCS#11 v2.40, 5.6). */
const userStates: ReadonlySet<number> = new Set([1, 3]);

/** C_GetMechanismList; null where the token doesn't say. */
export function readMechanisms(module: DriverModule, slot: Handle): readonly number[] | null {
  try {
    const offered = module.call('C_GetMechanismList', (library) => library.C_GetMechanismList(slot));
    return offered.length > 0 ? offered : null;
  } catch {
    // Signing will show what it can do.
    return null;
  }
}

/**
 * One session on one token, read-only but for changing the PIN. A login serves any number of signatures: a session of its own
 * for each would use up the token's, and would ask for the PIN again.
 */
export class TokenSession {
  readonly module: DriverModule;
  readonly serial: string;
  readonly slot: Handle;
  readonly #keys = new Map<string, SigningKey>();
  #handle: Handle;
  #mechanisms: readonly number[] | null | undefined;

  private constructor(module: DriverModule, slot: TokenSlot, handle: Handle) {
    this.module = module;
    this.serial = slot.serial;
    this.slot = slot.handle;
    this.#handle = handle;
  }

  static open(module: DriverModule, slot: TokenSlot, kind: 'reading' | 'writing' = 'reading'): TokenSession {
    return new TokenSession(module, slot, openSession(module, slot.handle, kind));
  }

  get handle(): Handle {
    return this.#handle;
  }

  /**
   * Whether the login still stands: the driver says so, and the slot still holds the same token. Some drivers go on calling
   * a session the user's although its token has been pulled out or exchanged.
   */
  stands(): boolean {
    try {
      const info = this.module.call('C_GetSessionInfo', (library) => library.C_GetSessionInfo(this.#handle));
      return userStates.has(info.state) && readTokenSlot(this.module, this.slot).serial === this.serial;
    } catch {
      // Whatever the driver has against it: a session that can't be asked can't sign.
      return false;
    }
  }

  /**
   * Fails with `token-failed` where somebody is still logged in, whatever C_Logout has said: drivers differ in whether C_Login looks at
   * the PIN then, and a PIN that nobody looked at is no person's yes.
   */
  assertPublic(): void {
    const info = this.module.call('C_GetSessionInfo', (library) => library.C_GetSessionInfo(this.#handle));
    if (userStates.has(info.state)) {
      throw new AppError('token-failed', { function: 'C_Logout', returnValue: 'CKR_USER_ALREADY_LOGGED_IN' });
    }
  }

  /**
   * Logs in with one try; a null PIN is for a token with its own PIN pad. A failure is never answered with another try: each may
   * cost one of three. `signature` logs in for the signature that C_SignInit has just begun (CKA_ALWAYS_AUTHENTICATE).
   * @throws AppError `pin-incorrect` {triesLow, finalTry}, `token-locked`, `token-removed`, `token-failed`, …
   */
  login(pin: Uint8Array | null, purpose: 'user' | 'signature' = 'user'): void {
    const user = purpose === 'user' ? cryptoki.CKU_USER : cryptoki.CKU_CONTEXT_SPECIFIC;
    try {
      const text = pinText(pin);
      this.module.call('C_Login', (library) => library.C_Login(this.#handle, user, text));
    } catch (thrown) {
      throw explainTry(this.module, this.slot, thrown, pin);
    }
  }

  /**
   * Changes the user's PIN with one try.
   * @throws AppError `pin-too-weak`, `pin-change-unsupported`, or as `login`
   */
  changePin(oldPin: Uint8Array | null, newPin: Uint8Array | null): void {
    const texts = [pinText(oldPin), pinText(newPin)] as const;
    try {
      this.module.call('C_SetPIN', (library) => library.C_SetPIN(this.#handle, ...texts));
    } catch (thrown) {
      const failure = AppError.from(thrown);
      const code = changeRefusals[String(failure.params['returnValue'])];
      if (code && newPin !== null) throw new AppError(code, failure.params);
      throw explainTry(this.module, this.slot, thrown, oldPin);
    }
  }

  /**
   * A new session in this one's place, in the same login: the only sure way to end an operation that was begun and not finished.
   * Opened first, since a login ends with a token's last session; where that fails, the old one stays, for what it's worth.
   */
  renew(): void {
    const old = this.#handle;
    this.#attempt(() => {
      this.#handle = openSession(this.module, this.slot, 'reading');
      this.module.call('C_CloseSession', (library) => library.C_CloseSession(old));
    });
  }

  /** Ends the login; a token that is gone has ended it already. */
  logout(): void {
    this.#keys.clear();
    this.#attempt(() => this.module.call('C_Logout', (library) => library.C_Logout(this.#handle)));
  }

  close(): void {
    this.#keys.clear();
    this.#attempt(() =>
      this.module.call('C_CloseSession', (library) => library.C_CloseSession(this.#handle)),
    );
  }

  /** The private key of this certificate, looked up once for a login. @throws AppError `certificate-missing`, `key-missing`, … */
  signingKey(certificateId: string): SigningKey {
    const known = this.#keys.get(certificateId);
    if (known) return known;
    const certificate = readCertificate(this.module, this.#handle, certificateId, new Date());
    if (!certificate) throw new AppError('certificate-missing');
    const key = findSigningKey(this.module, this.#handle, certificate);
    this.#keys.set(certificateId, key);
    return key;
  }

  /** What the token can do, asked once for a login; null where it doesn't say. */
  mechanisms(): readonly number[] | null {
    if (this.#mechanisms === undefined) this.#mechanisms = readMechanisms(this.module, this.slot);
    return this.#mechanisms;
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch {
      // Tidying up: what the driver has against it changes nothing for anybody.
    }
  }
}

/** Of C_SetPIN; the first two speak of the new PIN here, since the old one's length was checked before. */
const changeRefusals: Readonly<Record<string, 'pin-too-weak' | 'pin-change-unsupported'>> = {
  CKR_PIN_LEN_RANGE: 'pin-too-weak',
  CKR_PIN_INVALID: 'pin-too-weak',
  CKR_PIN_TOO_WEAK: 'pin-too-weak',
  CKR_FUNCTION_NOT_SUPPORTED: 'pin-change-unsupported',
  CKR_ACTION_PROHIBITED: 'pin-change-unsupported',
  CKR_TOKEN_WRITE_PROTECTED: 'pin-change-unsupported',
  CKR_SESSION_READ_ONLY: 'pin-change-unsupported',
};

function openSession(module: DriverModule, slot: Handle, kind: 'reading' | 'writing'): Handle {
  const flags =
    kind === 'writing' ? cryptoki.CKF_SERIAL_SESSION | cryptoki.CKF_RW_SESSION : cryptoki.CKF_SERIAL_SESSION;
  return module.call('C_OpenSession', (library) => library.C_OpenSession(slot, flags));
}
