import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { readPngHeader } from '../pdf/image/png-header.ts';
import type { Stamp } from '../signing/stamp.ts';
import { vietnamTime } from '../signing/vietnam-time.ts';
import { boxOption, choiceOption, dateOption, type OptionTable, positiveInteger } from './options.ts';

/** The options that say what a signature shows on the page, and where. */
export const stampOptions = {
  as: { type: 'string', default: 'plain' },
  field: { type: 'string' },
  page: { type: 'string' },
  box: { type: 'string' },
  image: { type: 'string' },
  'seal-size': { type: 'string' },
  number: { type: 'string' },
  date: { type: 'string' },
  'copy-form': { type: 'string' },
  agency: { type: 'string' },
  'forward-to': { type: 'string' },
  'case-file': { type: 'string' },
  text: { type: 'string' },
  'initial-for': { type: 'string' },
} as const satisfies OptionTable;

type StampValues = { readonly [Name in keyof typeof stampOptions]?: string | undefined };

/** Kinds whose look the decree gives without a picture (NĐ 30/2020 PL I, II.8.b; PL IV), or that are words. */
const withoutPicture: ReadonlySet<string> = new Set(['appendix', 'copy', 'incoming', 'directive']);

/** Throws `input-invalid`, naming the option; `file-missing` and `image-unusable` for the picture. */
export function readStamp(values: StampValues): Stamp {
  const place = {
    ...given('field', values.field),
    ...given('page', positiveInteger(values.page, '--page')),
    ...given('box', boxOption(values.box)),
  };
  const kind = values.as ?? 'plain';
  if (values.image !== undefined && withoutPicture.has(kind)) throw invalid('--image');
  const image = given('image', values.image === undefined ? undefined : readImage(values.image));
  const date = dateOption(values.date);
  const agency = given('agency', values.agency);
  switch (kind) {
    case 'plain':
    case 'approval':
      return { kind, ...place, ...image };
    case 'seal':
      return {
        kind,
        ...place,
        ...image,
        ...given('diameter', sealSize(values['seal-size'])),
        ...given('number', values.number),
        ...given('date', date),
      };
    case 'appendix':
      return { kind, ...place, referenceCode: required(values.number, '--number') };
    case 'copy': {
      const form = choiceOption(values['copy-form'], ['sao-y', 'sao-luc', 'trich-sao'], '--copy-form');
      return { kind, ...place, ...agency, form: required(form, '--copy-form') };
    }
    case 'incoming':
      return {
        kind,
        ...place,
        ...agency,
        arrivalNumber: required(values.number, '--number'),
        date: date ?? vietnamTime(new Date()).slice(0, 10),
        ...given('forwardedTo', values['forward-to']),
        ...given('caseFile', values['case-file']),
      };
    case 'directive':
      return { kind, ...place, text: directiveText(values.text) };
    case 'initial': {
      const answersFor = choiceOption(values['initial-for'], ['content', 'form'], '--initial-for');
      return { kind, ...place, ...image, answersFor: required(answersFor, '--initial-for') };
    }
    default:
      throw invalid('--as');
  }
}

function invalid(field: string): AppError {
  return new AppError('input-invalid', { field, detail: field });
}

function required<Value>(value: Value | undefined, option: string): Value {
  if (value === undefined || value === '') throw invalid(option);
  return value;
}

/** An entry that is there only where its value is: optional properties are left out, never undefined. */
function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Exclude<Value, undefined> } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Exclude<Value, undefined> });
}

/** Longer comments belong into a document of their own; they would not fit onto a page that says something already. */
const directiveLimit = 1000;

function directiveText(text: string | undefined): string {
  const words = required(text?.trim(), '--text');
  if (words.length > directiveLimit) throw invalid('--text');
  return words;
}

/** Millimetres across: no office has a seal of another size than these. */
const seals = { least: 18, greatest: 60 };

function sealSize(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const size = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (size < seals.least || size > seals.greatest) throw invalid('--seal-size');
  return size;
}

/** Read and looked at before anybody is asked for a PIN. */
function readImage(path: string): Uint8Array {
  const file = basename(path);
  let image: Uint8Array;
  try {
    image = readFileSync(path);
  } catch (error) {
    throw new AppError('file-missing', { file }, { cause: error });
  }
  try {
    readPngHeader(image);
  } catch (error) {
    const failure = AppError.from(error);
    throw new AppError(failure.code, { ...failure.params, file }, { cause: error });
  }
  return image;
}
