import { documentTypes } from '../../contract/document-type.ts';
import type { Draft } from '../../contract/draft.ts';
import type { Run } from './inline-text.ts';
import { numbered, type PrintedBlock, roman, runsOf } from './numbering.ts';
import { typeFormOf } from './template.ts';

/** All that a document's pages show, as the template reads it: composed, numbered, nothing left to decide but where. */
export interface Paper {
  readonly title: string;
  readonly author: string;
  /** Year, month, day: PDF/A wants to have one. */
  readonly made: readonly [number, number, number];
  /** Null in an appendix' own file. */
  readonly document: DocumentPart | null;
  readonly appendices: readonly AppendixPart[];
}

/** The document itself, from its head to its signature. */
export interface DocumentPart {
  readonly contact: readonly string[];
  readonly circulation: string | null;
  readonly head: {
    readonly superior: string | null;
    readonly issuer: string;
    /** Behind "Số: …/"; null for a thư công, which has none. */
    readonly symbol: string | null;
    readonly place: string;
    /** Ô số 5b. */
    readonly about: readonly Run[];
    readonly urgency: { readonly text: string; readonly width: number } | null;
  };
  /** Ô số 5a. */
  readonly heading: { readonly kind: string; readonly subject: readonly Run[] } | null;
  /** Who decides, above the grounds of a decision or resolution. */
  readonly enacting: string | null;
  readonly enacts: string | null;
  readonly addressed: {
    readonly words: string;
    readonly names: readonly string[];
    /** Millimetres. */
    readonly indent: number;
  } | null;
  readonly bases: readonly (readonly Run[])[];
  readonly body: readonly PrintedBlock[];
  readonly closing: {
    readonly signer: SigningPlace;
    readonly cosigner: SigningPlace | null;
    readonly field: string;
    readonly recipients: readonly string[];
  };
}

export interface AppendixPart {
  readonly label: string;
  readonly title: readonly Run[];
  readonly attached: string;
  readonly body: readonly PrintedBlock[];
}

interface SigningPlace {
  readonly lines: readonly string[];
  readonly name: string;
}

/** The decree's boxes of urgency (PL I, II.10.b), millimetres wide. */
const urgencyBoxes = {
  'hoa-toc': { text: 'HỎA TỐC', width: 30 },
  'thuong-khan': { text: 'THƯỢNG KHẨN', width: 40 },
  khan: { text: 'KHẨN', width: 20 },
} as const;

const circulations = {
  'xem-xong-tra-lai': 'XEM XONG TRẢ LẠI',
  'luu-hanh-noi-bo': 'LƯU HÀNH NỘI BỘ',
  'tai-lieu-thu-hoi': 'TÀI LIỆU THU HỒI',
} as const;

/**
 * Composes what a draft's pages show, with the appendices behind it that aren't files of their own. `made` is the day
 * that the file names as its own, which nobody sees. Throws `draft-invalid` as `numbered` does.
 */
export function composePaper(draft: Draft, made: Date): Paper {
  const appendices = draft.appendices.flatMap(({ separate }, index) =>
    separate ? [] : [appendixPart(draft, index)],
  );
  return { ...fileFacts(draft, titleOf(draft), made), document: documentPart(draft), appendices };
}

/** An appendix in a file of its own; `index` counts all of the draft's from 0. Throws as `composePaper`. */
export function composeAppendix(draft: Draft, index: number, made: Date): Paper {
  const part = appendixPart(draft, index);
  return {
    ...fileFacts(draft, `${part.label}: ${plain(part.title)}`, made),
    document: null,
    appendices: [part],
  };
}

function fileFacts({ agency }: Draft, title: string, made: Date): Pick<Paper, 'title' | 'author' | 'made'> {
  const day = [made.getUTCFullYear(), made.getUTCMonth() + 1, made.getUTCDate()] as const;
  return { title, author: agency.name, made: day };
}

function titleOf({ type, subject }: Draft): string {
  const words = plain(runsOf(subject, ['subject']));
  return type === 'cong-van' ? words : `${documentTypes[type].name} ${words}`;
}

