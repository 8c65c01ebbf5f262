import { realpathSync } from 'node:fs';
import { AppError } from '../../contract/failure.ts';
import type { PinKey, PinReceiver } from '../../contract/sealed-pin.ts';
import type { KeyReference, ModuleInfo, TokenInfo } from '../../contract/token.ts';
import type { DigestAlgorithm } from '../signing/signer.ts';
import { readCertificate, readCertificates } from './certificate-reader.ts';
import type { LoginRequest } from './contract.ts';
import { DriverModule } from './driver-module.ts';
import { reportFault } from './fault.ts';
import { digestLength } from './mechanism.ts';
import { signDigest } from './signing-key.ts';
import { TokenSession } from './token-session.ts';
import { readTokenSlot, type TokenSlot } from './token-slot.ts';
import { shownPath } from './token-text.ts';

/** What the token process does for the core: modules loaded once, one session for each token that is logged in to. */
export class TokenService {
  readonly #receiver: PinReceiver;
  readonly #modules = new Map<string, DriverModule>();
  #sessions: TokenSession[] = [];

  constructor(receiver: PinReceiver) {
    this.#receiver = receiver;
  }

  pinKey(): PinKey {
    return this.#receiver.key;
  }

  /**
   * Every token that the module sees. A slot that can't be read doesn't hide the others: its failure stands in `error`
   * beside them. Tokens without name and content (SoftHSM's free slot) are left out.
   */
  list(path: string): ModuleInfo {
    try {
      const { module, fresh } = this.#open(path);
      this.#dropEndedSessions(module);
      if (!fresh) this.#rescan(module);
      const description = module.description();
      const tokens: TokenInfo[] = [];
      let error: AppError | null = null;
      for (const handle of module.slots()) {
        try {
          const slot = readTokenSlot(module, handle);
          if (slot.initialised || slot.serial !== '') tokens.push(this.#describe(module, slot));
        } catch (thrown) {
          error ??= AppError.from(thrown);
        }
      }
      return { path, ok: true, error: error?.toFailure() ?? null, description, tokens };
    } catch (thrown) {
      const failed = AppError.from(thrown);
      reportFault(failed);
      return { path, ok: false, error: failed.toFailure(), description: '', tokens: [] };
    }
  }

  /**
   * One try to log in; the order of the checks spares the token's tries.
   * @throws AppError `pin-key-stale`, `pin-missing`, `token-missing`, `token-ambiguous`, `token-locked`, `pin-last-try`,
   * `pin-incorrect`, …
   */
  async login(request: LoginRequest): Promise<void> {
    const pin = request.pin === null ? null : await this.#receiver.open(request.pin);
    if (request.pin !== null && pin === null) throw new AppError('pin-key-stale');
    try {
      this.#login(request, pin);
    } finally {
      pin?.fill(0);
    }
  }

  #login(request: LoginRequest, pin: Uint8Array | null): void {
    const { module } = this.#open(request.modulePath);
    this.#dropEndedSessions(module);
    const slot = this.#findToken(module, request.tokenSerial);
    const { flags, pinLength } = slot;
    // Read before each login, so that nobody runs blindly into a locked token (three tries, then a written request).
    if (flags.pinLocked) throw new AppError('token-locked', { token: slot.label });
    if (flags.pinFinalTry && !request.lastTryConfirmed)
      throw new AppError('pin-last-try', { token: slot.label });
    // An empty PIN would start a PIN pad, or cost a try.
    if ((pin === null && !flags.protectedPath) || pin?.length === 0) throw new AppError('pin-missing');
    if (pin !== null && (pin.length < pinLength.min || pin.length > pinLength.max)) {
      const tries = { triesLow: flags.pinCountLow || flags.pinFinalTry, finalTry: flags.pinFinalTry };
      throw new AppError('pin-incorrect', { reason: 'length', ...pinLength, ...tries });
    }
    // A login that stands would let any PIN pass unchecked.
    this.#end((session) => session.module === module && session.serial === slot.serial);
    const session = TokenSession.open(module, slot);
    try {
      session.login(pin);
    } catch (thrown) {
      session.close();
      throw thrown;
    }
    this.#sessions.push(session);
  }

  logout(): void {
    this.#end(() => true);
  }

