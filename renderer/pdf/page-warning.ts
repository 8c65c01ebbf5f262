import type { FileFinding } from '../../contract/file-finding.ts';
import { findingWords } from '../words/finding.ts';

const words: Partial<Record<FileFinding['code'], string>> = findingWords.page;

/**
 * What to say on a page (from 1) of which not everything is shown, or not the same to everybody; null for a sound
 * one.
 */
export function pageWarning(findings: readonly FileFinding[], page: number): string | null {
  const sentences = findings.filter((finding) => finding.page === page).map(({ code }) => words[code]);
  return sentences.find((sentence) => sentence !== undefined) ?? null;
}
