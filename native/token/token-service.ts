import type { Handle } from 'pkcs11js';
import { AppError } from '../../contract/failure.ts';
import type { PinKey, PinReceiver, SealedPin } from '../../contract/sealed-pin.ts';
import type {
  KeyReference,
  ModuleInfo,
  ReaderInfo,
  TokenInfo,
  TokenReference,
} from '../../contract/token.ts';
import { readCertificate, readCertificates } from './certificate-reader.ts';
import { ContentsCache } from './contents-cache.ts';
import type { LoginRequest, PinChangeRequest } from './contract.ts';
import type { DriverModule } from './driver-module.ts';
import { reportFault } from './fault.ts';
import { mechanismFor, namesOf } from './mechanism.ts';
import { ModuleShelf } from './module-shelf.ts';
import { assertMayTry, triesOf } from './pin-entry.ts';
import { assertGoodPin, newPinLength } from './pin-rule.ts';
import { signData } from './signing-key.ts';
import type { SigningAnswer, SigningOrder } from './signing-lane.ts';
import { readMechanisms, TokenSession } from './token-session.ts';
import { readTokenSlot, slotNumber, type TokenSlot } from './token-slot.ts';
import { cleanText } from './token-text.ts';

/** A sealed PIN that the token has refused is remembered, one after the other, up to this many. */
const mostRefused = 64;

/** What the token process does for the core: modules loaded once, one session for each token that is logged in to. */
export class TokenService {
  readonly #receiver: PinReceiver;
  readonly #shelf = new ModuleShelf();
  readonly #contents = new ContentsCache();
  readonly #refused = new Set<string>();
  /** Tokens, by serial number, whose login was ended and isn't known to be over. */
  readonly #endedLogins = new Set<string>();
  #sessions: TokenSession[] = [];

  constructor(receiver: PinReceiver) {
    this.#receiver = receiver;
  }

  pinKey(): PinKey {
    return this.#receiver.key;
  }

