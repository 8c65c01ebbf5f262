import type { FailureCode } from '../failure.ts';

/** Failures of the token, its driver, the PIN and the certificates on it. */
export type TokenFailureCode = Extract<
  FailureCode,
  | `module-${string}`
  | `token-${string}`
  | `pin-${string}`
  | `certificate-${string}`
  | `reader-${string}`
  | 'login-required'
  | 'key-missing'
  | 'mechanism-unsupported'
  | 'signature-mismatch'
>;

/** Failures of a PDF, or of any file on this computer. */
export type FileFailureCode = Extract<
  FailureCode,
  | `pdf-${string}`
  | `file-${string}`
  | 'signature-room-too-small'
  | 'signature-harmed'
  | 'output-is-input'
  | 'disk-full'
  | 'write-failed'
  | 'image-unusable'
  | 'stamp-room-missing'
  | 'printed-date-differs'
  | `draft-${string}`
>;

/** Failures of time stamps, and of what is added to signatures that must stay checkable for years. */
export type LongTermFailureCode = Extract<
  FailureCode,
  `timestamp-${string}` | 'validation-data-missing' | 'signature-unsound' | 'signature-missing'
>;

/** What is left: the province's server and the program itself. A new code lands here until it is given a family. */
export type SystemFailureCode = Exclude<
  FailureCode,
  TokenFailureCode | FileFailureCode | LongTermFailureCode
>;
