import type { Failure, FailureCode } from '../../contract/failure.ts';

const codes: Partial<Record<string, FailureCode>> = {
  PasswordException: 'pdf-encrypted',
  InvalidPDFException: 'pdf-damaged',
  FormatError: 'pdf-damaged',
  // A fetch that failed: the file isn't where the core said.
  TypeError: 'file-unreadable',
  Error: 'file-unreadable',
};

/** Why a document can't be shown, from what PDF.js or the fetch of its file threw. */
export function pdfFailure(cause: unknown): Failure {
  const name = cause instanceof Error ? cause.name : '';
  return { code: codes[name] ?? 'pdf-damaged', params: {}, retryable: false };
}
