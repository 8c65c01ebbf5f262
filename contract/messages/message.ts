import type { Failure, FailureParams } from '../failure.ts';
import type { FileFinding } from '../file-finding.ts';
import type { FormRule } from '../form-rule.ts';
import type { GateFinding } from '../gate.ts';
import { plainLine, quoted } from '../plain-text.ts';
import type { FileVerdict, ReasonCode } from '../verdict.ts';
import { enCauses, enFailures, enFields, enReasons, enUndatedReasons, enVerdicts } from './en.ts';
import { enAdvice } from './en-advice.ts';
import { enFindingKinds, enFindings } from './en-finding.ts';
import { enForm } from './en-form.ts';
import { enGate } from './en-gate.ts';
import type { FailureText, VerdictText } from './text.ts';
import { viCauses, viFailures, viFields, viReasons, viUndatedReasons, viVerdicts } from './vi.ts';
import { viAdvice } from './vi-advice.ts';
import { viFindingKinds, viFindings } from './vi-finding.ts';
import { viForm } from './vi-form.ts';
import { viGate } from './vi-gate.ts';

export type Language = 'vi' | 'en';

const catalogues = {
  vi: {
    failures: viFailures,
    reasons: viReasons,
    advice: viAdvice,
    undated: viUndatedReasons,
    verdicts: viVerdicts,
    fields: viFields,
    causes: viCauses,
    gate: viGate,
    form: viForm,
    findings: viFindings,
    kinds: viFindingKinds,
    locale: 'vi-VN',
  },
  en: {
    failures: enFailures,
    reasons: enReasons,
    advice: enAdvice,
    undated: enUndatedReasons,
    verdicts: enVerdicts,
    fields: enFields,
    causes: enCauses,
    gate: enGate,
    form: enForm,
    findings: enFindings,
    kinds: enFindingKinds,
    locale: 'en-GB',
  },
} as const;

/** As long as a failure's parameter may be. */
const longestShown = 1000;

const placeholder = /\{(\w+):?(date|time|size|field|reason|finding|kind|quoted|\?)?\}/g;

/** Viet Nam's time zone, whatever the computer's: documents are dated there. */
function dateText(value: FailureParams[string], locale: string, withTime = false): string {
  const date = new Date(String(value));
  if (Number.isNaN(date.getTime())) return String(value);
  return new Intl.DateTimeFormat(locale, {
    ...(withTime && { hour: '2-digit', minute: '2-digit' }),
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(date);
}

/** A number of bytes in the unit that people know from their file manager. */
export function sizeText(bytes: number, language: Language = 'vi'): string {
  const units = ['byte', 'kB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(catalogues[language].locale, { maximumFractionDigits: digits }).format(
    size,
  );
  return `${number} ${units[unit]}`;
}

/** A parameter as people read it; undefined where there is nothing to show. */
function show(
  value: FailureParams[string] | undefined,
  form: string | undefined,
  language: Language,
): string | undefined {
  if (value === undefined || value === '') return undefined;
  const { locale, fields, reasons, failures, causes, findings, kinds } = catalogues[language];
  switch (form) {
    case '?':
      return value === true ? '' : undefined;
    case 'date':
      return dateText(value, locale);
    case 'time':
      return dateText(value, locale, true);
    case 'size':
      return typeof value === 'number' ? sizeText(value, language) : String(value);
    // Codes inside parameters have words of their own; one without any must not be shown as it is.
    case 'field':
      // An option of the command line is its own name.
      return fields[String(value)] ?? (/^--[a-z]/.test(String(value)) ? String(value) : undefined);
    case 'reason':
      return (
        causes[String(value)] ??
        (reasons as Partial<Record<string, string>>)[String(value)] ??
        (failures as Partial<Record<string, FailureText>>)[String(value)]?.happened
      );
    case 'finding': {
      const template = (findings as Partial<Record<string, string>>)[String(value)];
      return template && fill(template, {}, language);
    }
    case 'kind':
      return (kinds as Partial<Record<string, string>>)[String(value)];
    case 'quoted':
      return quoted(String(value));
    default:
      return plainLine(String(value), longestShown);
  }
}

/** Fills a template; a bracketed part with something in it that can't be shown is dropped, brackets and all. */
function fill(template: string, params: FailureParams, language: Language): string {
  const shown = (name: string, form: string | undefined) => show(params[name], form, language);
  return template
    .replace(/\[([^\]]*)\]/g, (_, part: string) =>
      [...part.matchAll(placeholder)].every(([, name = '', form]) => shown(name, form) !== undefined)
        ? part
        : '',
    )
    .replace(placeholder, (_, name: string, form: string | undefined) => shown(name, form) ?? '');
}

/** The three sentences for a failure, filled with its parameters: what happened, why, what to do now. */
export function failureMessage(
  failure: Pick<Failure, 'code' | 'params'>,
  language: Language = 'vi',
): FailureText {
  const text = catalogues[language].failures[failure.code];
  return {
    happened: fill(text.happened, failure.params, language),
    why: fill(text.why, failure.params, language),
    todo: fill(text.todo, failure.params, language),
  };
}

/** One sentence that says why a signature isn't plainly valid. */
export function reasonSentence(code: ReasonCode, language: Language = 'vi'): string {
  return catalogues[language].reasons[code];
}

/**
 * One sentence for each reason why a signature isn't plainly valid, in their order. What is said of a certificate's
 * days depends on whether it is known when it was used.
 */
export function reasonSentences(reasons: readonly ReasonCode[], language: Language = 'vi'): string[] {
  const undated: Partial<Record<ReasonCode, string>> = reasons.includes('signing-time-unproven')
    ? catalogues[language].undated
    : {};
  return reasons.map((reason) => undated[reason] ?? reasonSentence(reason, language));
}

/** What to do now about a signature that isn't plainly valid. */
export function reasonAdvice(code: ReasonCode, language: Language = 'vi'): string {
  return catalogues[language].advice[code];
}

/** One sentence for what was found at the gate, with both texts where two were compared. */
export function gateSentence({ code, params }: GateFinding, language: Language = 'vi'): string {
  return fill(catalogues[language].gate[code], params, language);
}

/** One sentence for a rule of form, with what the page has instead where that is known. */
export function formSentence(rule: FormRule, params: FailureParams = {}, language: Language = 'vi'): string {
  return fill(catalogues[language].form[rule], params, language);
}

/** One sentence that says what about a file could deceive whoever looks at it. */
export function findingSentence({ code, page, params }: FileFinding, language: Language = 'vi'): string {
  return fill(catalogues[language].findings[code], page === null ? params : { ...params, page }, language);
}

/** The word and the sentence for a file's or a signature's verdict. */
export function verdictText(verdict: FileVerdict, language: Language = 'vi'): VerdictText {
  return catalogues[language].verdicts[verdict];
}
