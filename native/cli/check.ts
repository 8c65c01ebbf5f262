import { type DocumentType, documentTypes } from '../../contract/document-type.ts';
import { AppError } from '../../contract/failure.ts';
import { type FormRule, formRules } from '../../contract/form-rule.ts';
import { formSentence } from '../../contract/messages/message.ts';
import { plainLine } from '../../contract/plain-text.ts';
import {
  checkFileName,
  checkForm,
  draftPdf,
  type FormFinding,
  type FormReport,
  Typesetter,
} from '../drafting/index.ts';
import { MemorySource } from '../pdf/byte-source.ts';
import { PdfDocument } from '../pdf/document.ts';
import { withDocument } from '../signing/layout.ts';
import { type CommandIo, failureLines, jsonError, understood, usageError } from './command-io.ts';
import { draftFrom } from './draft-file.ts';
import { choiceOption, readOptions } from './options.ts';
import { passwordOption } from './secret.ts';
import { words } from './words.ts';

const options = {
  type: { type: 'string' },
  rules: { type: 'boolean', default: false },
  'password-env': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Several files: the worst, in this order, as with `verify`. */
const worstFirst = [1, 4, 2, 0];

/** `antin check` (cli.md): 0 nothing found, 1 errors, 2 warnings only, 4 unreadable. */
export async function runCheck(args: string[], io: CommandIo): Promise<number> {
  const call = understood(io, () => readCall(args, io));
  if (call === null) return usageError;
  if (call.isList) return listRules(io, call.isJson);
  const codes = new Set(call.files.map((file) => checkFile(file, call, io)));
  return worstFirst.find((code) => codes.has(code)) ?? 0;
}

function readCall(args: string[], io: CommandIo) {
  const { values, positionals } = readOptions(args, options);
  const types = Object.keys(documentTypes) as DocumentType[];
  const type = choiceOption(values.type, types, '--type') ?? null;
  // The list is of all files alike.
  const isAlone = positionals.length === 0 && type === null && values['password-env'] === undefined;
  if (values.rules !== isAlone)
    throw new AppError('input-invalid', { field: values.rules ? '--rules' : 'FILE' });
  const password = passwordOption(values['password-env'], io.env);
  return { files: positionals, type, password, isList: values.rules, isJson: values.json };
}

function listRules(io: CommandIo, isJson: boolean): number {
  const names = Object.keys(formRules) as FormRule[];
  for (const rule of names) {
    const { severity, article } = formRules[rule];
    const text = formSentence(rule, {}, io.language);
    if (isJson) io.out(JSON.stringify({ rule, severity, article, text }));
    else io.out(`${rule}\n  ${words(io.language).formSeverity[severity]} (${article}): ${text}`);
  }
  return 0;
}

type Call = Pick<ReturnType<typeof readCall>, 'type' | 'password' | 'isJson'>;

function checkFile(file: string, { type, password, isJson }: Call, io: CommandIo): number {
  try {
    const report = /\.json$/i.test(file)
      ? checkDraft(file)
      : withDocument({ source: file, password }, (document) => checkForm(document, type));
    const findings = [...report.findings, ...checkFileName(file)];
    if (isJson) io.out(JSON.stringify({ file, ok: true, type: report.type, findings: findings.map(inJson) }));
    else tell(file, findings, io);
    return codeOf(findings);
  } catch (error) {
    if (isJson) io.out(JSON.stringify({ file, ok: false, error: jsonError(error) }));
    const text = failureLines(AppError.from(error), io.language);
    io.err(`${words(io.language).notChecked}: ${plainLine(file)}. ${text}`);
    return 4;
  }
}

/** A draft is judged by the pages that it becomes; whatever its form, the typesetter gives it. */
function checkDraft(file: string): FormReport {
  const draft = draftFrom(file);
  const typesetter = new Typesetter();
  try {
    const { pdf } = draftPdf(draft, typesetter);
    return checkForm(PdfDocument.read(new MemorySource(pdf)), draft.type);
  } finally {
    typesetter.close();
  }
}

function codeOf(findings: readonly FormFinding[]): number {
  if (findings.some(({ rule }) => rule === 'page-unreadable')) return 4;
  if (findings.some(({ severity }) => severity === 'error')) return 1;
  return findings.length > 0 ? 2 : 0;
}

function inJson({ rule, severity, article, page, box, params }: FormFinding) {
  const rounded = (length: number) => Math.round(length * 100) / 100;
  const area = box && [box.x, box.y, box.width, box.height].map(rounded);
  return { rule, severity, article, page, box: area, params };
}

function tell(file: string, findings: readonly FormFinding[], io: CommandIo): void {
  const here = words(io.language);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const summary = findings.length === 0 ? here.formRight : here.formCounts(errors, findings.length - errors);
  io.out(`${plainLine(file)}: ${summary}`);
  for (const { rule, severity, article, page, params } of findings) {
    const where = [...(page === null ? [] : [here.formPage(page)]), article].join('; ');
    io.out(
      `  ${here.formSeverity[severity]} (${where}): ${formSentence(rule, params, io.language)} [${rule}]`,
    );
  }
}
