import * as z from 'zod';
import { documentType } from './document-type.ts';

/**
 * A draft (dự thảo): what a specialist writes, without any of its form. Number and date aren't part of it: the system
 * gives them after the leader has signed (NĐ 30/2020 Điều 15).
 */

/** Why a value of a draft can't be taken; words for each stand in `contract/messages`. */
export const draftFaults = [
  'draft-not-json',
  'draft-too-deep',
  'draft-value-missing',
  'draft-value-unknown',
  'draft-value-empty',
  'draft-value-too-long',
  'draft-value-wrong',
  'draft-control-character',
  'draft-character-unprintable',
  'draft-reference-missing',
  'draft-id-twice',
  'draft-unit-misplaced',
  'draft-points-too-many',
  'draft-table-uneven',
] as const;
export type DraftFault = (typeof draftFaults)[number];

/** Nothing that isn't seen, nor what breaks a line: both would be printed otherwise than they were written. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((text) => !unprintable.test(text), { params: { fault: 'draft-control-character' } })
    .refine((text) => text.trim() !== '', { params: { fault: 'draft-value-empty' } })
    .transform((text) => text.normalize('NFC').trim());

const name = line(200);
const sentence = line(1000);
/** A paragraph: `**bold**`, `*italic*` and `[ref:id]` mean what they look like. */
const richText = line(20_000);

export const unitKinds = ['part', 'chapter', 'section', 'article', 'clause', 'point'] as const;
/** What numbers itself: phần, chương, mục, điều, khoản, điểm. */
export type UnitKind = (typeof unitKinds)[number];

const id = z
  .string()
  .max(64)
  .regex(/^[\w.-]+$/);

const commonParts = { id: id.optional(), title: sentence.optional(), text: richText.optional() };

export interface DraftUnit {
  kind: UnitKind;
  id?: string | undefined;
  title?: string | undefined;
  text?: string | undefined;
  children?: DraftBlock[] | undefined;
}

const unit = z.strictObject({
  kind: z.enum(unitKinds),
  ...commonParts,
  children: z
    .array(z.lazy((): z.ZodType<DraftBlock> => draftBlock))
    .max(2000)
    .optional(),
});

const paragraph = z.strictObject({ kind: z.enum(['paragraph', 'note']), text: richText, id: id.optional() });

/** The first row is repeated at the top of each page that the table goes over. */
const table = z.strictObject({
  kind: z.literal('table'),
  id: id.optional(),
  title: sentence.optional(),
  rows: z
    .array(
      z
        .array(z.union([z.literal(''), richText]))
        .min(1)
        .max(30),
    )
    .min(1)
    .max(5000),
  /** The columns' widths in proportion; by their content where left out. */
  columns: z.array(z.number().min(0.1).max(100)).max(30).optional(),
  /** On pages of its own that lie on their side (PL I, I.1). */
  landscape: z.boolean().optional(),
});

export const draftBlock = z.discriminatedUnion('kind', [unit, paragraph, table]);
export type DraftBlock = DraftUnit | z.infer<typeof paragraph> | z.infer<typeof table>;

const blocks = z.array(draftBlock).max(5000);

export const urgencies = ['hoa-toc', 'thuong-khan', 'khan'] as const;

const signer = z.strictObject({
  /** On whose behalf (Điều 13): for a collective body, for one's superior, by order, by authorisation. */
  authority: z.enum(['TM.', 'Q.', 'KT.', 'TL.', 'TUQ.']).nullable().default(null),
  /** The body or post that `authority` is for. */
  over: name.nullable().default(null),
  /** Signs for this post besides: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH". */
  deputyOf: name.optional(),
  position: name,
  name,
});

export const draft = z
  .strictObject({
    type: documentType,
    agency: z.strictObject({
      parent: name.nullable().default(null),
      name,
      symbol: line(30),
      place: name,
      /** The unit that drafts, as in "SKHCN-VP" and "Lưu: VT, VP". */
      unit: line(30).optional(),
      /** Address, telephone and the like, at the foot of page 1 (ô 13). */
      contact: z.array(sentence).max(3).optional(),
    }),
    subject: sentence,
    basis: z.array(richText).max(100).default([]),
    recipients: z
      .strictObject({ to: z.array(name).max(500).default([]), list: z.array(name).max(500).default([]) })
      .default({ to: [], list: [] }),
    body: blocks.min(1),
    signer,
    /** Who signs on the left: the secretary of minutes, the other party of an agreement. */
    cosigner: z.strictObject({ position: name, name }).optional(),
    urgency: z.enum(urgencies).nullable().default(null),
    circulation: z.enum(['xem-xong-tra-lai', 'luu-hanh-noi-bo', 'tai-lieu-thu-hoi']).nullable().default(null),
    drafter: z
      .strictObject({ mark: line(20), copies: z.int().min(1).max(100_000).nullable().default(null) })
      .nullable()
      .default(null),
    appendices: z
      .array(
        z.strictObject({
          title: sentence,
          body: blocks.min(1),
          /** In a file of its own, which the agency signs by itself (PL I, II.8.b); else behind the document. */
          separate: z.boolean().default(false),
        }),
      )
      .max(100)
      .default([]),
    date: z.strictObject({ place: name }).optional(),
  })
  .superRefine(({ signer: { authority, over } }, context) => {
    if ((authority === null) === (over === null)) return;
    context.addIssue({
      code: 'custom',
      path: ['signer', authority === null ? 'authority' : 'over'],
      params: { fault: 'draft-value-missing' },
    });
  });
export type Draft = z.infer<typeof draft>;
