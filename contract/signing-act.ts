import * as z from 'zod';
import { calendarDate } from './identity.ts';
import { line, paragraphs } from './plain-text.ts';

/**
 * What a signature is made for. `approve` and `seal` are acts on a document of the server's as well; all of them can
 * be done to a file on this computer.
 */
export const signingAct = z.enum([
  'plain',
  'approve',
  'initial',
  'directive',
  'seal',
  'appendix',
  'copy',
  'incoming',
]);
export type SigningAct = z.infer<typeof signingAct>;

/** Those that the server's documents know: the leader's approval and the agency's seal. */
export const documentSigningAct = signingAct.extract(['approve', 'seal']);
export type DocumentSigningAct = z.infer<typeof documentSigningAct>;

/**
 * Whose key does it: a person's approves, initials and comments, the agency's does the rest (NĐ 30/2020 Đ32; PL I,
 * II.7, II.8); a plain signature is either's.
 */
export const holderOf: Readonly<Record<SigningAct, 'person' | 'agency' | 'any'>> = {
  plain: 'any',
  approve: 'person',
  initial: 'person',
  directive: 'person',
  seal: 'agency',
  appendix: 'agency',
  copy: 'agency',
  incoming: 'agency',
};

/** Hình thức sao (NĐ 30/2020 Đ25). */
export const copyForm = z.enum(['sao-y', 'sao-luc', 'trich-sao']);

/** For what an initial answers. */
export const answersFor = z.enum(['content', 'form']);

/** Longer comments belong into a document of their own. */
const longestDirective = 1000;

/**
 * What a person wants on a file: the act and what it shows. Numbers and dates are as the office's register or its web
 * system gave them; nothing is counted here.
 */
export const stampWish = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('plain') }),
  z.strictObject({ act: z.literal('approve') }),
  z.strictObject({ act: z.literal('initial'), answersFor }),
  z.strictObject({ act: z.literal('directive'), text: paragraphs(longestDirective).min(1) }),
  z.strictObject({
    act: z.literal('seal'),
    /** As printed: "05", or the whole code "05/QĐ-SKHCN". Left out where the document bears it already. */
    number: line(60).min(1).optional(),
    date: calendarDate.optional(),
  }),
  z.strictObject({
    act: z.literal('appendix'),
    /** Số và ký hiệu of the document that it belongs to. */
    referenceCode: line(60).min(1),
  }),
  z.strictObject({
    act: z.literal('copy'),
    form: copyForm,
    /** Tên cơ quan sao; the certificate's name where it is left out. */
    agency: line(200).min(1).optional(),
  }),
  z.strictObject({
    act: z.literal('incoming'),
    arrivalNumber: line(20).min(1),
    date: calendarDate,
    agency: line(200).min(1).optional(),
    forwardedTo: line(100).min(1).optional(),
    caseFile: line(60).min(1).optional(),
  }),
]);
export type StampWish = z.infer<typeof stampWish>;
