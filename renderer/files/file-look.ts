import { blockingFinding, type FileFinding } from '../../contract/file-finding.ts';
import type { LocalFileCard } from '../../contract/local-file.ts';
import { verdictText } from '../../contract/messages/message.ts';
import type { FileVerdict } from '../../contract/verdict.ts';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import { verdictLook } from '../ui/verdict-look.ts';
import { fileWords } from '../words/local-file.ts';

/** How a file stands, in picture, word and colour. */
export function fileLook({ state, verdict }: Pick<LocalFileCard, 'state' | 'verdict'>): {
  tone: Tone;
  icon: IconName;
  word: string;
} {
  const { states } = fileWords;
  if (state === 'refused') return { tone: 'bad', icon: 'cross', word: states.refused };
  if (state === 'unsaved') return { tone: 'doubt', icon: 'save', word: states.unsaved };
  if (state === 'opening') return { tone: 'quiet', icon: 'clock', word: states.opening };
  if (verdict === null) return { tone: 'quiet', icon: 'clock', word: states.checking };
  return { ...verdictLook[verdict], word: verdictText(verdict).word };
}

/** Why a file isn't signed as it is, in a sentence; null where nothing speaks against it, or nothing is known yet. */
export function signingObstacle(
  verdict: FileVerdict | null,
  findings: readonly FileFinding[] | undefined,
): string | null {
  if (verdict === 'invalid') return fileWords.badSignature;
  if (verdict === 'unreadable') return fileWords.unreadable;
  return blockingFinding(findings) ? fileWords.deceptive : null;
}

/** Whether it can be chosen to be signed with others. */
export function isSignable({ state, digest, verdict, findings }: LocalFileCard): boolean {
  return state === 'open' && digest !== null && signingObstacle(verdict, findings) === null;
}
