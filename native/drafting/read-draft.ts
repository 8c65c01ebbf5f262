import type * as z from 'zod';
import { type Draft, type DraftFault, draft, draftFaults } from '../../contract/draft.ts';
import { AppError } from '../../contract/failure.ts';
import { tinosRegular } from '../pdf/font/tinos.ts';

/** Nested deeper, no draft is: six kinds of unit, their lists and what stands in them. */
const deepest = 40;

/**
 * A draft from the text of its JSON file. Throws `draft-invalid` {place, reason}: `place` is where in the JSON, as
 * "body[2].children[0].text", `reason` a `DraftFault`.
 */
export function readDraft(json: string): Draft {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new AppError('draft-invalid', { reason: 'draft-not-json' }, { cause: error });
  }
  requireShallow(value);
  const result = draft.safeParse(value, { reportInput: true });
  if (result.success) {
    requirePrintable(result.data, []);
    return result.data;
  }
  const [issue] = result.error.issues;
  throw issue ? draftFault(...explained(issue)) : new AppError('internal');
}

/** What is wrong, and where in the JSON; an empty place is the draft as a whole. */
export function draftFault(fault: DraftFault, path: readonly PropertyKey[]): AppError {
  const place = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
    .slice(0, 200);
  return new AppError('draft-invalid', { ...(place === '' ? {} : { place }), reason: fault });
}

/** By a list of its own instead of by calling itself: a file nested a million deep must not end the program. */
function requireShallow(value: unknown): void {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw draftFault('draft-too-deep', []);
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
}

/** A character that the font hasn't got would be an empty box on the page, and the file no PDF/A. */
function requirePrintable(value: unknown, path: readonly PropertyKey[]): void {
  if (typeof value === 'string') {
    const { glyphOf } = tinosRegular();
    const isPrintable = [...value].every((letter) => glyphOf(letter.codePointAt(0) ?? 0) !== 0);
    if (!isPrintable) throw draftFault('draft-character-unprintable', path);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      requirePrintable(item, [...path, index]);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) requirePrintable(item, [...path, key]);
  }
}

function explained(issue: z.core.$ZodIssue): [DraftFault, PropertyKey[]] {
  const path = [...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return ['draft-value-unknown', [...path, ...issue.keys.slice(0, 1)]];
    case 'too_big':
      return ['draft-value-too-long', path];
    case 'too_small':
      return ['draft-value-empty', path];
    case 'invalid_type':
      return [issue.input === undefined ? 'draft-value-missing' : 'draft-value-wrong', path];
    case 'invalid_union': {
      // A value of several kinds: what is wrong with the one that it was meant to be.
      const [inner] = issue.errors.flat();
      return inner && inner.code !== 'invalid_type'
        ? explained({ ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue)
        : ['draft-value-wrong', path];
    }
    case 'custom': {
      const fault = draftFaults.find((one) => one === issue.params?.['fault']);
      return [fault ?? 'draft-value-wrong', path];
    }
    default:
      return ['draft-value-wrong', path];
  }
}
