import { X509Certificate } from 'node:crypto';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import { fromBase64, type PinKey, type SealedPin } from '../../contract/sealed-pin.ts';
import type { KeyReference, ModuleInfo, TokenReference } from '../../contract/token.ts';
import type { DigestAlgorithm, SignatureScheme, Signer } from '../signing/signer.ts';
import { withStanding } from './certificate-standing.ts';
import { type TokenDeadlines, tokenDeadlines } from './deadlines.ts';
import { asModuleFailure, ModuleProbe } from './module-probe.ts';
import { rowOf } from './module-table.ts';
import { Quarantine } from './quarantine.ts';
import { withoutRepeats } from './same-token.ts';
import { signatureMatches } from './signature-check.ts';
import type { SigningOrder } from './signing-lane.ts';
import { type Returned, SigningQueue } from './signing-queue.ts';
import type { TokenHost } from './token-host.ts';
import { TokenProcess } from './token-process.ts';

export type { TokenHost } from './token-host.ts';

export interface TokenLogin {
  readonly modulePath: string;
  readonly tokenSerial: string;
  /** Sealed with this start's `pinKey()`; null for a token with its own PIN pad. */
  readonly pin: SealedPin | null;
  readonly lastTryConfirmed: boolean;
}

export interface PinChange extends TokenReference {
  /** Both null for a token with its own PIN pad. */
  readonly oldPin: SealedPin | null;
  readonly newPin: SealedPin | null;
  readonly lastTryConfirmed: boolean;
}

/** How to sign, where it isn't the usual way. */
export interface SigningOptions {
  /** PKCS#1 v1.5 where it is left out. */
  readonly scheme?: SignatureScheme;
  /** For a key that wants its PIN with each signature; the same sealed PIN that logged in. */
  readonly pin?: SealedPin | null;
  readonly lastTryConfirmed?: boolean;
}

export interface TokenClientOptions {
  readonly deadlines?: Partial<TokenDeadlines>;
  /** A clock that only runs forward, in milliseconds; for tests. */
  readonly now?: () => number;
  /** The time that certificates' dates are held against. */
  readonly clock?: () => Date;
}

/**
 * The core's side of the token process: starts it on first use, kills it when a driver hangs, starts it again with the next
 * call. Every call may fail with `token-timeout` or `token-stopped`; a login is lost with its process.
 */
export class TokenClient {
  readonly #host: TokenHost;
  readonly #deadlines: TokenDeadlines;
  readonly #quarantine: Quarantine;
  readonly #probe: ModuleProbe;
  readonly #clock: () => Date;
  readonly #certificates = new Map<string, X509Certificate>();
  readonly #queues = new Map<string, SigningQueue>();
  /** Keys that have asked for their PIN with a signature (CKA_ALWAYS_AUTHENTICATE). */
  readonly #wantPin = new Set<string>();
  #current: TokenProcess | null = null;
  #starting: Promise<TokenProcess> | null = null;
  /** The start in which somebody logged in. */
  #loggedInTo: TokenProcess | null = null;
  /** The last login was typed on the token itself: a signature may wait for that, too. */
  #padLogin = false;
  #closed = false;

  constructor(host: TokenHost, options: TokenClientOptions = {}) {
    this.#host = host;
    this.#deadlines = { ...tokenDeadlines, ...options.deadlines };
    this.#quarantine = new Quarantine(options.now);
    this.#probe = new ModuleProbe(host, this.#deadlines);
    this.#clock = options.clock ?? (() => new Date());
  }

