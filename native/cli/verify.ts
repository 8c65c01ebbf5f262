import { basename } from 'node:path';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import { findingSentence, type Language, verdictText } from '../../contract/messages/message.ts';
import {
  reportWords,
  signatureFacts,
  signatureTitle,
  verdictSentence,
} from '../../contract/messages/verdict-report.ts';
import { plainLine } from '../../contract/plain-text.ts';
import type { FileVerdict, VerificationReport } from '../../contract/verdict.ts';
import { inputsAmong } from '../disk/same-file.ts';
import { Reader } from '../reading/index.ts';
import { hashFile } from '../store/file-store.ts';
import { saveFile } from '../store/saved-file.ts';
import { HttpFetcher, reportPdf, verifyPdf, withFindings } from '../verification/index.ts';
import { type CommandIo, failureLines, usageError } from './command-io.ts';
import { readOptions } from './options.ts';
import { inputsOf, outputPaths } from './output-path.ts';
import { passwordOption } from './secret.ts';
import { isRoot, readTrust } from './trust.ts';

const options = {
  trust: { type: 'string', multiple: true },
  time: { type: 'string' },
  offline: { type: 'boolean', default: false },
  'allow-private': { type: 'boolean', default: false },
  'password-env': { type: 'string' },
  report: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const exitCodes: Record<FileVerdict, number> = {
  valid: 0,
  invalid: 1,
  indeterminate: 2,
  unsigned: 3,
  unreadable: 4,
};
/**
 * A report that was asked for couldn't be written: nobody must take the verdict's code for it (sysexits'
 * EX_CANTCREAT).
 */
const reportFailed = 73;
/** cli.md: with several files the worst counts, in this order. */
const worstFirst = [1, 4, 2, 3, 0];

/** `antin verify` (cli.md). The exit code tells the worst verdict, or that a report couldn't be written. */
export async function runVerify(args: string[], io: CommandIo): Promise<number> {
  // One for all files: its thread takes longer to start than a small file to be compared.
  const reader = new Reader();
  try {
    const { values, positionals } = readOptions(args, options);
    if (positionals.length === 0) throw new AppError('input-invalid', { field: 'FILE' });
    const time = values.time === undefined ? undefined : readTime(values.time);
    const password = passwordOption(values['password-env'], io.env);
    const given = readTrust(values.trust ?? []);
    // One for all files: it remembers what it fetched.
    const fetcher = new HttpFetcher({ allowPrivate: values['allow-private'] });
    const reportPaths = values.report === undefined ? [] : outputPaths(positionals, values.report);
    const replaced = inputsAmong(reportPaths, inputsOf(positionals, values));
    const codes = new Set<number>();
    let isReported = true;
    for (const [index, file] of positionals.entries()) {
      const started = performance.now();
      const options = {
        anchors: given,
        intermediates: given.filter((certificate) => !isRoot(certificate)),
        offline: values.offline,
        fetcher,
        password,
        ...(time ? { time } : {}),
      };
      const report = await Promise.all([verifyPdf(file, options), reader.read(file, { password })]).then(
        ([judged, { findings }]) => withFindings(judged, findings),
        unreadable,
      );
      const totalMs = Math.round((performance.now() - started) * 100) / 100;
      if (report.failure) tellFailure(file, report.failure, io);
      if (values.json) io.out(jsonLine(file, report, totalMs, io.language));
      else io.out(describe(file, report, io));
      const target = reportPaths[index];
      if (target !== undefined) {
        const refusal = replaced.get(index);
        const writing = refusal
          ? Promise.reject(refusal)
          : writeReport(target, file, report, values.force, io);
        await writing.catch((error: unknown) => {
          io.err(failureLines(AppError.from(error), io.language));
          isReported = false;
        });
      }
      codes.add(exitCodes[report.verdict]);
    }
    if (!isReported) return reportFailed;
    return worstFirst.find((code) => codes.has(code)) ?? 0;
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return usageError;
  } finally {
    await reader.close();
  }
}

/** The sentence is for whoever reads it, in the call's language; all else is for programs. */
function jsonLine(file: string, report: VerificationReport, totalMs: number, language: Language): string {
  return JSON.stringify({
    file,
    sentence: verdictSentence(report, language),
    ...report,
    timings: { totalMs },
  });
}

/** Fails with `file-exists` unless `force`, and as reading and writing files do. */
async function writeReport(
  target: string,
  file: string,
  report: VerificationReport,
  force: boolean,
  { language }: CommandIo,
): Promise<void> {
  const { digest, bytes } = await hashFile(file).catch((cause: unknown) => {
    throw new AppError('file-unreadable', { file: basename(file) }, { cause });
  });
  const facts = { name: basename(file), digest, bytes, checkedAt: new Date() };
  await saveFile(target, reportPdf(report, facts, language), { replace: force });
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
  io.err(`${plainLine(basename(file))}: ${failureLines(new AppError(code), io.language)}`);
}

function describe(file: string, report: VerificationReport, { language }: CommandIo): string {
  const signatures = report.signatures.flatMap((signature, index) => [
    `  ${signatureTitle(signature, index + 1, language)}: ${verdictText(signature.verdict, language).word}`,
    `    ${reportWords(language).field}: ${signature.field}`,
    ...signatureFacts(signature, language).flatMap(({ name, values }) =>
      values.length === 1
        ? [`    ${name}: ${values[0]}`]
        : [`    ${name}:`, ...values.map((value) => `      - ${value}`)],
    ),
  ]);
  // The file's name may hold line feeds, and each would begin a line that looks like ours.
  const findings = (report.findings ?? []).map((finding) => `  ! ${findingSentence(finding, language)}`);
  return [`${plainLine(file)}: ${verdictSentence(report, language)}`, ...findings, ...signatures].join('\n');
}
