import type { SubjectName } from '../../../contract/holder.ts';
import { type Asn1, tag } from '../../asn1/element.ts';
import { oid, text } from '../../asn1/value.ts';

/** Distinguished names (RFC 5280, 4.1.2.4): parts for people, and one key for comparing. */

const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'E',
};

interface Attribute {
  readonly type: string;
  readonly value: string;
}

function attributes(name: Asn1): Attribute[][] {
  return name.sequence().map((relative) => relativeAttributes(relative.expect(tag.set)));
}

/** A RelativeDistinguishedName's attributes, under whatever tag it stands. */
function relativeAttributes(relative: Asn1): Attribute[] {
  return relative.children().map((attribute) => {
    const [type, value] = attribute.sequence();
    return type && value ? { type: oid(type), value: text(value) } : { type: '', value: '' };
  });
}

/** The values of all attributes of that short name. */
export function nameParts(name: Asn1, part: string): string[] {
  return attributes(name)
    .flat()
    .filter(({ type }) => attributeNames[type] === part)
    .map(({ value }) => value);
}

/** The value of the first attribute of that short name ("CN", "O"), or an empty string. */
export function namePart(name: Asn1, part: string): string {
  return nameParts(name, part)[0] ?? '';
}

/** A name by its attributes' short names, as `holderOf` reads it. */
export function subjectName(name: Asn1): SubjectName {
  const parts: Record<string, string[]> = {};
  for (const { type, value } of attributes(name).flat()) {
    const short = attributeNames[type] ?? type;
    const key = short === 'SERIALNUMBER' ? 'serialNumber' : short;
    parts[key] = [...(parts[key] ?? []), value];
  }
  return parts;
}

/** Whom a name means, in as few words as a person needs: the common name, else the organisation, else all of it. */
export function displayName(name: Asn1): string {
  const all = attributes(name).flat();
  return (
    namePart(name, 'CN') ||
    namePart(name, 'O') ||
    all.map(({ type, value }) => `${attributeNames[type] ?? type}=${value}`).join(', ')
  );
}

/**
 * A key that is equal for names that RFC 5280, 7.1 calls equal: case and runs of spaces don't count, nor which string type
 * holds the text (issuing CAs do differ from their own certificate in that).
 */
export function nameKey(name: Asn1): string {
  return relativeNameKeys(name).join(separator);
}

/** The keys of a name's relative names, in order: a subtree's are the first ones of the names within it. */
export function relativeNameKeys(name: Asn1): string[] {
  return name.sequence().map((relative) => relativeNameKey(relative.expect(tag.set)));
}

/** The key of one relative name; put behind a name's key with `appendedKey`, that of the longer name. */
export function relativeNameKey(relative: Asn1): string {
  const folded = relativeAttributes(relative)
    .map(({ type, value }) => JSON.stringify([type, foldedText(value)]))
    .sort();
  return `[${folded.join()}]`;
}

export function appendedKey(name: string, relative: string): string {
  return name === '' ? relative : name + separator + relative;
}

/** A line's end can't stand in JSON's strings, so no value of an attribute can pass for two relative names. */
const separator = '\n';

/** What RFC 4518, 2.2 maps to nothing: nobody sees it, so that it would let a name pass for another one. */
const unseen = /(?!\s)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]|\ufeff/gu;

function foldedText(value: string): string {
  return value.normalize('NFKC').replace(unseen, '').trim().replace(/\s+/g, ' ').toLowerCase();
}
