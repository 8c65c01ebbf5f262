import { basename } from 'node:path';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import { reasonSentence, verdictText } from '../../contract/messages/message.ts';
import type { FileVerdict, SignatureReport, VerificationReport } from '../../contract/verdict.ts';
import { HttpFetcher, verifyPdf } from '../verification/index.ts';
import { type CommandIo, failureLines, usageError } from './command-io.ts';
import { readOptions } from './options.ts';
import { passwordOption } from './secret.ts';
import { isRoot, readTrust } from './trust.ts';
import { words } from './words.ts';

const options = {
  trust: { type: 'string', multiple: true },
  time: { type: 'string' },
  offline: { type: 'boolean', default: false },
  'allow-private': { type: 'boolean', default: false },
  'password-env': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const exitCodes: Record<FileVerdict, number> = {
  valid: 0,
  invalid: 1,
  indeterminate: 2,
  unsigned: 3,
  unreadable: 4,
};
/** cli.md: with several files the worst counts, in this order. */
const worstFirst = [1, 4, 2, 3, 0];

/** `antin verify` (cli.md). The exit code tells the worst verdict. */
export async function runVerify(args: string[], io: CommandIo): Promise<number> {
  try {
    const { values, positionals } = readOptions(args, options);
    if (positionals.length === 0) throw new AppError('input-invalid', { field: 'FILE' });
    const time = values.time === undefined ? undefined : readTime(values.time);
    const password = passwordOption(values['password-env'], io.env);
    const given = readTrust(values.trust ?? []);
    // One for all files: it remembers what it fetched.
    const fetcher = new HttpFetcher({ allowPrivate: values['allow-private'] });
    const codes = new Set<number>();
    for (const file of positionals) {
      const started = performance.now();
      const report = await verifyPdf(file, {
        anchors: given,
        intermediates: given.filter((certificate) => !isRoot(certificate)),
        offline: values.offline,
        fetcher,
        password,
        ...(time ? { time } : {}),
      }).catch(unreadable);
      const totalMs = Math.round((performance.now() - started) * 100) / 100;
      if (report.failure) tellFailure(file, report.failure, io);
      if (values.json) io.out(JSON.stringify({ file, ...report, timings: { totalMs } }));
      else io.out(describe(file, report, io));
      codes.add(exitCodes[report.verdict]);
    }
    return worstFirst.find((code) => codes.has(code)) ?? 0;
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return usageError;
  }
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new AppError('input-invalid', { field: '--time' });
  return time;
}

/** What can't be read is a verdict, too. */
function unreadable(thrown: unknown): VerificationReport {
  return { verdict: 'unreadable', failure: AppError.from(thrown).code, signatures: [] };
}

/** Why a file can't be read goes to standard error. */
function tellFailure(file: string, code: FailureCode, io: CommandIo): void {
  io.err(`${basename(file)}: ${failureLines(new AppError(code), io.language)}`);
}

function describe(file: string, report: VerificationReport, io: CommandIo): string {
  const { word, sentence } = verdictText(report.verdict, io.language);
  const signatures = report.signatures.flatMap((signature) => describeSignature(signature, io));
  return [`${file}: ${word}. ${sentence}`, ...signatures].join('\n');
}

function describeSignature(signature: SignatureReport, { language }: CommandIo): string[] {
  const label = words(language);
  const { signer, signedAt, timestampAt, reasons, changes } = signature;
  const facts: [string, string | null][] = [
    [label.signer, signer?.subject ?? null],
    [label.organisation, signer?.organisation || null],
    [label.issuer, signer?.issuer ?? null],
    [label.validity, signer ? `${signer.notBefore} ${label.until} ${signer.notAfter}` : null],
    [label.signedAt, signedAt],
    [label.stampedAt, timestampAt],
  ];
  return [
    `  ${signature.field}: ${verdictText(signature.verdict, language).word} (${signature.algorithm})`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`    ${name}: ${value}`])),
    ...reasons.map((reason) => `    - ${reasonSentence(reason, language)}`),
    ...(changes.length > 0 ? [`    ${label.changes}:`, ...changes.map((change) => `      - ${change}`)] : []),
  ];
}