  /**
   * Every token that the module sees. A slot that can't be read doesn't hide the others: its failure stands in `error`
   * beside them, and at its reader. Tokens without name and content (SoftHSM's free slot) are left out.
   */
  list(path: string, wanted: boolean): ModuleInfo {
    try {
      const module = this.#shelf.open(path);
      this.#dropEndedSessions(module);
      this.#rescan(module, wanted);
      const description = module.description();
      const slots = module.slots();
      this.#contents.keepOnly(module, slots);
      const tokens: TokenInfo[] = [];
      const failed = new Map<number, AppError | null>();
      for (const handle of slots) {
        try {
          const slot = readTokenSlot(module, handle);
          if (!slot.initialised && slot.serial === '') continue;
          failed.set(slot.number, null);
          tokens.push(this.#describe(module, slot));
        } catch (thrown) {
          failed.set(slotNumber(handle), AppError.from(thrown));
        }
      }
      const error = [...failed.values()].find((each) => each !== null)?.toFailure() ?? null;
      const readers = module.allSlots().flatMap((handle) => describeReader(module, handle, failed));
      return { path, ok: true, error, description, tokens, readers };
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
    await this.#withPins([request.pin], ([pin = null]) => {
      const { module, slot } = this.#place(request);
      this.#tryOnce(request.pin, slot, () => {
        assertMayTry(slot, { pin, lastTryConfirmed: request.lastTryConfirmed });
        // A login that stands would let any PIN pass unchecked.
        const stood = this.#end((session) => session.module === module && session.serial === slot.serial);
        if (stood) this.#endedLogins.add(slot.serial);
        const session = TokenSession.open(module, slot);
        try {
          if (this.#endedLogins.has(slot.serial)) session.assertPublic();
          this.#endedLogins.delete(slot.serial);
          session.login(pin);
        } catch (thrown) {
          session.close();
          throw thrown;
        }
        this.#sessions.push(session);
      });
    });
  }

  logout(): void {
    this.#end(() => true);
  }

  /**
   * One try to change the PIN; a login that stands ends.
   * @throws AppError `pin-too-weak`, `pin-unchanged`, `pin-change-unsupported`, or as `login`
   */
  async changePin(request: PinChangeRequest): Promise<void> {
    await this.#withPins([request.oldPin, request.newPin], ([oldPin = null, newPin = null]) => {
      const { module, slot } = this.#place(request);
      this.#tryOnce(request.oldPin, slot, () => {
        if ((oldPin === null) !== (newPin === null)) throw new AppError('pin-missing');
        assertMayTry(slot, { pin: oldPin, lastTryConfirmed: request.lastTryConfirmed });
        if (oldPin !== null && newPin !== null) assertGoodPin(oldPin, newPin, slot.pinLength);
        this.#end((session) => session.module === module && session.serial === slot.serial);
        const session = TokenSession.open(module, slot, 'writing');
        try {
          session.changePin(oldPin, newPin);
        } finally {
          session.close();
        }
      });
    });
  }

  /** DER. @throws AppError `token-missing`, `token-ambiguous`, `certificate-missing`, … */
  certificate(key: KeyReference): Buffer {
    const { module, slot } = this.#place(key);
    const found = this.#inSession(module, slot, (session) =>
      readCertificate(module, session.handle, key.certificateId, new Date()),
    );
    if (found === null) throw new AppError('certificate-missing', { token: slot.label });
    return found.der;
  }

  /**
   * Signs each by itself: a fault with one mustn't cost the others their signature.
   * @returns in place of a signature, why there is none: `login-required`, `pin-missing`, `token-removed`, `key-missing`,
   * `mechanism-unsupported`, …
   */
  async sign(request: SigningOrder): Promise<SigningAnswer[]> {
    return this.#withPins([request.pin], ([pin = null]) => {
      // Asked once, and again after a fault: a driver that is asked for each signature signs a fifth slower.
      let session: TokenSession | null = null;
      return request.data.map((data) => {
        try {
          session ??= this.#sessionFor(request.key);
          return this.#sign(request, session, data, pin);
        } catch (thrown) {
          session = null;
          const failed = AppError.from(thrown);
          reportFault(failed);
          return failed;
        }
      });
    });
  }

  #sessionFor(key: KeyReference): TokenSession {
    // By the name that logged in: finding a file's real name takes a tenth of a soft token's signature.
    const named = this.#sessions.find(
      ({ module, serial }) => module.path === key.modulePath && serial === key.tokenSerial,
    );
    const session = named ?? this.#standing(this.#shelf.open(key.modulePath), key.tokenSerial);
    if (!session) throw new AppError('login-required');
    return session;
  }

  #sign(request: SigningOrder, session: TokenSession, data: Uint8Array, pin: Uint8Array | null): Uint8Array {
    const { key, algorithm, scheme } = request;
    const { module } = session;
    try {
      const signingKey = session.signingKey(key.certificateId);
      const way = mechanismFor(signingKey.kind, algorithm, scheme, session.mechanisms());
      const signed = (begin: () => void) => {
        try {
          return signData(module, session.handle, signingKey, way, data, begin);
        } catch (thrown) {
          // Begun and not ended, on some drivers even after C_Sign has failed: every later signature would end with
          // CKR_OPERATION_ACTIVE.
          session.renew();
          throw thrown;
        }
      };
      if (!signingKey.pinEachSignature) return signed(() => undefined);
      const slot = readTokenSlot(module, session.slot);
      return this.#tryOnce(request.pin, slot, () => {
        assertMayTry(slot, { pin, lastTryConfirmed: request.lastTryConfirmed });
        return signed(() => session.login(pin, 'signature'));
      });
    } catch (thrown) {
      // Only the end of the login ends the session here: a fault in one document mustn't cost the others their PIN.
      this.#dropEndedSessions(module);
      throw this.#standing(module, key.tokenSerial)
        ? thrown
        : this.#explainEnd(module, key.tokenSerial, thrown);
    }
  }

  /** Opens sealed PINs for one use, and clears them. */
  async #withPins<Result>(
    sealed: readonly (SealedPin | null)[],
    use: (pins: (Uint8Array | null)[]) => Result,
  ): Promise<Result> {
    const pins = await Promise.all(sealed.map((each) => (each === null ? null : this.#receiver.open(each))));
    try {
      const stale = sealed.some((each, index) => each !== null && pins[index] === null);
      if (stale) throw new AppError('pin-key-stale');
      return use(pins);
    } finally {
      for (const pin of pins) pin?.fill(0);
    }
  }

  /** A PIN that was typed once is tried no second time after a miss, by whatever loop: each miss brings the lock nearer. */
  #tryOnce<Result>(sealed: SealedPin | null, slot: TokenSlot, act: () => Result): Result {
    const name = sealed === null ? null : `${slot.serial} ${sealed.senderKey}`;
    if (name !== null && this.#refused.has(name)) {
      throw new AppError('pin-incorrect', { reason: 'refused-before', ...triesOf(slot) });
    }
    try {
      return act();
    } catch (thrown) {
      const isMiss = thrown instanceof AppError && ['pin-incorrect', 'token-locked'].includes(thrown.code);
      if (isMiss && name !== null) {
        if (this.#refused.size >= mostRefused) this.#refused.clear();
        this.#refused.add(name);
      }
      throw thrown;
    }
  }

  #place({ modulePath, tokenSerial }: TokenReference): { module: DriverModule; slot: TokenSlot } {
    const module = this.#shelf.open(modulePath);
    this.#dropEndedSessions(module);
    return { module, slot: this.#findToken(module, tokenSerial) };
  }

  /** Never while somebody is logged in: that login would end. */
  #rescan(module: DriverModule, wanted: boolean): void {
    if (!this.#sessions.some((session) => session.module === module)) this.#shelf.rescan(module, wanted);
  }

  #findToken(module: DriverModule, serial: string): TokenSlot {
    let found = this.#tokensWith(module, serial);
    if (found.slots.length === 0 && this.#standing(module, serial)) {
      this.#dropEndedSessions(module);
      throw found.unreadable ?? new AppError('token-removed', { token: serial });
    }
    if (found.slots.length === 0) {
      this.#rescan(module, true);
      found = this.#tokensWith(module, serial);
    }
    const [slot, another] = found.slots;
    if (!slot) throw found.unreadable ?? new AppError('token-missing', { token: serial });
    if (another) throw new AppError('token-ambiguous', { token: serial });
    return slot;
  }

  /** `unreadable`: why a slot couldn't be asked, which may well hold the token that is looked for. */
  #tokensWith(module: DriverModule, serial: string): { slots: TokenSlot[]; unreadable: AppError | null } {
    const slots: TokenSlot[] = [];
    let unreadable: AppError | null = null;
    for (const handle of module.slots()) {
      try {
        const slot = readTokenSlot(module, handle);
        if (slot.serial === serial) slots.push(slot);
      } catch (thrown) {
        const failed = AppError.from(thrown);
        // Pulled out between two calls is only another way to be missing.
        if (failed.code !== 'token-removed') unreadable ??= failed;
      }
    }
    return { slots, unreadable };
  }

  #describe(module: DriverModule, slot: TokenSlot): TokenInfo {
    const loggedIn = this.#standing(module, slot.serial) !== undefined;
    const contents = this.#contents.get(module, slot, loggedIn, () => ({
      certificates: this.#inSession(module, slot, (session) =>
        readCertificates(module, session.handle, loggedIn),
      ),
      mechanisms: namesOf(readMechanisms(module, slot.handle) ?? []),
    }));
    const { number, label, serial, manufacturer, model, flags, pinLength } = slot;
    return {
      ...{ slot: number, label, serial, manufacturer, model, flags, loggedIn, ...contents },
      pinLength: newPinLength(pinLength),
      initialised: slot.initialised && (slot.pinSet || !slot.loginRequired),
    };
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

  /** Whether there was any. */
  #end(which: (session: TokenSession) => boolean): boolean {
    const ended = this.#sessions.filter(which);
    this.#sessions = this.#sessions.filter((session) => !ended.includes(session));
    for (const session of ended) {
      session.logout();
      session.close();
    }
    return ended.length > 0;
  }

  /** Why a login ended under a signature: pulled out, or only closed by somebody. */
  #explainEnd(module: DriverModule, serial: string, thrown: unknown): AppError {
    const failure = AppError.from(thrown);
    if (failure.code !== 'login-required' && failure.code !== 'key-missing') return failure;
    const present = this.#tokensWith(module, serial).slots.length > 0;
    return new AppError(present ? 'login-required' : 'token-removed', failure.params);
  }
}

/** A reader and whether its token could be read; nothing where the module won't speak of it. */
function describeReader(
  module: DriverModule,
  handle: Handle,
  tokens: ReadonlyMap<number, AppError | null>,
): ReaderInfo[] {
  try {
    const info = module.call('C_GetSlotInfo', (library) => library.C_GetSlotInfo(handle));
    const slot = slotNumber(handle);
    const failure = tokens.get(slot)?.toFailure() ?? null;
    return [{ slot, description: cleanText(info.slotDescription), tokenPresent: tokens.has(slot), failure }];
  } catch {
    return [];
  }
}
