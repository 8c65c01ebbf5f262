import * as z from 'zod';
import { documentType } from './document-type.ts';
import { gateOverride } from './gate.ts';
import { agencyCode, calendarDate, documentId, fileDigest, instant, personId } from './identity.ts';
import { line, paragraphs } from './plain-text.ts';

/** The roles that the workflow knows: lãnh đạo, văn thư, chuyên viên. */
export const role = z.enum(['leader', 'clerk', 'specialist']);
export type Role = z.infer<typeof role>;

export const agency = z.object({
  code: agencyCode,
  name: line(200).min(1),
  /** Two tiers since 1 July 2025; the level is data, never a rule in code. */
  level: z.enum(['province', 'commune']),
  /** Other names that it bears on paper and in certificates: before a merger, in short. */
  aliases: z.array(line(200).min(1)).max(20).optional(),
  /** The name of the agency above it (cơ quan chủ quản), which documents print over its own. */
  parent: line(200).min(1).optional(),
});
export type Agency = z.infer<typeof agency>;

export const person = z.object({
  id: personId,
  /** A position, as shown on documents: "Giám đốc", "Văn thư". */
  position: line(100).min(1),
  role,
  agency,
});
export type Person = z.infer<typeof person>;

/** NĐ 30/2020 PL VI "Priority"; edXML codes 0 to 3. */
export const urgency = z.enum(['normal', 'urgent', 'veryUrgent', 'flash']);
export type Urgency = z.infer<typeof urgency>;

export const documentFile = z.object({
  digest: fileDigest,
  name: line(255).min(1),
  bytes: z.int().nonnegative(),
  part: z.enum(['main', 'appendix']),
});
export type DocumentFile = z.infer<typeof documentFile>;

/** What happened to a document, in the server's order. */
export const historyEntry = z.object({
  at: instant,
  act: z.enum([
    'submit',
    'approve',
    'return',
    'assignNumber',
    'issue',
    'arrive',
    /** Somebody decided to register it although its signatures don't suffice; `note` is why. */
    'override',
    /** A signature's hash is SHA-1, which the office's policy puts up with; goes before `register`. */
    'admitObsolete',
    'register',
    'refuse',
  ]),
  actor: line(300),
  note: paragraphs(2000),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

const documentCore = {
  id: documentId,
  /** Raised by the server with each change; an act names the version that it was decided on. */
  version: z.int().positive(),
  type: documentType,
  subject: line(500).min(1),
  urgency,
  issuer: agency,
  /** Position of the person who approves, as printed: "GIÁM ĐỐC". */
  signerPosition: line(100),
  files: z.array(documentFile).min(1).max(20),
  history: z.array(historyEntry).max(1000),
  updatedAt: instant,
};

/** Số, ký hiệu and date, given by the server alone (NĐ 30/2020 Đ15): gap-free, in time order, within the year. */
export const referenceNumber = z.object({
  number: z.int().positive(),
  /** Whole and as printed: "05/QĐ-SKHCN". */
  code: line(60).min(1),
  date: calendarDate,
});
export type ReferenceNumber = z.infer<typeof referenceNumber>;

/** 01 đã đến, 03 đã tiếp nhận, 02 từ chối (QĐ 28/2018/QĐ-TTg); `sent` before any of them. */
export const deliveryState = z.enum(['sent', 'arrived', 'registered', 'refused']);
export type DeliveryState = z.infer<typeof deliveryState>;

export const recipient = z.object({
  agency,
  state: deliveryState,
  at: instant.nullable(),
  arrivalNumber: z.int().positive().nullable(),
  reason: paragraphs(2000).nullable(),
});
export type Recipient = z.infer<typeof recipient>;

export const outgoingState = z.enum([
  'awaitingSignature',
  'awaitingNumber',
  'awaitingSeal',
  'issued',
  'returned',
]);
export type OutgoingState = z.infer<typeof outgoingState>;

/** Who has approved a document, so that every desk can hold the signature against it, also without a line. */
export const approval = z.object({
  by: line(300),
  at: instant,
  /** The file as it was approved. */
  file: fileDigest,
  /** SHA-256 of the certificates (DER) registered to that person, lower-case hexadecimal. */
  certificates: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(100),
});

/** Văn bản đi, as the issuing agency sees it. `recipients` are the places it goes, or has gone, to (nơi nhận). */
export const outgoingDocument = z.object({
  kind: z.literal('outgoing'),
  ...documentCore,
  state: outgoingState,
  reference: referenceNumber.nullable(),
  /** Left out, or null, until somebody has approved it. */
  approval: approval.nullable().optional(),
  /** The part of the symbol after the number: "QĐ-SKHCN". */
  symbol: line(40).min(1),
  recipients: z.array(recipient).max(500),
});
export type OutgoingDocument = z.infer<typeof outgoingDocument>;

/** Văn bản đến, as the receiving agency sees it: one for each recipient of an issued document. */
export const incomingDocument = z.object({
  kind: z.literal('incoming'),
  ...documentCore,
  state: deliveryState,
  reference: referenceNumber,
  issuedAt: instant,
  arrivalNumber: z.int().positive().nullable(),
  registeredAt: instant.nullable(),
  reason: paragraphs(2000).nullable(),
  /** Registered although its signatures don't suffice: what was wrong, who decided so, and why. */
  override: gateOverride
    .extend({ by: line(300), at: instant })
    .nullable()
    .optional(),
});
export type IncomingDocument = z.infer<typeof incomingDocument>;

export const officialDocument = z.discriminatedUnion('kind', [outgoingDocument, incomingDocument]);
export type OfficialDocument = z.infer<typeof officialDocument>;

/** Names of the form fields that a signing revision prepares or fills; fixed, since the next office looks for them. */
export const formFieldNames = {
  approval: 'antin-approval',
  seal: 'antin-seal',
  number: 'antin-number',
  date: 'antin-date',
  initialOnContent: 'antin-initial-content',
  initialOnForm: 'antin-initial-form',
} as const;

/** Whether a signature stands in a field for initials: whoever answers for content or form, and approves nothing. */
export function isInitialField(name: string): boolean {
  const { initialOnContent, initialOnForm } = formFieldNames;
  return [initialOnContent, initialOnForm].some(
    (initial) => name === initial || name.startsWith(`${initial}-`),
  );
}
