import type { SignatureWishes } from '../signing/signature-terms.ts';
import { choiceOption, type OptionTable } from './options.ts';

/** The options that say what a signature is to be, beside the key and the stamp. */
export const signatureOptions = {
  digest: { type: 'string' },
  certify: { type: 'string' },
  reason: { type: 'string' },
  location: { type: 'string' },
} as const satisfies OptionTable;

type SignatureValues = { readonly [Name in keyof typeof signatureOptions]?: string | undefined };

const levels = { '1': 1, '2': 2, '3': 3 } as const;

/** Throws `input-invalid`, naming the option. */
export function readWishes({ digest, certify, reason, location }: SignatureValues): SignatureWishes {
  const digestAlgorithm = choiceOption(digest, ['sha256', 'sha384', 'sha512'], '--digest');
  const level = choiceOption(certify, ['1', '2', '3'], '--certify');
  return {
    ...(digestAlgorithm && { digestAlgorithm }),
    ...(level && { certification: levels[level] }),
    ...(reason === undefined ? {} : { reason }),
    ...(location === undefined ? {} : { location }),
  };
}
