import type { CheckedFile } from './checked-file.ts';

/** Why a document has no verdict. */
export type Checking = 'noFile' | 'onItsWay' | 'underWay' | 'failed';

/** What keeps the verdict: the file, the time that checking takes, or a fault that the core has met. */
export function checkingOf({
  file,
  fileHeld,
  checkFailed = false,
}: Pick<CheckedFile, 'file' | 'fileHeld'> & Partial<Pick<CheckedFile, 'checkFailed'>>): Checking {
  if (file === null) return 'noFile';
  if (!fileHeld) return 'onItsWay';
  return checkFailed ? 'failed' : 'underWay';
}