  /**
   * What each module sees, in the order given. A module that is missing, crashes or hangs has `ok: false` and its failure;
   * the others are listed all the same. A token that several modules see is listed once.
   * @param options.again tries modules again that failed a while ago, since somebody asks who may have mended them
   * @throws AppError `token-stopped` or `token-timeout` only where the process itself can't be started.
   */
  async list(modulePaths: readonly string[], options: { again?: boolean } = {}): Promise<ModuleInfo[]> {
    if (options.again) this.#quarantine.recall();
    const now = this.#clock();
    const modules: ModuleInfo[] = [];
    for (const path of new Set(modulePaths)) {
      const family = rowOf(path)?.family;
      const module = withStanding(await this.#listModule(path, options.again ?? false), now);
      modules.push(family === undefined ? module : { ...module, family });
    }
    return withoutRepeats(modules);
  }

  /** What a PIN is sealed with (contract/sealed-pin.ts), as long as this start of the process lives. */
  async pinKey(): Promise<PinKey> {
    return (await this.#running()).pinKey;
  }

  /**
   * One try to log in; the login serves every signature until `logout`, removal or the end of the process.
   * @throws AppError `pin-incorrect` {triesLow, finalTry} or {reason: 'length', min, max}, `pin-last-try`, `pin-key-stale`,
   * `pin-missing`, `token-locked`, `token-missing`, `token-removed`, `token-failed` {function, returnValue}, …
   */
  async login({ modulePath, tokenSerial, pin, lastTryConfirmed }: TokenLogin): Promise<void> {
    const { login, pinPadLogin } = this.#deadlines;
    const process = await this.#running();
    this.#certificates.clear();
    await process.call(pin === null ? pinPadLogin : login, (calls) =>
      calls.login({ modulePath, tokenSerial, pin, lastTryConfirmed }),
    );
    this.#loggedInTo = process;
    this.#padLogin = pin === null;
  }

  /**
   * One try to change a token's PIN; a login that stands there ends.
   * @throws AppError `pin-too-weak` {min, max}, `pin-unchanged`, `pin-change-unsupported`, or as `login`
   */
  async changePin({ modulePath, tokenSerial, ...pins }: PinChange): Promise<void> {
    const process = await this.#running();
    const { changePin, pinPadLogin } = this.#deadlines;
    // On a PIN pad the person types the old one and the new one twice.
    await process
      .call(pins.oldPin === null ? pinPadLogin * 2 : changePin, (calls) =>
        calls.changePin({ modulePath, tokenSerial, ...pins }),
      )
      .catch((thrown: unknown) => {
        const { code, params } = AppError.from(thrown);
        // Nobody knows then which PIN the token has, and a guess costs a try.
        if (leavesPinOpen.has(code) && params['sent'] !== false)
          throw new AppError(code, { ...params, pinChange: true }, { cause: thrown });
        throw thrown;
      });
  }

  /** Ends every login. Where no process runs, none stands. */
  async logout(): Promise<void> {
    this.#loggedInTo = null;
    this.#certificates.clear();
    const process = this.#current;
    if (process && !process.ended) await process.call(this.#deadlines.logout, (calls) => calls.logout({}));
  }

  /** The certificate beside a key, as the token holds it. @throws AppError `certificate-missing`, `token-missing`, … */
  async certificate(key: KeyReference): Promise<X509Certificate> {
    const process = await this.#running();
    const { der } = await process.call(this.#deadlines.certificate, (calls) => calls.certificate({ key }));
    try {
      const certificate = new X509Certificate(fromBase64(der));
      // Throws where the key can't be decoded; further on, Node's toLegacyObject() would crash the core over it.
      void certificate.publicKey;
      this.#certificates.set(nameOf(key), certificate);
      return certificate;
    } catch (cause) {
      throw new AppError('certificate-missing', {}, { cause });
    }
  }

  /**
   * Signs data; the form of the answer as in `Signer.sign`. What comes back has been checked against the certificate.
   * @throws AppError `login-required`, `token-removed`, `signature-mismatch`, `mechanism-unsupported`, `token-failed`, …; for a key
   * that wants its PIN with each signature also as `login`
   */
  async sign(
    key: KeyReference,
    algorithm: DigestAlgorithm,
    data: Uint8Array,
    options: SigningOptions = {},
  ): Promise<Uint8Array> {
    const { scheme = 'pkcs1', pin = null, lastTryConfirmed = false } = options;
    const how = { key, algorithm, scheme, lastTryConfirmed };
    const name = nameOf(key);
    if (pin === null) return this.#queue(how).add(data);
    if (!this.#wantPin.has(name)) {
      // Most keys want none: a PIN that isn't needed stays here, and the signature goes with the others.
      const signed = await this.#queue(how).add(data).catch(unlessPinMissing);
      if (signed) return signed;
      this.#wantPin.add(name);
    }
    // A PIN is for one signature, so that this one goes by itself.
    return new SigningQueue((some) => this.#signTogether({ ...how, pin }, some)).add(data);
  }

  /** A key as the port that signing code knows. `chain`: its issuers, from the certificate's own upwards. */
  async signer(
    key: KeyReference,
    chain: readonly X509Certificate[],
    options: SigningOptions = {},
  ): Promise<Signer> {
    const certificate = await this.certificate(key);
    return {
      certificate,
      chain,
      scheme: options.scheme ?? 'pkcs1',
      sign: (algorithm, data) => this.sign(key, algorithm, data, options),
    };
  }

  /** Logs out and ends the process. The client can't be used afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    const process = await (this.#starting?.catch(() => null) ?? this.#current);
    if (!process) return;
    if (this.#hasLogin()) {
      // Politely, so that the device forgets the PIN at once; but nobody waits long for a driver on the way out.
      const deadline = Math.min(this.#deadlines.logout, 2_000);
      await process.call(deadline, (calls) => calls.logout({})).catch(() => undefined);
    }
    await process.kill();
  }

  #queue(how: Omit<SigningOrder, 'data' | 'pin'>): SigningQueue {
    const name = JSON.stringify([nameOf(how.key), how.algorithm, how.scheme, how.lastTryConfirmed]);
    const send = (some: readonly Uint8Array[]) => this.#signTogether({ ...how, pin: null }, some);
    // Told once that the login is gone, the next one hears that it has to log in.
    const forget = () => {
      this.#loggedInTo = null;
    };
    const queue = this.#queues.get(name) ?? new SigningQueue(send, forget);
    this.#queues.set(name, queue);
    return queue;
  }

  async #signTogether(how: Omit<SigningOrder, 'data'>, data: readonly Uint8Array[]): Promise<Returned> {
    const { key, algorithm, scheme } = how;
    const process = await this.#running();
    this.#assertLoginNotLost(process);
    const certificate = this.#certificates.get(nameOf(key)) ?? (await this.certificate(key));
    const { sign, pinPadLogin } = this.#deadlines;
    const answers = await process
      .sign(this.#padLogin ? pinPadLogin : sign, { ...how, data: [...data] })
      .catch((thrown: unknown) => {
        const { code } = AppError.from(thrown);
        // Whoever asked is told by this very failure; the next is only told to log in.
        if (code === 'token-stopped' || code === 'token-timeout') this.#loggedInTo = null;
        throw thrown;
      });
    return {
      answers,
      matches: (each, signature) =>
        signatureMatches(certificate, { algorithm, scheme, data: each }, signature),
    };
  }

  async #listModule(path: string, wanted: boolean): Promise<ModuleInfo> {
    const held = this.#quarantine.holds(path, this.#hasLogin());
    if (held) return unusable(path, held);
    try {
      await this.#probe.check(path);
    } catch (thrown) {
      const failed = AppError.from(thrown);
      // Not the module's fault: no process could be had.
      if (failed.code === 'token-stopped' || failed.code === 'token-timeout') throw failed;
      return unusable(path, this.#quarantine.add(path, failed));
    }
    const process = await this.#running();
    try {
      const module = await process.call(this.#deadlines.list, (calls) =>
        calls.list({ modulePath: path, wanted }),
      );
      if (module.ok) this.#quarantine.release(path);
      return module;
    } catch (thrown) {
      const failed = AppError.from(thrown);
      if (failed.code !== 'token-timeout' && failed.code !== 'token-stopped') return unusable(path, failed);
      if (this.#closed) throw failed;
      // The process may also have ended under another call, before this one was sent: then the next start answers.
      if (failed.params['sent'] === false) return this.#listModule(path, wanted);
      this.#probe.forget(path);
      return unusable(path, this.#quarantine.add(path, asModuleFailure(failed, path)));
    }
  }

  /**
   * The process in which somebody logged in has ended, perhaps while this very signature waited for its turn: that is what
   * happened, and "log in" would be only half of it. Told once; from then on nobody is logged in.
   */
  #assertLoginNotLost(process: TokenProcess): void {
    if (this.#loggedInTo === null || this.#loggedInTo === process) return;
    this.#loggedInTo = null;
    throw new AppError('token-stopped', { sent: false });
  }

  #hasLogin(): boolean {
    return this.#loggedInTo !== null && !this.#loggedInTo.ended;
  }

  /** The process that runs, or a new one. Only ever one: two would fight over the token. */
  async #running(): Promise<TokenProcess> {
    if (this.#closed) throw new AppError('token-stopped', { sent: false });
    if (this.#current && !this.#current.ended) return this.#current;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #start(): Promise<TokenProcess> {
    await this.#current?.kill();
    this.#certificates.clear();
    this.#current = await TokenProcess.start(this.#host, this.#deadlines.start);
    return this.#current;
  }
}

function nameOf(key: KeyReference): string {
  return JSON.stringify([key.modulePath, key.tokenSerial, key.certificateId]);
}

/** After these a token may have done what it was asked, or not. */
const leavesPinOpen: ReadonlySet<FailureCode> = new Set(['token-removed', 'token-timeout', 'token-stopped']);

/** Null where the key only wants its PIN; nothing has been tried then. */
function unlessPinMissing(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code === 'pin-missing') return null;
  throw thrown;
}

function unusable(path: string, failed: AppError): ModuleInfo {
  return { path, ok: false, error: failed.toFailure(), description: '', tokens: [] };
}
