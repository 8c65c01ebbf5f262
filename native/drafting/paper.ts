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
  readonly appendices: readonly {
    readonly label: string;
    readonly title: readonly Run[];
    readonly attached: string;
    readonly body: readonly PrintedBlock[];
  }[];
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
 * Composes what a draft's pages show. `made` is the day that the file names as its own, which nobody sees. Throws
 * `draft-invalid` as `numbered` does.
 */
export function composePaper(draft: Draft, made: Date): Paper {
  const { type, agency, recipients } = draft;
  const form = typeFormOf(type);
  const typeName = documentTypes[type].name;
  const subject = runsOf(draft.subject, ['subject']);
  const isLetter = type === 'cong-van';
  const symbol = symbolOf(draft);
  const body = numbered(draft.body, ['body']);
  const words = (form.addressed ?? 'Kính gửi:')
    .replace('{agency}', agency.name)
    .replace('{authority}', authorityOf(draft));
  return {
    title: plain(isLetter ? subject : [{ text: `${typeName} `, bold: false, italic: false }, ...subject]),
    author: agency.name,
    made: [made.getUTCFullYear(), made.getUTCMonth() + 1, made.getUTCDate()],
    contact: agency.contact ?? [],
    circulation: draft.circulation && circulations[draft.circulation],
    head: {
      superior: agency.parent,
      issuer: agency.name,
      symbol,
      place: draft.date?.place ?? agency.place,
      about: isLetter ? aboutOf(subject) : [],
      urgency: draft.urgency && urgencyBoxes[draft.urgency],
    },
    heading: isLetter ? null : { kind: typeName, subject },
    enacting: form.enacts === undefined ? null : authorityOf(draft),
    enacts: form.enacts ?? null,
    addressed:
      recipients.to.length === 0
        ? null
        : {
            words,
            names: recipients.to.map((name, index) => ended(name, index, recipients.to.length)),
            indent: words.length > 12 ? 10 : 35,
          },
    bases: draft.basis.map((text, index) => runsOf(ended(text, index, draft.basis.length), ['basis', index])),
    body,
    closing: {
      signer: { lines: positionLines(draft), name: draft.signer.name },
      cosigner: draft.cosigner ? { lines: [draft.cosigner.position], name: draft.cosigner.name } : null,
      field: 'approval',
      recipients: recipientLines(draft),
    },
    appendices: draft.appendices.map((appendix, index) => ({
      label: draft.appendices.length === 1 ? 'PHỤ LỤC' : `PHỤ LỤC ${roman(index + 1)}`,
      title: runsOf(appendix.title, ['appendices', index, 'title']),
      // Left unfilled on electronic documents (PL I, III.1.đ).
      attached: `(Kèm theo ${typeName} số        /${symbol ?? ''} ngày      tháng      năm        của ${agency.name})`,
      body: numbered(appendix.body, ['appendices', index, 'body']),
    })),
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
