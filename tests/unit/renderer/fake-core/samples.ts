import type { ConnectionState } from '../../../../contract/connection.ts';
import type { DeskDocument, DocumentTask, OutboxEntry } from '../../../../contract/desktop.ts';
import type { Agency, OfficialDocument, Person, Recipient } from '../../../../contract/document.ts';
import { outgoingDocument, person } from '../../../../contract/document.ts';
import { agencyCode, documentId, fileDigest, idempotencyKey } from '../../../../contract/identity.ts';
import type { CertificateInfo, TokenInfo } from '../../../../contract/token.ts';
import type { SignatureReport, VerificationReport } from '../../../../contract/verdict.ts';

/** Made-up offices and documents for looking at the screens; positions only, never people's names. */
export const department: Agency = {
  code: agencyCode.parse('H38.16'),
  name: 'Sở Khoa học và Công nghệ tỉnh Lào Cai',
  level: 'province',
};
const commune: Agency = {
  code: agencyCode.parse('H38.55'),
  name: 'Ủy ban nhân dân xã Mường Khương',
  level: 'commune',
};
const otherCommune: Agency = {
  code: agencyCode.parse('H38.61'),
  name: 'Ủy ban nhân dân phường Cam Đường',
  level: 'commune',
};

export const leader: Person = person.parse({
  id: 'leader',
  position: 'Giám đốc',
  role: 'leader',
  agency: department,
});
export const clerk: Person = person.parse({
  id: 'clerk',
  position: 'Văn thư',
  role: 'clerk',
  agency: department,
});

export function certificate(change: Partial<CertificateInfo> = {}): CertificateInfo {
  return {
    id: '0a01',
    subject: 'Giám đốc Sở Khoa học và Công nghệ',
    organisation: 'Sở Khoa học và Công nghệ tỉnh Lào Cai',
    holder: 'person',
    serial: '3F20A17C55',
    issuer: 'Cơ quan chứng thực số chuyên dùng Chính phủ',
    notBefore: '2024-03-01T00:00:00Z',
    notAfter: '2029-03-01T00:00:00Z',
    keyType: 'RSA',
    keyBits: 2048,
    canSign: true,
    hasPrivateKey: true,
    ...change,
  };
}

export function token(change: Partial<TokenInfo> = {}): TokenInfo {
  return {
    slot: 0,
    label: 'Token cá nhân',
    serial: 'A1B2C3D4',
    manufacturer: 'Lab',
    model: 'Soft',
    flags: { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false },
    loggedIn: false,
    certificates: [certificate()],
    ...change,
  };
}

export const agencyToken = token({
  label: 'Token cơ quan',
  serial: 'E5F6A7B8',
  certificates: [
    certificate({ id: '0b01', subject: 'Sở Khoa học và Công nghệ tỉnh Lào Cai', holder: 'agency' }),
  ],
});

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const idOf = (number: number) => documentId.parse(uuid(number));
const digest = fileDigest.parse('ab'.repeat(32));

function recipients(issued: boolean): Recipient[] {
  const none = { at: null, arrivalNumber: null, reason: null };
  return [
    issued
      ? { agency: commune, state: 'registered', at: '2026-11-20T04:10:00Z', arrivalNumber: 312, reason: null }
      : { agency: commune, state: 'sent', ...none },
    issued
      ? {
          agency: otherCommune,
          state: 'refused',
          at: '2026-11-20T07:42:00Z',
          arrivalNumber: null,
          reason: 'Văn bản thiếu phụ lục kèm theo.',
        }
      : { agency: otherCommune, state: 'sent', ...none },
  ];
}

/** An outgoing document at the step that a task belongs to. */
export function outgoing(
  number: number,
  subject: string,
  task: DocumentTask,
  bytes: number,
): OfficialDocument {
  const state =
    task === 'sign'
      ? 'awaitingSignature'
      : task === 'assignNumber'
        ? 'awaitingNumber'
        : task === 'seal' || task === 'issue'
          ? 'awaitingSeal'
          : 'issued';
  const numbered = state === 'awaitingSeal' || state === 'issued';
  return outgoingDocument.parse({
    kind: 'outgoing',
    id: idOf(number),
    version: 3,
    type: number % 2 ? 'quyet-dinh' : 'ke-hoach',
    subject,
    urgency: number === 1 ? 'flash' : number === 3 ? 'urgent' : 'normal',
    issuer: department,
    signerPosition: 'GIÁM ĐỐC',
    files: [{ digest, name: 'van-ban.pdf', bytes, part: 'main' }],
    history: [
      { at: '2026-11-20T01:30:00Z', act: 'submit', actor: 'Chuyên viên Phòng Chuyển đổi số', note: '' },
      ...(state === 'awaitingSignature'
        ? []
        : [{ at: '2026-11-20T02:05:00Z', act: 'approve', actor: 'Giám đốc', note: '' }]),
    ],
    updatedAt: '2026-11-22T01:30:00Z',
    state,
    reference: numbered ? { number: 45, code: '45/QĐ-SKHCN', date: '2026-11-20' } : null,
    symbol: 'QĐ-SKHCN',
    recipients: recipients(state === 'issued'),
  });
}

