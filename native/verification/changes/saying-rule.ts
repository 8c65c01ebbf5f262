import { type PdfObject, PdfStream, PdfString } from '../../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../../pdf/page.ts';
import { type DefaultLook, defaultLook } from '../appearance/default-look.ts';
import { writtenPlace } from '../appearance/filled-look.ts';
import { inheritedEntry } from '../appearance/inherited-entry.ts';
import { normalAppearance } from '../appearance/widget-appearance.ts';
import { says, writtenText } from '../appearance/written-text.ts';
import { lettersOf, saidBy } from '../glyphs/letters.ts';
import { isSignedLook, normalOf, type Widget } from './appearance-rule.ts';
import { needsAppearances } from './appearance-switch.ts';
import { markSaying } from './button-look.ts';
import { isOffered, linesFor, listedLines, signedEntry, textOf } from './choice-lines.ts';
import type { Difference } from './difference.ts';
import { combBit, comboBit, maxCells, passwordBit } from './field-flags.ts';
import type { FormContext } from './form-rule.ts';
import { isFormatOf } from './number-format.ts';
import { sentences } from './sentences.ts';

/** Whether a filled field shows its value: it does; nobody can tell; or the sentence that says why it doesn't. */
export type Saying = 'shown' | 'unproven' | { readonly refusal: string };

/** What a filled field shows, held against what it says. */
export function sayingOf(
  widget: Widget,
  type: string,
  flags: number,
  value: PdfObject,
  context: FormContext,
): Saying {
  const { difference, pageMap } = context;
  const { number, name, after } = widget;
  const form = normalAppearance(difference.after, after);
  const page = pageMap.pageOf(number);
  if (type === 'Ch' && !isOffered(widget, flags, value, context))
    return { refusal: sentences.fieldChanged(name, 'V') };
  const own = value instanceof PdfStream ? textOfStream(difference, value) : textOf(value);
  if (after.has('RV') && !saysRichly(difference, after.get('RV'), own))
    return { refusal: sentences.fieldChanged(name, 'RV') };
  if (!page) return 'shown';
  const made = type === 'Btn' ? 'plain' : madeUp(widget, page, context);
  if (made === 'odd') return { refusal: sentences.appearanceOdd(name, 'DA') };
  const worst = made === 'plain' ? 'shown' : 'unproven';
  if (!form || type === 'Sig') return worst;
  if (type === 'Btn')
    return markSaying(difference.after, form, page) ?? { refusal: sentences.fieldShowsOther(name) };
  const isList = type === 'Ch' && (flags & comboBit) === 0;
  const lines = isList ? listedLines(widget, context) : linesFor(widget, own, context);
  const said = type === 'Ch' ? [own, ...lines] : [own];
  const saying = lookSaying(widget, form, page, { flags, isList, said }, context);
  return saying === 'shown' ? worst : saying;
}

interface Said {
  readonly flags: number;
  readonly isList: boolean;
  /** Any of these may be shown: a list shows everything that it offers, a closed one its choice. */
  readonly said: readonly string[];
}

function lookSaying(
  widget: Widget,
  form: PdfStream,
  page: Page,
  { flags, isList, said }: Said,
  context: FormContext,
): Saying {
  const { after } = context.difference;
  const other = { refusal: sentences.fieldShowsOther(widget.name) };
  const cells = (flags & combBit) === 0 ? 0 : Number(signedEntry(widget, 'MaxLen', context) ?? 0);
  const isSigned = isSignedLook(widget, context);
  const place = isSigned ? null : writtenPlace(after, form, { cells: Math.min(cells, maxCells), isList });
  const isFormatted = after.dict(widget.after.get('AA'))?.has('F') ?? false;
  if (!place && !isSigned) return isFormatted ? 'unproven' : other;
  const written = writtenText(after, form, page, place?.box);
  if (written === null) return isFormatted ? 'unproven' : other;
  const isProven = written.proof !== 'none' && place?.isSteady !== false;
  // Nobody reads a password; what stands for its letters are none.
  if ((flags & passwordBit) !== 0) return lettersOf(written.text) === '' ? 'shown' : 'unproven';
  if (!said.some((one) => says(one, written))) {
    // A format script may turn a value into anything; a number is still that number.
    if (!isFormatted) return other;
    return isProven && said.some((one) => isFormatOf(one, written.text)) ? 'shown' : 'unproven';
  }
  const isBlank = written.text === '' && said.every((one) => saidBy(one) !== '');
  return isProven && !isBlank ? 'shown' : 'unproven';
}

/** What readers make up where there is no look, or where they are asked to make all of them up. */
function madeUp(widget: Widget, page: Page, context: FormContext): DefaultLook {
  const { after } = context.difference;
  const isLook = after.resolve(normalOf(widget.after, context)) instanceof PdfStream;
  if (isLook && !needsAppearances(after)) return 'plain';
  const made = defaultLook(after, widget.after);
  return made === 'odd' ? largeInItsPlace(widget, page, context) : made;
}

/**
 * Made-up letters that are larger than writing only as it was signed, which pdf-lib does to fields of several lines,
 * in a place where the page says nothing: readers clip them to the field.
 */
function largeInItsPlace(widget: Widget, page: Page, context: FormContext): DefaultLook {
  const { difference, pageMap } = context;
  const { number, before, after } = widget;
  const rect = rectangle(difference.after, after.get('Rect'));
  const [old, now] = [signedEntry(widget, 'DA', context), inheritedEntry(difference.after, after, 'DA')];
  if (!before || !rect || textOf(old) === '' || textOf(old) !== textOf(now)) return 'odd';
  const isBelow = (word: Rectangle) =>
    word[0] < rect[2] && word[2] > rect[0] && word[1] < rect[3] && word[3] > rect[1];
  const isFree = pageMap.words(page, number)?.some(isBelow) === false;
  return isFree ? defaultLook(difference.after, after, Number.POSITIVE_INFINITY) : 'odd';
}

/** Whether rich text (12.7.4.4), which some readers show in place of the value, has the value's letters. */
function saysRichly({ after }: Difference, entry: PdfObject | undefined, value: string): boolean {
  const rich = after.resolve(entry);
  const xml = rich instanceof PdfStream ? new PdfString(after.decodedBytes(rich)).toText() : textOf(rich);
  // Letters in a CDATA section look like a tag's.
  if (xml.includes('<!')) return false;
  const text = xml
    .replace(/<[^<>]*>/g, '')
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, digits: string) => {
      const code = Number.parseInt(digits, hex === '' ? 10 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replace(/&(?:lt|gt|amp|quot|apos);/g, '');
  return saidBy(text) === saidBy(value);
}

/** A long text may stand in a stream (12.7.5.3, table 231). */
function textOfStream({ after }: Difference, value: PdfStream): string {
  return new PdfString(after.decodedBytes(value)).toText();
}
