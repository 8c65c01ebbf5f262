import { basename } from 'node:path';
import type { DocumentType } from '../../../contract/document-type.ts';
import { AppError, type FailureParams } from '../../../contract/failure.ts';
import { type FormRule, formRules } from '../../../contract/form-rule.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { pages } from '../../pdf/page.ts';
import type { BoxMm } from '../../pdf/page-geometry.ts';
import { seenText } from '../../verification/printed/seen-text.ts';
import { anatomyOf } from './anatomy.ts';
import { bodyRules } from './body-rules.ts';
import { closingRules } from './closing-rules.ts';
import { type FormPage, formPage } from './form-page.ts';
import { headRules } from './head-rules.ts';
import { pageRules } from './page-rules.ts';
import type { Rule } from './rule.ts';

/** A place at which a rule of form isn't kept. */
export interface FormFinding {
  readonly rule: FormRule;
  readonly severity: 'error' | 'warning';
  readonly article: string;
  /** From 1; null where it concerns the file. */
  readonly page: number | null;
  /** Millimetres from the page's top left corner; null where something is missing, or concerns the page. */
  readonly box: BoxMm | null;
  readonly params: FailureParams;
}

export interface FormReport {
  readonly type: DocumentType | null;
  readonly findings: readonly FormFinding[];
}

/** What appendices in files of their own have to keep, and what documents have to besides. */
const ofDocuments: readonly Rule[] = [...headRules, ...bodyRules, ...closingRules];

/** As many pages are read; a document of more is judged by these. */
const mostPages = 200;
/** Fewer letters than this on page 1 are a scanner's mark, or a page number. */
const leastLetters = 40;

/**
 * Judges the form of any PDF by where its words stand, whoever made it. `type` where it is known, else as page 1
 * says. Throws the reader's failures (`pdf-…`).
 */
export function checkForm(document: PdfDocument, type: DocumentType | null = null): FormReport {
  const read = readPages(document);
  const isReadable =
    (read[0]?.characters.filter(({ text }) => text.trim() !== '').length ?? 0) >= leastLetters;
  if (!isReadable) return { type, findings: [finding('page-unreadable', { page: 1 })] };
  const anatomy = anatomyOf(read, type);
  const rules = anatomy.isAppendix ? pageRules : [...pageRules, ...ofDocuments];
  const findings = rules.flatMap(({ rule, breaches }) =>
    breaches(anatomy).map((breach) => finding(rule, breach)),
  );
  return { type: anatomy.type, findings };
}

/** What provinces ask of a file's name: at most fifty plain characters. */
export function checkFileName(path: string): FormFinding[] {
  const name = basename(path);
  return name.length <= 50 && /^[\w.-]+$/.test(name) ? [] : [finding('file-name', {})];
}

function finding(
  rule: FormRule,
  { page = null, box = null, params = {} }: Partial<Pick<FormFinding, 'page' | 'box' | 'params'>>,
): FormFinding {
  return { rule, ...formRules[rule], page, box, params };
}

/** A page that readers may see differently, or that is too dense to read, counts as without words. */
function readPages(document: PdfDocument): FormPage[] {
  const found: FormPage[] = [];
  for (const page of pages(document)) {
    if (found.length === mostPages) break;
    found.push(formPage(page, found.length + 1, charactersOf(document, page)));
  }
  return found;
}

function charactersOf(document: PdfDocument, page: Parameters<typeof seenText>[1]) {
  try {
    return seenText(document, page) ?? [];
  } catch (error) {
    if (error instanceof AppError && error.code === 'pdf-too-complex') return [];
    throw error;
  }
}
