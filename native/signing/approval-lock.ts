import { formFieldNames } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { type FormField, formFields } from '../pdf/form.ts';
import type { FieldLock } from './field-lock.ts';

const { number, date, seal } = formFieldNames;

/**
 * Whether what follows an approval fills this field: number, date, and the agency's signature ("antin-seal-2": a
 * second agency's).
 */
function staysOpen(name: string): boolean {
  return name === number || name === date || isSeal.test(name);
}

const isSeal = new RegExp(`^${seal}(-\\d+)?$`);

/**
 * What an approval locks: every other field that is still empty or could be filled again, named one by one; null
 * where there is none. Not "all but these", which would also forbid what comes later and is signed for: a copy's
 * stamp, an arrival's, a time stamp's field. Only for a field that has no name to be called by does it lock all but
 * those that stay open.
 *
 * Throws `pdf-field-ambiguous` where another field goes by the name of one that stays open, or is below it: filling
 * that one would be as good as filling this.
 */
export function approvalLock(document: PdfDocument, own: string): FieldLock | null {
  const fields = formFields(document);
  requirePlain(fields);
  const others = fields.filter((field) => field.name !== own && !staysOpen(field.name) && !isSigned(field));
  if (others.length === 0) return null;
  if (others.some(({ name }) => asRead(name) === '')) {
    const open = fields.map(({ name }) => name).filter(staysOpen);
    return { action: 'Exclude', fields: new Set([number, date, seal, ...open]), permission: null };
  }
  return { action: 'Include', fields: new Set(others.map(({ name }) => name)), permission: null };
}

function isSigned({ type, value }: FormField): boolean {
  return type === 'Sig' && value !== null;
}

function requirePlain(fields: readonly FormField[]): void {
  const seen = new Set<string>();
  for (const { name } of fields) {
    // A field below one that stays open would be spared with it.
    const [top = ''] = asRead(name).split('.');
    if (!staysOpen(top)) continue;
    if (name !== top || seen.has(name)) throw new AppError('pdf-field-ambiguous', { field: name });
    seen.add(name);
  }
}

/**
 * A name as people and other programs read it: composed or not, without marks of languages (ISO 32000-2, 7.9.2.2.1),
 * letters alike.
 */
function asRead(name: string): string {
  const parts = name.split('\u001b').filter((_, index) => index % 2 === 0);
  return parts.join('').normalize('NFKC').trim();
}
