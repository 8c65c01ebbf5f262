import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Draft } from '../../contract/draft.ts';
import { AppError } from '../../contract/failure.ts';
import { readDraft } from '../drafting/index.ts';

/** Bytes; a draft of a thousand pages has three million. */
const longestDraft = 1 << 24;

/** A draft from its file. Throws `draft-invalid`, `file-missing`, `file-unreadable`, `file-too-large`. */
export function draftFrom(file: string): Draft {
  return readDraft(textOf(file));
}

function textOf(file: string): string {
  try {
    const state = statSync(file);
    if (!state.isFile()) throw new AppError('file-unreadable', { file: basename(file) });
    if (state.size > longestDraft)
      throw new AppError('file-too-large', { file: basename(file), limit: longestDraft });
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const code = isMissing ? 'file-missing' : 'file-unreadable';
    throw new AppError(code, { file: basename(file) }, { cause: error });
  }
}
