import type { X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import { sealPin } from '../../contract/sealed-pin.ts';
import type { CertificateInfo, ModuleInfo, TokenInfo } from '../../contract/token.ts';
import { issuersOf } from '../signing/issuers.ts';
import { ForkedTokenHost } from '../token/forked-token-host.ts';
import { installedModules } from '../token/module-table.ts';
import { TokenClient } from '../token/token-client.ts';
import type { CommandIo } from './command-io.ts';
import type { KeyValues, OpenKey } from './key.ts';
import { fromEnvironment, readSecret } from './secret.ts';

/** Logs in to the token that the options name, in its own process. Throws `module-…`, `token-…`, `pin-…`, `certificate-…`. */
export async function openToken(
  values: KeyValues,
  trusted: readonly X509Certificate[],
  io: CommandIo,
): Promise<OpenKey> {
  // The PIN leaves the environment before any child process starts.
  const given = values['pin-env'] === undefined ? null : fromEnvironment(values['pin-env'], io.env);
  const client = new TokenClient(new ForkedTokenHost());
  try {
    const modules = await client.list(values.module === undefined ? installedModules() : [values.module]);
    const { module, token, certificate } = chooseKey(modules, values);
    const pin = token.flags.protectedPath
      ? null
      : (given ?? (await readSecret({ fd: values['pin-fd'], env: undefined }, io)));
    const sealed = pin === null ? null : await sealPin(pin, await client.pinKey());
    const place = { modulePath: module.path, tokenSerial: token.serial };
    await client.login({ ...place, pin: sealed, lastTryConfirmed: false });
    const key = { ...place, certificateId: certificate.id };
    const own = await client.certificate(key);
    const signer = await client.signer(key, issuersOf(own, trusted));
    return { signer, close: () => client.close() };
  } catch (error) {
    await client.close();
    throw error;
  } finally {
    given?.fill(0);
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
  if (!only) throw new AppError('certificate-missing', {});
  if (others.length > 0) {
    throw new AppError('token-ambiguous', { tokens: fitting.map(({ token }) => token.label).join(', ') });
  }
  return only;
}
