import * as z from 'zod';
import { AppError, failureParams } from './failure.ts';

/**
 * What a file holds that could deceive whoever looks at it, signed or not: found before a signature is made, and
 * named beside the verdict afterwards. People sign what they see; these are the places where two people, or two
 * programs, may see different things.
 */
export const fileFindingCodes = [
  /** Another program shows other pages, text or pictures than we read (`reader`, `page`). */
  'reading-differs',
  /** Programs read the structure differently (`detail`). */
  'structure-ambiguous',
  /**
   * The hints of a linearized file aren't true (ISO 32000-2, Annex F), so that some programs show its first part
   * alone.
   */
  'linearization-untrue',
  /** A picture that the window can't show (`page`, `pixels`). */
  'picture-not-shown',
  /** A page that the window can't show whole (`page`). */
  'page-not-shown',
  /** Scripts and actions that do more than lead to another page (`kind`). */
  'active-content',
  /** Files inside the file (`name`). */
  'embedded-file',
  /** Layers, annotations or fields that show only in print, on the screen, or when switched on (`kind`, `name`). */
  'hidden-content',
  /** The comparison with another program's reading could not be finished (`pages` of `all` were compared). */
  'reading-unfinished',
] as const;
/** What runs, opens or changes something by itself or at a click: `kind` of `active-content`. */
export const activeKinds = [
  'script',
  'launch',
  'other-file',
  'submit',
  'import',
  'reset',
  'media',
  'xfa',
  'visibility',
  'web',
  'unknown-action',
] as const;
export type ActiveKind = (typeof activeKinds)[number];

/** Why something isn't shown to everybody at all times: `kind` of `hidden-content`. */
export const hiddenKinds = [
  'layer-off',
  'layer-print',
  'layer-depends',
  'screen-only',
  'paper-only',
  'hidden-annotation',
  'on-pointing',
  'other-picture',
  'other-extent',
  'outside-content',
] as const;
export type HiddenKind = (typeof hiddenKinds)[number];

export const fileFindingCode = z.enum(fileFindingCodes);
export type FileFindingCode = z.infer<typeof fileFindingCode>;

/**
 * `blocks`: nobody signs it as it is, and no verdict on it is `valid`. `warns`: told in plain words before a
 * signature, and beside it.
 */
export const fileFinding = z.object({
  code: fileFindingCode,
  weight: z.enum(['blocks', 'warns']),
  /** From 1; null where it concerns the file as a whole. */
  page: z.int().min(1).nullable(),
  params: failureParams,
});
export type FileFinding = z.infer<typeof fileFinding>;

/** The first finding for which nobody may sign; null where there is none. */
export function blockingFinding(findings: readonly FileFinding[] = []): FileFinding | null {
  return findings.find(({ weight }) => weight === 'blocks') ?? null;
}

/** Why a file isn't signed: `document-deceptive` {finding, page}. */
export function deceptive({ code, page }: FileFinding): AppError {
  return new AppError('document-deceptive', { finding: code, ...(page !== null && { page }) });
}
