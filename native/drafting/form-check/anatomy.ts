import type { DocumentType } from '../../../contract/document-type.ts';
import { chooseBlock, signatureBlocks } from '../../pdf/text/signature-block.ts';
import { linesOf } from '../../pdf/text/text-line.ts';
import { withoutAccents } from '../../verification/gate/plain-words.ts';
import { headColumns } from '../../verification/printed/head-columns.ts';
import { HeadingReader } from '../../verification/printed/heading.ts';
import { type FormLine, type FormPage, formLines } from './form-page.ts';

/** A document's components (ô số), each by its lines; null or empty where it isn't found. */
export interface Anatomy {
  /** The document's own pages; those of appendices follow rules of their own. */
  readonly pages: readonly FormPage[];
  /** A file of its own with an appendix: it has no head and no signer. */
  readonly isAppendix: boolean;
  readonly type: DocumentType | null;
  readonly motto: FormLine | null;
  readonly slogan: FormLine | null;
  readonly issuer: readonly FormLine[];
  readonly number: FormLine | null;
  readonly date: FormLine | null;
  readonly heading: FormLine | null;
  readonly subject: readonly FormLine[];
  /** Lines of the text between head and signature, in reading order. */
  readonly body: readonly FormLine[];
  readonly position: readonly FormLine[];
  readonly signer: FormLine | null;
  readonly recipients: FormLine | null;
  readonly recipientList: readonly FormLine[];
  /** Page numbers, in the top margin. */
  readonly pageNumbers: readonly FormLine[];
}

/** Millimetres from the top in which a page number stands. */
const topMargin = 21;

export function anatomyOf(all: readonly FormPage[], given: DocumentType | null): Anatomy {
  const appendix = all.findIndex(
    ({ number, lines }) => number > 1 && lines.slice(0, 3).some(isAppendixTitle),
  );
  const pages = appendix < 0 ? all : all.slice(0, appendix);
  const first = pages[0];
  const isAppendix = first?.lines.slice(0, 3).some(isAppendixTitle) ?? false;
  const head = first ? headOf(first, given) : noHead;
  const closing = closingOf(pages);
  const pageNumbers = pages.flatMap(({ lines, height }) =>
    lines.filter(
      ({ text, baseline }) => isPageNumber(text) && (baseline < topMargin || baseline > height - 20),
    ),
  );
  return {
    pages,
    isAppendix,
    ...head,
    ...closing,
    pageNumbers,
    body: bodyOf(pages, head, closing, pageNumbers),
  };
}

function isAppendixTitle({ text }: FormLine): boolean {
  return /^(?:PHỤ LỤC|Phụ lục)(?:\s+[IVXLC\d]+)?\.?$/u.test(text);
}

function isPageNumber(text: string): boolean {
  return /^[-–(\s]*(?:\d{1,4}|[ivx]{1,5}|trang \d+(?:\/\d+)?|page \d+)[-–)\s]*$/iu.test(text);
}

type Head = Pick<Anatomy, 'type' | 'motto' | 'slogan' | 'issuer' | 'number' | 'date' | 'heading' | 'subject'>;

const noHead: Head = {
  ...{
    type: null,
    motto: null,
    slogan: null,
    issuer: [],
    number: null,
    date: null,
    heading: null,
    subject: [],
  },
};

/** Cộng hòa xã hội chủ nghĩa Việt Nam; Độc lập - Tự do - Hạnh phúc: found also where an accent or a hyphen is wrong. */
const mottoWords = /cong hoa xa hoi/;
const sloganWords = /doc lap.*tu do.*hanh phuc/;