  /** DER. @throws AppError `token-missing`, `token-ambiguous`, `certificate-missing`, … */
  certificate(key: KeyReference): Buffer {
    const { module } = this.#open(key.modulePath);
    const slot = this.#findToken(module, key.tokenSerial);
    const der = this.#inSession(module, slot, (session) =>
      readCertificate(module, session.handle, key.certificateId),
    );
    if (der === null) throw new AppError('certificate-missing', { token: slot.label });
    return der;
  }

  /** @throws AppError `login-required`, `token-removed`, `key-missing`, `mechanism-unsupported`, … */
  sign(key: KeyReference, algorithm: DigestAlgorithm, digest: Uint8Array): Uint8Array {
    if (digest.length !== digestLength[algorithm]) throw new AppError('input-invalid', { algorithm });
    const { module } = this.#open(key.modulePath);
    const session = this.#standing(module, key.tokenSerial);
    if (!session) throw new AppError('login-required');
    try {
      return signDigest(module, session.handle, session.signingKey(key.certificateId), algorithm, digest);
    } catch (thrown) {
      // Only the end of the login ends the session here: a fault in one document mustn't cost the others their PIN.
      this.#dropEndedSessions(module);
      throw this.#standing(module, key.tokenSerial)
        ? thrown
        : this.#explainEnd(module, key.tokenSerial, thrown);
    }
  }

  /** The module by its real path: the same library loaded under two names shares one state, and would be restarted twice. */
  #open(path: string): { module: DriverModule; fresh: boolean } {
    let real: string;
    try {
      real = realpathSync(path);
    } catch (thrown) {
      throw new AppError('module-missing', { path: shownPath(path) }, { cause: thrown });
    }
    const known = this.#modules.get(real);
    if (known) return { module: known, fresh: false };
    const module = DriverModule.load(path);
    this.#modules.set(real, module);
    return { module, fresh: true };
  }

  /** Makes a module that needs it see new tokens. Never while somebody is logged in: that login would end. */
  #rescan(module: DriverModule): void {
    const busy = this.#sessions.some((session) => session.module === module);
    if (module.rescan === 'restart' && !busy) module.restart();
  }

  #findToken(module: DriverModule, serial: string): TokenSlot {
    let found = this.#tokensWith(module, serial);
    if (found.length === 0 && this.#standing(module, serial)) {
      this.#dropEndedSessions(module);
      throw new AppError('token-removed', { token: serial });
    }
    if (found.length === 0) {
      this.#rescan(module);
      found = this.#tokensWith(module, serial);
    }
    const [slot, another] = found;
    if (!slot) throw new AppError('token-missing', { token: serial });
    if (another) throw new AppError('token-ambiguous', { token: serial });
    return slot;
  }

  #tokensWith(module: DriverModule, serial: string): TokenSlot[] {
    return module.slots().flatMap((handle) => {
      try {
        const slot = readTokenSlot(module, handle);
        return slot.serial === serial ? [slot] : [];
      } catch {
        // Some other token that can't be read; list() reports it.
        return [];
      }
    });
  }

  #describe(module: DriverModule, slot: TokenSlot): TokenInfo {
    const loggedIn = this.#standing(module, slot.serial) !== undefined;
    const certificates = this.#inSession(module, slot, (session) =>
      readCertificates(module, session.handle, loggedIn),
    );
    const { number, label, serial, manufacturer, model, flags } = slot;
    return { slot: number, label, serial, manufacturer, model, flags, loggedIn, certificates };
  }

  /** In the session that is logged in, or in one for the moment: open sessions keep other programs from the token. */
  #inSession<Result>(module: DriverModule, slot: TokenSlot, use: (session: TokenSession) => Result): Result {
    const standing = this.#standing(module, slot.serial);
    if (standing) return use(standing);
    const session = TokenSession.open(module, slot);
    try {
      return use(session);
    } finally {
      session.close();
    }
  }

  #standing(module: DriverModule, serial: string): TokenSession | undefined {
    return this.#sessions.find((session) => session.module === module && session.serial === serial);
  }

  #dropEndedSessions(module: DriverModule): void {
    this.#end((session) => session.module === module && !session.stands());
  }

  #end(which: (session: TokenSession) => boolean): void {
    const ended = this.#sessions.filter(which);
    this.#sessions = this.#sessions.filter((session) => !ended.includes(session));
    for (const session of ended) {
      session.logout();
      session.close();
    }
  }

  /** Why a login ended under a signature: pulled out, or only closed by somebody. */
  #explainEnd(module: DriverModule, serial: string, thrown: unknown): AppError {
    const failure = AppError.from(thrown);
    if (failure.code !== 'login-required' && failure.code !== 'key-missing') return failure;
    const present = this.#tokensWith(module, serial).length > 0;
    return new AppError(present ? 'login-required' : 'token-removed', failure.params);
  }
}
