import { AppError } from '../../../contract/failure.ts';
import { plainLine } from '../../../contract/plain-text.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { pages } from '../../pdf/page.ts';
import { shownSize } from '../../pdf/page-geometry.ts';
import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { datesIn } from './date-line.ts';
import { headColumns } from './head-columns.ts';
import { HeadingReader } from './heading.ts';
import { issuerLines } from './issuer-lines.ts';
import { referencesIn } from './reference-line.ts';
import { type SeenCharacter, seenText } from './seen-text.ts';
import { type SignatureLines, signatureLines } from './signature-lines.ts';

type PrintedFacts = NonNullable<VerificationReport['printed']>;

const nothing: PrintedFacts = {
  ...{ readable: false, issuer: [], references: [], dates: [] },
  ...{ type: null, subject: null, position: [], signer: null },
};

/** Fewer letters than this are a page number or a scanner's mark. */
const leastLetters = 40;
const longestText = 500;
const shownLine = (text: string) => plainLine(text.replace(unseen, ''), longestText);
/** Between the letters of a page they are without any look. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/**
 * What a document says of itself where NĐ 30/2020 PL I has it, on page 1 and around the signature, as far as a person
 * sees it. Hostile or broken pages are not `readable`; nothing that the file says throws.
 */
export function readPrinted(document: PdfDocument): PrintedFacts {
  return orNothing(() => readFirstPage(document)) ?? nothing;
}

function readFirstPage(document: PdfDocument): PrintedFacts {
  const first = pages(document).next().value;
  const characters = first ? seenText(document, first) : null;
  if (!first || !characters || !isReadable(characters)) return nothing;
  const size = shownSize(first);
  const heading = new HeadingReader(characters, size);
  const columns = headColumns(characters, size, heading.baseline);
  const { type, subject } = heading.read(columns);
  const { position, signer } = orNothing(() => signatureLines(document)) ?? noSignature;
  return {
    readable: true,
    issuer: columns ? issuerLines(columns).map(shownLine) : [],
    references: columns ? referencesIn(columns).slice(0, 4).map(shownLine) : [],
    dates: columns ? datesIn(columns, heading.baseline).slice(0, 4) : [],
    type,
    subject: subject === null ? null : shownLine(subject),
    position: position.map(shownLine),
    signer: signer === null ? null : shownLine(signer),
  };
}

const noSignature: SignatureLines = { position: [], signer: null };

function isReadable(characters: readonly SeenCharacter[]): boolean {
  const letters = characters.filter(({ text }) => text !== unknownCharacter && text.trim() !== '');
  return letters.length >= leastLetters;
}

/** What parsing hostile bytes fails with, the stack's end included. */
function orNothing<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError || error instanceof RangeError) return null;
    throw error;
  }
}
