import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfStream, PdfString } from '../../pdf/object.ts';

/** What filling may touch in a field or its widget, by type of field. Everything else of it stays as it was signed. */
const fillable: Readonly<Record<string, ReadonlySet<string>>> = {
  Tx: new Set(['V', 'RV', 'AP', 'M', 'DA', 'Q']),
  Ch: new Set(['V', 'I', 'TI', 'AP', 'M', 'DA', 'Q']),
  Btn: new Set(['V', 'AS', 'AP', 'M']),
  Sig: new Set(['V', 'AP', 'AS', 'M', 'MK', 'Rect']),
};

export function isFillable(type: string, key: string): boolean {
  return fillable[type]?.has(key) ?? false;
}

/** Whether an entry is of the kind that its key asks for (ISO 32000-2, tables 166, 226 to 234); what isn't, each reader takes as it likes. */
export function isWellTyped(
  document: PdfDocument,
  type: string,
  key: string,
  entry: PdfObject | undefined,
): boolean {
  const value = document.resolve(entry);
  switch (key) {
    case 'V':
      return value === null || isValueOf(type, value);
    case 'AS':
      return value instanceof PdfName;
    case 'DA':
    case 'M':
      return value instanceof PdfString;
    case 'RV':
      return value instanceof PdfString || value instanceof PdfStream;
    case 'Q':
    case 'TI':
      return typeof value === 'number';
    case 'Rect':
      return isNowhere(document, value);
    case 'I':
      return value === null || isArray(value);
    default:
      return value === null || value instanceof PdfDict;
  }
}

/** Where PDFBox puts the field of a signature that shows nothing (12.7.5.5): without any extent. */
function isNowhere(document: PdfDocument, value: PdfObject): boolean {
  const corners = isArray(value) ? value.map((corner) => document.number(corner)) : [];
  const [left, bottom, right, top] = corners;
  return corners.length === 4 && !corners.includes(null) && left === right && bottom === top;
}

function isValueOf(type: string, value: PdfObject): boolean {
  if (type === 'Btn') return value instanceof PdfName;
  if (type === 'Sig') return value instanceof PdfDict;
  if (type === 'Ch' && isArray(value)) return true;
  return value instanceof PdfString || (type === 'Tx' && value instanceof PdfStream);
}

/** A field's value that says nothing yet. */
export function isBlankValue(value: PdfObject): boolean {
  if (value === null || value === false) return true;
  if (value instanceof PdfString) return value.toText().trim() === '';
  if (value instanceof PdfName) return value.value === 'Off' || value.value === '';
  if (isArray(value)) return value.length === 0;
  return false;
}

/** A button shows no other state than its value's (12.7.5.2.3); one that is its own widget has no other to show it in. */
export function showsItsState(document: PdfDocument, widget: PdfDict, value: PdfObject): boolean {
  const state = document.resolve(widget.get('AS'));
  if (!(state instanceof PdfName) || state.value === 'Off') {
    const isOff = !(value instanceof PdfName) || value.value === 'Off' || value.value === '';
    return isOff || !(widget.has('V') && widget.has('AS'));
  }
  return value instanceof PdfName && value.value === state.value;
}
