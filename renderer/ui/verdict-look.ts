import type { FileVerdict } from '../../contract/verdict.ts';
import type { IconName } from './icon-paths.ts';
import type { Tone } from './Status.tsx';

/** Picture and colour of each verdict; the word comes from the catalogue. */
export const verdictLook: Record<FileVerdict, { icon: IconName; tone: Tone }> = {
  valid: { icon: 'check', tone: 'good' },
  invalid: { icon: 'cross', tone: 'bad' },
  indeterminate: { icon: 'question', tone: 'doubt' },
  unsigned: { icon: 'document', tone: 'quiet' },
  unreadable: { icon: 'cross', tone: 'bad' },
};