function documentPart(draft: Draft): DocumentPart {
  const { type, agency } = draft;
  const form = typeFormOf(type);
  const subject = runsOf(draft.subject, ['subject']);
  const isLetter = type === 'cong-van';
  return {
    contact: agency.contact ?? [],
    circulation: draft.circulation && circulations[draft.circulation],
    head: {
      superior: agency.parent,
      issuer: agency.name,
      symbol: symbolOf(draft),
      place: draft.date?.place ?? agency.place,
      about: isLetter ? aboutOf(subject) : [],
      urgency: draft.urgency && urgencyBoxes[draft.urgency],
    },
    heading: isLetter ? null : { kind: documentTypes[type].name, subject },
    enacting: form.enacts === undefined ? null : authorityOf(draft),
    enacts: form.enacts ?? null,
    addressed: addressees(draft),
    bases: draft.basis.map((text, index) => runsOf(ended(text, index, draft.basis.length), ['basis', index])),
    body: numbered(draft.body, ['body']),
    closing: {
      signer: { lines: positionLines(draft), name: draft.signer.name },
      cosigner: draft.cosigner ? { lines: [draft.cosigner.position], name: draft.cosigner.name } : null,
      field: 'approval',
      recipients: recipientLines(draft),
    },
  };
}

function appendixPart(draft: Draft, index: number): AppendixPart {
  const { title = '', body = [] } = draft.appendices[index] ?? {};
  const symbol = symbolOf(draft);
  const reference = `số        ${symbol === null ? '' : `/${symbol}`}`;
  const name = documentTypes[draft.type].name;
  return {
    label: draft.appendices.length === 1 ? 'PHỤ LỤC' : `PHỤ LỤC ${roman(index + 1)}`,
    title: runsOf(title, ['appendices', index, 'title']),
    // Left unfilled on electronic documents (PL I, III.1).
    attached: `(Kèm theo ${name} ${reference} ngày      tháng      năm        của ${draft.agency.name})`,
    body: numbered(body, ['appendices', index, 'body']),
  };
}

/** Ô số 9a; null where the document is addressed to nobody by name. */
function addressees(draft: Draft): DocumentPart['addressed'] {
  const { to } = draft.recipients;
  if (to.length === 0) return null;
  const words = (typeFormOf(draft.type).addressed ?? 'Kính gửi:')
    .replace('{agency}', draft.agency.name)
    .replace('{authority}', authorityOf(draft));
  return {
    words,
    names: to.map((name, index) => ended(name, index, to.length)),
    // Under the words in the middle of the page, or under a sentence.
    indent: words.length > 12 ? 10 : 35,
  };
}

/** Ký hiệu (PL I, II.3): type and agency; of a công văn agency and drafting unit; a thư công has none. */
export function symbolOf({ type, agency }: Pick<Draft, 'type' | 'agency'>): string | null {
  const { abbreviation } = documentTypes[type];
  if (type === 'thu-cong') return null;
  if (abbreviation !== '') return `${abbreviation}-${agency.symbol}`;
  return agency.unit === undefined ? agency.symbol : `${agency.symbol}-${agency.unit}`;
}

/** "V/v …" (ô số 5b), whether or not the subject begins so. */
function aboutOf(subject: readonly Run[]): Run[] {
  const [first, ...others] = subject;
  if (!first) return [];
  const text = first.text.replace(/^(v\/v|về việc)\s+/i, '');
  return [{ ...first, text: `V/v ${text}` }, ...others];
}

/** Who decides: a collective body by its agency's name, a head by the post and the agency. */
function authorityOf({ agency, signer }: Draft): string {
  if (signer.authority === 'TM.') return agency.name;
  const post = signer.over ?? signer.position;
  return post.toLocaleLowerCase('vi').endsWith(agency.name.toLocaleLowerCase('vi'))
    ? post
    : `${post} ${agency.name}`;
}

function positionLines({ signer }: Draft): string[] {
  const { authority, over, deputyOf, position } = signer;
  return [
    ...(authority === null ? [] : [`${authority} ${over ?? ''}`]),
    ...(deputyOf === undefined ? [] : [`KT. ${deputyOf}`]),
    position,
  ];
}

/** Ô số 9b and 12: who gets it, at last who keeps it, and the drafter's mark with the number of copies. */
function recipientLines({ recipients, agency, drafter }: Draft): string[] {
  const kept = /^lưu\b/i;
  const own = recipients.list.filter((name) => kept.test(name)).at(-1);
  const archive = own?.replace(/[.;,\s]+$/, '') ?? ['Lưu: VT', agency.unit].filter(Boolean).join(', ');
  const copies = drafter?.copies == null ? '' : `.(${drafter.copies})`;
  const mark = drafter === null ? '' : `, ${drafter.mark}${copies}`;
  const others = recipients.list.filter((name) => !kept.test(name));
  return [...others.map((name) => `- ${bare(name)};`), `- ${archive}${mark}.`];
}

function bare(text: string): string {
  return text.replace(/^-\s*/, '').replace(/[.;,\s]+$/, '');
}

/** Items of a list end in ";", the last in "."; one by itself in "." (PL I, II.6 and II.9). */
function ended(text: string, index: number, count: number): string {
  return `${bare(text)}${index + 1 < count ? ';' : '.'}`;
}

function plain(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}
