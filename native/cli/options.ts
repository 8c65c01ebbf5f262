import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError } from '../../contract/failure.ts';
import type { BoxMm } from '../pdf/page-geometry.ts';

export type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Arguments by a table. Throws `input-invalid` for an unknown option or one without its value. */
export function readOptions<Table extends OptionTable>(args: string[], options: Table) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new AppError(
      'input-invalid',
      { field: 'option', detail: (error as Error).message },
      { cause: error },
    );
  }
}

function invalid(field: string): AppError {
  return new AppError('input-invalid', { field, detail: field });
}

/** A whole number from 1. */
export function positiveInteger(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw invalid(field);
  return Number(text);
}

/** `X,Y,W,H` in millimetres. */
export function boxOption(text: string | undefined): BoxMm | undefined {
  if (text === undefined) return undefined;
  const isBox = /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/.test(text);
  const [x, y, width, height] = text.split(',').map(Number);
  if (!isBox || x === undefined || y === undefined || !width || !height || width < 0 || height < 0)
    throw invalid('--box');
  return { x, y, width, height };
}

/** One of the words given. */
export function choiceOption<Choice extends string>(
  text: string | undefined,
  choices: readonly Choice[],
  field: string,
): Choice | undefined {
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw invalid(field);
  return choice;
}

/** A calendar day, YYYY-MM-DD. */
export function dateOption(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // Told by writing it back: Date takes 30 February for 2 March.
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const isDay = day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (!isDay) throw invalid('--date');
  return text;
}
