import type { ReasonCode } from '../verdict.ts';

/**
 * What a person reads when a call fails. Each sentence is a template: `{name}` is replaced by the parameter of that
 * name, and a part in square brackets is left out unless all parameters in it are known, so that a message never shows
 * a hole. A part with `{name?}` in it is shown only where that parameter is true. `{name:date}` and
 * `{name:size}` write an instant or a number of bytes as people do; `{name:reason}` and `{name:field}` give the words for a
 * code or for an input's name.
 */
export interface FailureText {
  /** What happened: one sentence, also the heading. */
  readonly happened: string;
  /** Why, as far as it is known; never blames the person. */
  readonly why: string;
  /** What to do now. */
  readonly todo: string;
}

/** A verdict as a word beside its icon, and as a sentence. */
export interface VerdictText {
  readonly word: string;
  readonly sentence: string;
}

/** Reasons that mean another thing where nothing proves when a signature was made. */
export type UndatedReasons = Readonly<
  Record<Extract<ReasonCode, 'certificate-expired' | 'certificate-not-yet-valid'>, string>
>;
