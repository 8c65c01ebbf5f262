import type { X509Certificate } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../../contract/failure.ts';
import { sealPin } from '../../contract/sealed-pin.ts';
import type { CertificateInfo, ModuleInfo, TokenInfo } from '../../contract/token.ts';
import type { AwaitToken } from '../signing/batch.ts';
import { issuersOf } from '../signing/issuers.ts';
import { ForkedTokenHost } from '../token/forked-token-host.ts';
import { TokenClient } from '../token/token-client.ts';
import { type CommandIo, failureLines } from './command-io.ts';
import { type KeyValues, type OpenKey, schemeAsked } from './key.ts';
import { modulesToAsk } from './modules-to-ask.ts';
import { fromEnvironment, readSecret } from './secret.ts';
import { words } from './words.ts';

/** Logs in to the token that the options name, in its own process. Throws `module-…`, `token-…`, `pin-…`, `certificate-…`. */
export async function openToken(
  values: KeyValues,
  trusted: readonly X509Certificate[],
  io: CommandIo,
): Promise<OpenKey> {
  // The PIN leaves the environment before any child process starts.
  const given = values['pin-env'] === undefined ? null : fromEnvironment(values['pin-env'], io.env);
  const host = new ForkedTokenHost();
  // One module, named by whoever calls, needn't be tried out apart: if it falls, so does this call, and nothing else.
  const client = new TokenClient(values.module === undefined ? host : { start: () => host.start() });
  try {
    const modules = await modulesToAsk(client, values.module === undefined ? undefined : [values.module]);
    const chosen = chooseKey(modules, values);
    const logIn = async (pin: Uint8Array<ArrayBuffer> | null) => {
      const { module, token, certificate } = chosen;
      const sealed = pin === null ? null : await sealPin(pin, await client.pinKey());
      const place = { modulePath: module.path, tokenSerial: token.serial };
      await client.login({ ...place, pin: sealed, lastTryConfirmed: false });
      const key = { ...place, certificateId: certificate.id };
      const own = await client.certificate(key);
      // The same sealed PIN serves keys that want it with each signature; it is opened in the token process alone.
      const scheme = schemeAsked(values);
      return client.signer(key, issuersOf(own, trusted), { pin: sealed, scheme });
    };
    const hasPad = chosen.token.flags.protectedPath;
    const pin = hasPad ? null : (given ?? (await readSecret({ fd: values['pin-fd'], env: undefined }, io)));
    const signer = await logIn(pin);
    const awaitToken: AwaitToken = async (lost, signal) => {
      io.err(`${failureLines(lost, io.language)}\n${words(io.language).plugInAgain}`);
      await untilThere(client, chosen, signal);
      return logIn(hasPad ? null : await readSecret({ fd: undefined, env: undefined }, io));
    };
    // Who gave the PIN by a pipe or the environment isn't there to be asked.
    const isAttended = values['pin-fd'] === undefined && given === null && process.stdin.isTTY;
    return { signer, close: () => client.close(), ...(isAttended ? { awaitToken } : {}) };
  } catch (error) {
    await client.close();
    throw error;
  } finally {
    given?.fill(0);
  }
}

/** How often a token that was pulled out is looked for, in milliseconds. */
const lookMs = 1000;

/** Resolves once the token is plugged in again; rejects where the signal says that nobody waits any more. */
async function untilThere(
  client: TokenClient,
  { module, token }: ChosenKey,
  signal: AbortSignal,
): Promise<void> {
  while (true) {
    const [seen] = await client.list([module.path], { again: true });
    if (seen?.tokens.some(({ serial }) => serial === token.serial)) return;
    await setTimeout(lookMs, undefined, { signal });
  }
}

interface ChosenKey {
  readonly module: ModuleInfo;
  readonly token: TokenInfo;
  readonly certificate: CertificateInfo;
}

/** The one key that fits; each option may be left out where there is just one choice. Says which step failed. */
function chooseKey(modules: readonly ModuleInfo[], { token: wanted, cert }: KeyValues): ChosenKey {
  const usable = modules.filter((module) => module.ok);
  const [unusable] = modules;
  if (!unusable) throw new AppError('module-missing');
  if (usable.length === 0)
    throw unusable.error ? AppError.fromFailure(unusable.error) : new AppError('module-unusable');
  const tokens = usable.flatMap((module) => module.tokens.map((token) => ({ module, token })));
  const named = tokens.filter(
    ({ token }) => wanted === undefined || token.label === wanted || token.serial === wanted,
  );
  if (named.length === 0) throw new AppError('token-missing', wanted === undefined ? {} : { token: wanted });
  const keys = named.flatMap(({ module, token }) =>
    token.certificates.map((certificate) => ({ module, token, certificate })),
  );
  const fitting = keys.filter(
    ({ certificate }) =>
      certificate.canSign &&
      (cert === undefined || certificate.subject === cert || certificate.serial === cert.toUpperCase()),
  );
  const [only, ...others] = fitting;
  if (!only) throw whyNone(keys, named, cert);
  if (others.length > 0) {
    throw new AppError('token-ambiguous', { tokens: fitting.map(({ token }) => token.label).join(', ') });
  }
  return only;
}

/** Which step fails: no certificate at all, none of that name, or one that can't sign, and why. */
function whyNone(
  keys: readonly ChosenKey[],
  named: readonly { token: TokenInfo }[],
  cert: string | undefined,
): AppError {
  const meant = keys.filter(
    ({ certificate }) =>
      cert === undefined || certificate.subject === cert || certificate.serial === cert.toUpperCase(),
  );
  const refused = meant.find(({ certificate }) => certificate.refusal)?.certificate.refusal;
  if (refused) return AppError.fromFailure(refused);
  if (keys.length === 0) return new AppError('token-empty', { token: named[0]?.token.label ?? '' });
  return new AppError('certificate-missing', cert === undefined ? {} : { subject: cert });
}
