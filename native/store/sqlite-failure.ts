import Database from 'better-sqlite3';
import { AppError } from '../../contract/failure.ts';

/**
 * An error of SQLite as one of ours, so that a full disk reads as a full disk and damage as damage. What isn't
 * SQLite's is returned as `AppError.from` has it.
 */
export function sqliteFailure(error: unknown): AppError {
  if (!(error instanceof Database.SqliteError)) return AppError.from(error);
  const [kind = error.code] = /^SQLITE_[A-Z]+/.exec(error.code) ?? [];
  switch (kind) {
    case 'SQLITE_FULL':
      return new AppError('disk-full', {}, { cause: error });
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new AppError('store-damaged', {}, { cause: error });
    case 'SQLITE_READONLY':
      // The only store that we open read-only is one that a newer program has written.
      return new AppError('store-newer', {}, { cause: error });
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new AppError('write-failed', { reason: 'in-use' }, { cause: error, retryable: true });
    case 'SQLITE_IOERR':
    case 'SQLITE_CANTOPEN':
      return new AppError('write-failed', {}, { cause: error });
    default:
      return new AppError('internal', {}, { cause: error });
  }
}
