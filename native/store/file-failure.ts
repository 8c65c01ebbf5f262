import { AppError } from '../../contract/failure.ts';

/** The code of a Node system error, such as `ENOENT`; undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A failure while reading or writing a file, as one of ours. Paths stay in the cause: they aren't for the person. */
export function fileFailure(error: unknown): AppError {
  switch (systemErrorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', {}, { cause: error });
    case 'EFBIG':
      return new AppError('file-too-large', {}, { cause: error });
    case 'ENOENT':
      return new AppError('file-missing', {}, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
      return new AppError('file-unreadable', {}, { cause: error });
    case 'EIO':
    case 'EROFS':
      return new AppError('write-failed', {}, { cause: error });
    default:
      return AppError.from(error);
  }
}
