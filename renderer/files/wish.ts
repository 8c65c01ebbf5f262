import { type SigningAct, type StampWish, stampWish } from '../../contract/signing-act.ts';
import type { StampField } from '../words/local-file.ts';

/** The order in which they are offered: what a person's own key does, then the agency's. */
export const offeredActs: readonly SigningAct[] = [
  'approve',
  'initial',
  'directive',
  'plain',
  'seal',
  'appendix',
  'copy',
  'incoming',
];

/** What each stamp has to have typed. */
export const fieldsOf: Readonly<Record<SigningAct, readonly StampField[]>> = {
  plain: [],
  approve: [],
  initial: ['answersFor'],
  directive: ['text'],
  seal: ['number', 'date'],
  appendix: ['referenceCode'],
  copy: ['form', 'agency'],
  incoming: ['arrivalNumber', 'date', 'agency', 'forwardedTo', 'caseFile'],
};

export type Typed = Partial<Record<StampField, string>>;

/** What stands in the fields to begin with; `today`: YYYY-MM-DD. */
export function firstTyped(act: SigningAct, today: string): Typed {
  switch (act) {
    case 'initial':
      return { answersFor: 'content' };
    case 'copy':
      return { form: 'sao-y' };
    case 'incoming':
      return { date: today };
    default:
      return {};
  }
}

/** The wish that was typed; null where something is missing. */
export function wishOf(act: SigningAct, typed: Typed): StampWish | null {
  const filled = fieldsOf[act].flatMap((field) => {
    const text = typed[field]?.trim();
    return text ? [[field, text] as const] : [];
  });
  const parsed = stampWish.safeParse({ act, ...Object.fromEntries(filled) });
  return parsed.success ? parsed.data : null;
}
