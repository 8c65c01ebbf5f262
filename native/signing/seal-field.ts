import { formFieldNames } from '../../contract/document.ts';
import { type FormField, formFields } from '../pdf/form.ts';
import { PdfString } from '../pdf/object.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';

/**
 * Millimetres: the largest seal that offices have. The field is made before anybody knows which seal will come, and a seal
 * must be shown at its real size (NĐ 30/2020 PL I, II.8.a), so that its field has room for any.
 */
export const largestSeal = 42;

const label = 'Chữ ký số của cơ quan';

/** What readers call a seal's field. In documents of two agencies it tells whose seal belongs beside which signature. */
export function labelFor(organisations: readonly string[]): string {
  return organisations.length === 0 ? label : `${label}: ${organisations.join('; ')}`;
}

/**
 * The field that an agency's seal goes into: of those that approvals prepared and that are still empty, the one beside the
 * signature of its own leader, else the first. Null where there is none.
 */
export function preparedSealField(writer: RevisionWriter, agency: string): FormField | null {
  const pattern = new RegExp(`^${formFieldNames.seal}(-\\d+)?$`);
  const empty = formFields(writer.document).filter(
    ({ name, type, value }) => type === 'Sig' && value === null && pattern.test(name),
  );
  const own = empty.find(({ dict }) => {
    const text = writer.document.resolve(dict.get('TU'));
    return text instanceof PdfString && namesIn(text.toText()).includes(plain(agency));
  });
  return own ?? empty[0] ?? null;
}

function namesIn(text: string): string[] {
  return text.startsWith(`${label}:`)
    ? text
        .slice(label.length + 1)
        .split(';')
        .map(plain)
    : [];
}

function plain(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('vi').trim();
}
