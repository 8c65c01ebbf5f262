import { blockingFinding, type FileFinding } from '../../../contract/file-finding.ts';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { verdictOf, worstVerdict } from '../verdict.ts';

/** As many as a report may name (`verificationReport`). */
const mostFindings = 100;

/**
 * A report that also names what could deceive whoever looks at the file. One finding for which nobody may sign leaves
 * every signature without its `valid`: `file-deceptive` is no proof of a manipulation, so that it makes it
 * `indeterminate`, and worse stays worse.
 */
export function withFindings(
  report: VerificationReport,
  findings: readonly FileFinding[],
): VerificationReport {
  if (findings.length === 0) return report;
  const all = [...(report.findings ?? []), ...findings];
  // What closes signing must not fall off the end.
  const weighty = all.toSorted((a, b) => Number(b.weight === 'blocks') - Number(a.weight === 'blocks'));
  const found = { ...report, findings: weighty.slice(0, mostFindings) };
  if (!blockingFinding(findings) || report.signatures.length === 0) return found;
  const signatures = report.signatures.map(doubted);
  return { ...found, signatures, verdict: worstVerdict(signatures) };
}

function doubted(signature: SignatureReport): SignatureReport {
  const reasons = [...new Set([...signature.reasons, 'file-deceptive' as const])];
  return { ...signature, reasons, verdict: verdictOf(new Set(reasons)) };
}