export function incoming(number: number, subject: string, bytes: number): OfficialDocument {
  return {
    kind: 'incoming',
    id: idOf(number),
    version: 1,
    type: 'cong-van',
    subject,
    urgency: 'veryUrgent',
    issuer: { ...commune, name: 'Ủy ban nhân dân tỉnh Lào Cai' },
    signerPosition: 'KT. CHỦ TỊCH PHÓ CHỦ TỊCH',
    files: [
      { digest, name: 'cong-van.pdf', bytes, part: 'main' },
      { digest, name: 'phu-luc-danh-sach.pdf', bytes: 1_240_000, part: 'appendix' },
    ],
    history: [{ at: '2026-11-22T00:40:00Z', act: 'arrive', actor: 'Hệ thống', note: '' }],
    updatedAt: '2026-11-22T00:40:00Z',
    state: 'arrived',
    reference: { number: 1203, code: '1203/UBND-VX', date: '2026-11-21' },
    issuedAt: '2026-11-21T09:00:00Z',
    arrivalNumber: null,
    registeredAt: null,
    reason: null,
  };
}

export function signature(change: Partial<SignatureReport> = {}): SignatureReport {
  return {
    field: 'antin-approval',
    type: 'signature',
    verdict: 'valid',
    reasons: [],
    intact: true,
    trusted: true,
    revocation: 'good',
    coverage: 'revision',
    changesAfter: 'formFilling',
    changes: ['Điền số văn bản: 1203', 'Điền ngày ban hành', 'Thêm chữ ký số của cơ quan'],
    signer: {
      subject: 'Phó Chủ tịch Ủy ban nhân dân tỉnh',
      organisation: 'Ủy ban nhân dân tỉnh Lào Cai',
      issuer: 'Cơ quan chứng thực số chuyên dùng Chính phủ',
      serial: '54A1FF0923',
      notBefore: '2024-03-01T00:00:00Z',
      notAfter: '2029-03-01T00:00:00Z',
    },
    signedAt: '2026-11-21T08:12:00Z',
    timestampAt: '2026-11-21T08:12:09Z',
    algorithm: 'RSA 2048, SHA-256',
    level: 't',
    ...change,
  };
}

const sealSignature = signature({
  field: 'antin-seal',
  coverage: 'file',
  changesAfter: 'none',
  changes: [],
  signer: {
    subject: 'Ủy ban nhân dân tỉnh Lào Cai',
    organisation: 'Ủy ban nhân dân tỉnh Lào Cai',
    issuer: 'Cơ quan chứng thực số chuyên dùng Chính phủ',
    serial: '54A1FF0A11',
    notBefore: '2024-03-01T00:00:00Z',
    notAfter: '2029-03-01T00:00:00Z',
  },
});

export const reports: Record<VerificationReport['verdict'], VerificationReport> = {
  valid: { verdict: 'valid', signatures: [signature(), sealSignature] },
  invalid: {
    verdict: 'invalid',
    signatures: [
      signature({ verdict: 'invalid', reasons: ['digest-mismatch', 'change-not-permitted'], intact: false }),
      sealSignature,
    ],
  },
  indeterminate: {
    verdict: 'indeterminate',
    signatures: [
      signature({ verdict: 'indeterminate', reasons: ['revocation-unknown', 'signing-time-unproven'] }),
      sealSignature,
    ],
  },
  unsigned: { verdict: 'unsigned', signatures: [] },
  unreadable: { verdict: 'unreadable', signatures: [] },
};

/** A document as the desk shows it. */
export function desk(
  document: OfficialDocument,
  task: DocumentTask,
  change: Partial<DeskDocument> = {},
): DeskDocument {
  return {
    document,
    task,
    file: document.files[0] ?? null,
    fileHeld: true,
    verification: reports.unsigned,
    evidence: null,
    gate: document.kind === 'incoming' ? [] : null,
    pending: null,
    ...change,
  };
}

export function outboxEntry(number: number, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    key: idempotencyKey.parse(uuid(number)),
    documentId: idOf(1),
    act: 'approve',
    subject: 'Về việc phê duyệt Kế hoạch chuyển đổi số năm 2027',
    state: 'waiting',
    attempts: 1,
    failure: null,
    createdAt: '2026-11-22T01:20:00Z',
    confirmedAt: null,
    ...change,
  };
}

export const online: ConnectionState = {
  status: 'online',
  failure: null,
  lastContactAt: '2026-11-22T01:31:00Z',
  clockOffsetMs: 300,
  waiting: 0,
};
