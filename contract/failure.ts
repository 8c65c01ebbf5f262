import * as z from 'zod';

/**
 * Every way in which a call of Ấn Tín can fail, by code. What a person reads for a code stands in
 * `contract/messages/`; its type makes a code without words impossible.
 */
export const failureCodes = [
  // Token (PKCS#11)
  'module-missing',
  'module-unusable',
  'module-wrong-architecture',
  'module-dependency-missing',
  'module-not-pkcs11',
  'module-crashed',
  'module-hung',
  'reader-missing',
  'token-missing',
  'token-ambiguous',
  'token-uninitialised',
  'token-empty',
  'token-removed',
  'token-locked',
  'token-timeout',
  'token-stopped',
  'token-failed',
  'pin-incorrect',
  'pin-last-try',
  'pin-key-stale',
  'pin-missing',
  'pin-must-change',
  'pin-too-weak',
  'pin-unchanged',
  'pin-change-unsupported',
  'pin-pad-unsupported',
  'login-required',
  'certificate-missing',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'certificate-untrusted',
  'certificate-not-for-signing',
  'certificate-unchecked',
  'key-missing',
  'mechanism-unsupported',
  'signature-mismatch',
  // PDF
  'pdf-not-a-pdf',
  'pdf-encrypted',
  'pdf-password-wrong',
  'pdf-encryption-unsupported',
  'pdf-damaged',
  'pdf-too-complex',
  'pdf-unsupported',
  'pdf-signing-forbidden',
  'pdf-field-missing',
  'pdf-field-signed',
  'pdf-field-locked',
  'pdf-field-ambiguous',
  'pdf-seed-value',
  'pdf-certification-refused',
  'pdf-page-missing',
  'pdf-revision-missing',
  'signature-room-too-small',
  'signature-harmed',
  // Time stamps and what keeps a signature checkable for years
  'timestamp-unreachable',
  'timestamp-refused',
  'timestamp-invalid',
  'timestamp-too-late',
  'validation-data-missing',
  'signature-unsound',
  'signature-missing',
  // Files
  'file-missing',
  'file-is-link',
  'file-is-folder',
  'file-unreadable',
  'file-exists',
  'output-is-input',
  'file-too-large',
  'file-digest-mismatch',
  'disk-full',
  'write-failed',
  'image-unusable',
  'stamp-room-missing',
  'printed-date-differs',
  'draft-invalid',
  // Province server
  'server-missing',
  'server-insecure',
  'server-certificate',
  'server-unreachable',
  'server-timeout',
  'server-nonsense',
  'server-failed',
  'session-missing',
  'session-expired',
  'sign-in-refused',
  'clock-differs',
  'not-permitted',
  'document-missing',
  'document-state',
  'document-changed',
  'document-secret',
  'document-unsound',
  'approval-missing',
  'approval-unregistered',
  'approval-unsound',
  'document-deceptive',
  'idempotency-conflict',
  'signed-file-rejected',
  'incoming-unsound',
  'outcome-unknown',
  'upload-limit',
  // Whom the office trusts
  'anchor-unsuitable',
  'anchor-unavailable',
  'anchor-unconfirmed',
  // A person's yes
  'consent-busy',
  'consent-paused',
  'consent-expired',
  'consent-failed',
  'consent-missing',
  // The program itself
  'input-invalid',
  'store-newer',
  'store-damaged',
  'store-exposed',
  'audit-broken',
  'core-stopped',
  'cancelled',
  'internal',
] as const;

export const failureCode = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCode>;

/** Values that a message shows, such as the tries left or a file's name. Never a secret, never a stack. */
export const failureParams = z.record(
  z.string().max(64),
  z.union([z.string().max(1000), z.number(), z.boolean()]),
);
export type FailureParams = z.infer<typeof failureParams>;

/** What crosses a seam when a call fails: no stack, no English. `retryable`: the same call may succeed later. */
export const failure = z.object({
  code: failureCode,
  params: failureParams,
  retryable: z.boolean(),
});
export type Failure = z.infer<typeof failure>;

/** Codes that describe a passing condition: the same call, unchanged, may succeed later. */
const retryableCodes: ReadonlySet<FailureCode> = new Set([
  'token-timeout',
  'token-stopped',
  'server-insecure',
  'server-certificate',
  'server-unreachable',
  'server-timeout',
  'server-failed',
  'timestamp-unreachable',
  'outcome-unknown',
  'core-stopped',
]);

/** The one error class that our own code throws on purpose. `cause` stays on this side of a seam, for the log. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: FailureCode;
  readonly params: FailureParams;
  readonly retryable: boolean;

  constructor(
    code: FailureCode,
    params: FailureParams = {},
    options: { cause?: unknown; retryable?: boolean } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.params = params;
    this.retryable = options.retryable ?? retryableCodes.has(code);
  }

  /** The form that may cross a seam. */
  toFailure(): Failure {
    return { code: this.code, params: this.params, retryable: this.retryable };
  }

  static fromFailure(value: Failure): AppError {
    return new AppError(value.code, value.params, { retryable: value.retryable });
  }

  /** Any thrown value as an AppError; what isn't ours becomes `internal`, its text kept as the cause only. */
  static from(thrown: unknown): AppError {
    return thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown });
  }
}

/** Marks a place that the types prove unreachable; adding a union member then fails the build, not the user. */
export function assertNever(value: never): never {
  throw new AppError('internal', {}, { cause: `unexpected value ${JSON.stringify(value)}` });
}