function headOf(page: FormPage, given: DocumentType | null): Head {
  const reader = new HeadingReader(page.characters, page);
  const columns = headColumns(page.characters, page, reader.baseline);
  const read = reader.read(columns);
  const left = columns ? formLines(columns.left, 1) : [];
  const right = columns ? formLines(columns.right, 1) : [];
  const number = left.find(({ text }) => /^S[ốỐ]\s*(?:[:.\d/]|$)/u.test(text)) ?? null;
  const whole = number && joinedRow(left, number);
  const named = left.filter(
    ({ isCapitals, baseline }) => isCapitals && (!number || baseline < number.baseline),
  );
  const heading =
    page.lines.find(
      ({ baseline }) => reader.baseline !== null && Math.abs(baseline - reader.baseline) < 0.5,
    ) ?? null;
  const words = withoutAccents((read.subject ?? '').toLocaleLowerCase('vi'));
  const subject = page.lines.filter(
    ({ text, baseline }) =>
      words !== '' &&
      text.length > 2 &&
      baseline > (heading?.baseline ?? number?.baseline ?? 0) &&
      baseline < page.height / 2 &&
      words.includes(withoutAccents(text.toLocaleLowerCase('vi'))),
  );
  const date = right.find(({ text }) => /ng[àa]y\b/iu.test(text) && /,|th[áa]ng/iu.test(text)) ?? null;
  return {
    type: given ?? read.type,
    motto: right.find(({ text }) => mottoWords.test(plain(text))) ?? null,
    slogan: right.find(({ text }) => sloganWords.test(plain(text))) ?? null,
    issuer: named,
    number: whole,
    date: date && joinedRow(right, date),
    heading,
    subject,
  };
}

function plain(text: string): string {
  return withoutAccents(text.toLocaleLowerCase('vi')).replace(/\s+/g, ' ');
}

/** A line with what stands behind its blank, which may be wide enough to part columns. */
function joinedRow(lines: readonly FormLine[], line: FormLine): FormLine {
  const row = lines.filter(({ baseline }) => Math.abs(baseline - line.baseline) < 0.5);
  const text = row.map((one) => one.text).join(' ');
  const right = Math.max(...row.map(({ box }) => box.x + box.width));
  return { ...line, text, box: { ...line.box, width: right - line.box.x } };
}

type Closing = Pick<Anatomy, 'position' | 'signer' | 'recipients' | 'recipientList'>;

function closingOf(pages: readonly FormPage[]): Closing {
  return { ...signerOf(pages), ...recipientsOf(pages) };
}

function signerOf(pages: readonly FormPage[]): Pick<Closing, 'position' | 'signer'> {
  for (const page of pages.toReversed().slice(0, 4)) {
    const block = chooseBlock(signatureBlocks(linesOf(page.characters), page), page.width, '');
    if (!block) continue;
    const near = page.lines.filter(({ box }) => Math.abs(box.x + box.width / 2 - block.centre) < 30);
    return {
      position: near.filter(
        ({ text, baseline }) =>
          block.position.includes(text) && baseline < block.top && baseline > block.top - 40,
      ),
      signer: near.find(({ text, baseline }) => text === block.name && baseline > block.bottom - 1) ?? null,
    };
  }
  return { position: [], signer: null };
}

function recipientsOf(pages: readonly FormPage[]): Pick<Closing, 'recipients' | 'recipientList'> {
  for (const [index, page] of [...pages.entries()].toReversed()) {
    const recipients = page.lines.findLast(({ text }) => /^nơi nhận\b/iu.test(text));
    if (!recipients) continue;
    const list: FormLine[] = [];
    for (const each of pages.slice(index)) {
      let last = each === page ? recipients.baseline : 0;
      for (const line of each.lines) {
        const isBelow = each !== page || line.baseline > recipients.baseline + 1;
        if (!isBelow || Math.abs(line.box.x - recipients.box.x) > 6 || isPageNumber(line.text)) continue;
        if (last > 0 && line.baseline - last > farthest) break;
        list.push(line);
        last = line.baseline;
      }
    }
    return { recipients, recipientList: list };
  }
  return { recipients: null, recipientList: [] };
}

/** Millimetres between the lines of one list. */
const farthest = 9;

function bodyOf(
  pages: readonly FormPage[],
  head: Head,
  closing: Closing,
  pageNumbers: readonly FormLine[],
): FormLine[] {
  const headEnd = Math.max(
    ...[head.heading, ...head.subject, head.number, head.date].map((line) => line?.baseline ?? 0),
  );
  const ends = [closing.recipients, closing.position[0] ?? null].filter((line) => line !== null);
  const isBehind = (line: FormLine) =>
    ends.some((end) => line.page > end.page || (line.page === end.page && line.baseline > end.baseline - 2));
  return pages.flatMap(({ lines, number }) =>
    lines.filter(
      (line) => (number > 1 || line.baseline > headEnd + 1) && !isBehind(line) && !pageNumbers.includes(line),
    ),
  );
}
