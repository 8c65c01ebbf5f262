import { AppError } from '../../contract/failure.ts';
import { blockingFinding, deceptive, type FileFinding } from '../../contract/file-finding.ts';
import { findingSentence } from '../../contract/messages/message.ts';
import { plainLine } from '../../contract/plain-text.ts';
import { withDocument } from '../signing/layout.ts';
import { fileFindings } from '../verification/findings/file-findings.ts';
import type { CommandIo } from './command-io.ts';

/**
 * Looks over files before any PIN is asked for: tells on standard error what whoever signs them has to know, and
 * returns why some aren't to be signed (`document-deceptive`), by their places in the call.
 */
export function lookOver(
  files: readonly string[],
  password: string | undefined,
  io: CommandIo,
): ReadonlyMap<number, AppError> {
  const refused = new Map<number, AppError>();
  for (const [index, source] of files.entries()) {
    const findings = findingsOf(source, password);
    const deceit = blockingFinding(findings);
    if (deceit) refused.set(index, deceptive(deceit));
    for (const finding of deceit ? [] : findings)
      io.err(`${plainLine(source)}: ${findingSentence(finding, io.language)}`);
  }
  return refused;
}

/** What can't be read is left to signing, which says why. */
function findingsOf(source: string, password: string | undefined): readonly FileFinding[] {
  try {
    return withDocument({ source, password }, fileFindings);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
