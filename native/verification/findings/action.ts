import type { ActiveKind } from '../../../contract/file-finding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, type PdfDict, PdfName } from '../../pdf/object.ts';

/** Actions that do more than lead to another place in the document or, at a click, on the web (ISO 32000-2, 12.6.4). */
const kinds: ReadonlyMap<string, ActiveKind> = new Map([
  ['JavaScript', 'script'],
  ['Launch', 'launch'],
  ['GoToR', 'other-file'],
  ['GoToE', 'other-file'],
  ['SubmitForm', 'submit'],
  ['ImportData', 'import'],
  ['ResetForm', 'reset'],
  ['Rendition', 'media'],
  ['Sound', 'media'],
  ['Movie', 'media'],
  ['RichMediaExecute', 'media'],
  ['GoTo3DView', 'media'],
  ['Hide', 'visibility'],
  ['SetOCGState', 'visibility'],
]);

/** Those that do no more. */
const harmless: ReadonlySet<string> = new Set(['GoTo', 'GoToDp', 'URI', 'Named', 'Thread', 'Trans']);

/**
 * What a dictionary does, wherever it stands: an action is told by what it says, so that no place is missed from
 * which one may be started (names, pages, outlines, fields, further actions). Null where it is none, or a harmless
 * one.
 */
export function actionKind(document: PdfDocument, dict: PdfDict): ActiveKind | null {
  if (dict.has('JS')) return 'script';
  const type = document.resolve(dict.get('S'));
  if (!(type instanceof PdfName)) return null;
  // A tag may be called anything; it has a parent, and an action hasn't.
  if (dict.has('P') && !isName(dict.get('Type'), 'Action')) return null;
  const kind = kinds.get(type.value);
  if (kind) return kind;
  return isName(document.resolve(dict.get('Type')), 'Action') && !harmless.has(type.value)
    ? 'unknown-action'
    : null;
}

/** Whether an action that nobody asked for, as a trigger's is, opens a web page. */
export function opensWebPage(document: PdfDocument, value: PdfDict | null): boolean {
  return value !== null && isName(document.resolve(value.get('S')), 'URI');
}
