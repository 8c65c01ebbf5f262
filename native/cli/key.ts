import type { X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import type { AwaitToken } from '../signing/batch.ts';
import type { SignatureScheme, Signer } from '../signing/signer.ts';
import type { CommandIo } from './command-io.ts';
import type { OptionTable } from './options.ts';
import { fromEnvironment } from './secret.ts';

/** The options that name a key: cli.md, `KEY`. */
export const keyOptions = {
  module: { type: 'string' },
  token: { type: 'string' },
  cert: { type: 'string' },
  'pin-fd': { type: 'string' },
  'pin-env': { type: 'string' },
  p12: { type: 'string' },
  'p12-password-env': { type: 'string' },
  pss: { type: 'boolean' },
} as const satisfies OptionTable;

export type KeyValues = {
  readonly [Name in keyof typeof keyOptions]?:
    | ((typeof keyOptions)[Name]['type'] extends 'boolean' ? boolean : string)
    | undefined;
};

/** How RSA is padded: PKCS#1 v1.5, which VGCA's verifiers know, unless `--pss` asks for what TT 15/2025 names. */
export function schemeAsked({ pss }: KeyValues): SignatureScheme {
  return pss === true ? 'pss' : 'pkcs1';
}

/** A key that is ready to sign, and what to close afterwards. */
export interface OpenKey {
  readonly signer: Signer;
  /** Has the person plug the token in again and log in; left out where nobody is there to be asked. */
  readonly awaitToken?: AwaitToken;
  close(): Promise<void>;
}

/** Opens the key that the options name. `trusted` completes the chain that goes into the signature. */
export async function openKey(
  values: KeyValues,
  trusted: readonly X509Certificate[],
  io: CommandIo,
): Promise<OpenKey> {
  // Each kind of key is loaded when it is asked for: a script that signs with a file needn't wait for the token's code.
  if (values.p12 === undefined) return (await import('./token-key.ts')).openToken(values, trusted, io);
  const password = values['p12-password-env'];
  if (password === undefined) throw new AppError('input-invalid', { field: '--p12-password-env' });
  const { openPkcs12 } = await import('../signing/pkcs12-signer.ts');
  const secret = fromEnvironment(password, io.env);
  const signer = await openPkcs12(values.p12, secret, trusted, schemeAsked(values));
  return { signer, close: async () => undefined };
}
