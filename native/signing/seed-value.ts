import type { PdfDocument } from '../pdf/document.ts';
import { type PdfDict, PdfName, type PdfObject, PdfString } from '../pdf/object.ts';

/** The entries of a seed value that /Ff can make binding, by bit (ISO 32000-2, table 237). */
const bits = {
  filter: 1,
  subFilter: 2,
  version: 4,
  reasons: 8,
  legalAttestation: 16,
  addRevInfo: 32,
  digestMethod: 64,
  lockDocument: 128,
  appearanceFilter: 256,
} as const;
export type SeedConstraint = keyof typeof bits;
const knownBits = Object.values(bits).reduce((all, bit) => all | bit, 0);

/**
 * What the author of a template asks of the signature in a field (/SV; ISO 32000-2, 12.7.5.5). Lists are null where the entry is
 * missing; nothing here is judged yet.
 */
export interface SeedValue {
  /** The entries that bind; others are wishes. */
  readonly required: ReadonlySet<SeedConstraint>;
  /** Bits that PDF 2.0 gives no meaning: something binds that nobody here can know. */
  readonly hasUnknownConstraint: boolean;
  readonly filter: string | null;
  readonly subFilters: readonly string[] | null;
  /** In small letters without hyphens: "sha256". */
  readonly digestMethods: readonly string[] | null;
  readonly version: number | null;
  readonly reasons: readonly string[] | null;
  /** 0 asks for an approval signature, 1 to 3 for a certification of that level; null leaves it open. */
  readonly mdp: number | null;
  readonly timeStamp: { readonly url: string; readonly isRequired: boolean } | null;
  readonly certificate: PdfDict | null;
  readonly addRevInfo: boolean;
  /** `true`, `false` or `auto`. */
  readonly lockDocument: string | null;
  readonly appearanceFilter: string | null;
}

/** The seed value of a signature field's dictionary; null where it has none. */
export function readSeedValue(document: PdfDocument, field: PdfDict): SeedValue | null {
  const dict = document.dict(field.get('SV'));
  if (!dict) return null;
  const flags = document.number(dict.get('Ff')) ?? 0;
  const text = (key: string) => textOf(document.resolve(dict.get(key)));
  const texts = (key: string) => {
    const items = document.array(dict.get(key));
    return items?.flatMap((item) => textOf(document.resolve(item)) ?? []) ?? null;
  };
  const timeStamp = document.dict(dict.get('TimeStamp'));
  const mdp = document.dict(dict.get('MDP'));
  const lock = document.resolve(dict.get('LockDocument'));
  return {
    required: new Set(constraints.filter((constraint) => (flags & bits[constraint]) !== 0)),
    hasUnknownConstraint: (flags & ~knownBits) !== 0,
    filter: text('Filter'),
    subFilters: texts('SubFilter'),
    digestMethods: texts('DigestMethod')?.map((name) => name.toLowerCase().replaceAll('-', '')) ?? null,
    version: document.number(dict.get('V')),
    reasons: texts('Reasons'),
    mdp: mdp && (document.number(mdp.get('P')) ?? 0),
    timeStamp: timeStamp && {
      url: textOf(document.resolve(timeStamp.get('URL'))) ?? '',
      isRequired: ((document.number(timeStamp.get('Ff')) ?? 0) & 1) !== 0,
    },
    certificate: document.dict(dict.get('Cert')),
    addRevInfo: document.resolve(dict.get('AddRevInfo')) === true,
    // A name by the standard; a boolean by those who took its values at their word.
    lockDocument: typeof lock === 'boolean' ? String(lock) : textOf(lock),
    appearanceFilter: text('AppearanceFilter'),
  };
}

const constraints = Object.keys(bits) as SeedConstraint[];

/** Names and strings alike: writers mix them up. */
function textOf(value: PdfObject): string | null {
  if (value instanceof PdfName) return value.value;
  return value instanceof PdfString ? value.toText() : null;
}
