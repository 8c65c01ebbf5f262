import type { DeskDocument } from '../../../../contract/desktop.ts';
import type { FailureCode } from '../../../../contract/failure.ts';
import type { GateFinding } from '../../../../contract/gate.ts';
import type { SignatureReport, VerificationReport } from '../../../../contract/verdict.ts';
import { gateFindingsOf } from '../../../../native/verification/gate/gate.ts';
import { clerk, desk, incoming, outgoing, reports, signature } from '../fake-core/samples.ts';
import { type Scene, signedIn } from './signed-in.ts';

const longName =
  'Phó Chánh Văn phòng Ủy ban nhân dân tỉnh kiêm Trưởng ban Quản lý Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính tỉnh Bà Rịa – Vũng Tàu (cũ), nay là Thành phố Hồ Chí Minh';
const words = `HỢP LỆ <b>Chữ ký hợp lệ</b> [xem](http://x) ${'W'.repeat(240)}`;

const place = (page: number, row: number) => ({
  page,
  pageSize: { width: 210, height: 297 },
  box: { x: 20 + (row % 3) * 60, y: 40 + Math.floor(row / 3) * 34, width: 50, height: 25 },
});
const named = (subject: string, change: Partial<SignatureReport> = {}): SignatureReport => {
  const one = signature(change);
  return { ...one, signer: one.signer && { ...one.signer, subject, organisation: subject } };
};
const failed = (failure: FailureCode): VerificationReport => ({
  verdict: 'unreadable',
  failure,
  signatures: [],
});
const checkedAt = '2026-11-22T02:00:00Z';
const kept = { keptAt: checkedAt, verdict: 'valid' as const, certificates: 4, ocsps: 2, crls: 3 };

/** One incoming document at a clerk's desk with this verdict, its evidence kept. */
const arrived =
  (report: VerificationReport, gate: GateFinding[] = gateFindingsOf(report)): Scene =>
  (core, bytes) => {
    signedIn(core, 'clerk', bytes);
    const verification = { ...report, checkedAt };
    const evidence = report.signatures.length > 0 ? kept : null;
    const one = desk(incoming(40, 'Tăng cường thực hiện văn bản điện tử', bytes), 'register', {
      ...{ verification, gate, evidence },
    });
    core.state.documents = [...core.state.documents, one];
    core.state.boxes = { ...core.state.boxes, incoming: [one.document.id] };
  };

/** One outgoing document that the leader has signed, and whose signature doesn't hold. */
const broken =
  (task: 'assignNumber' | 'seal' | 'issue', change: Partial<DeskDocument> = {}): Scene =>
  (core, bytes) => {
    signedIn(core, 'clerk', bytes);
    const verification = { ...reports.invalid, checkedAt };
    const document = outgoing(41, 'Về việc ban hành Quy chế phối hợp', task, bytes);
    const one = desk(document, task, { verification, ...change });
    core.state.person = clerk;
    core.state.documents = [one];
    core.state.boxes = { toIssue: [one.document.id], outgoing: [one.document.id] };
  };

const unreachable = { code: 'timestamp-unreachable', params: {}, retryable: true } as const;

/** One sealed document that may get its time stamp yet. */
const stamping = (timeStamp: DeskDocument['timeStamp']): Scene =>
  broken('issue', { verification: { ...reports.valid, checkedAt }, timeStamp: timeStamp ?? null });

/** One incoming document without a verdict. */
const unchecked =
  (change: Partial<DeskDocument>): Scene =>
  (core, bytes) => {
    arrived(reports.valid, [])(core, bytes);
    const none = { verification: null, evidence: null, gate: null, ...change };
    core.state.documents = core.state.documents.map((document) => ({ ...document, ...none }));
  };

/** What a verdict looks like, each kind of it, with names and numbers at their worst. */
export const verdictScenes: Record<string, Scene> = {
  'verdict-valid': arrived(
    {
      verdict: 'valid',
      signatures: [
        { ...reports.valid.signatures[0], place: place(1, 0) },
        { ...reports.valid.signatures[1], place: place(1, 1) },
      ] as SignatureReport[],
    },
    [],
  ),
  'verdict-invalid': arrived(reports.invalid),
  'verdict-indeterminate': arrived(reports.indeterminate, []),
  'verdict-unsigned': arrived(reports.unsigned),
  'verdict-unreadable': arrived(failed('pdf-damaged')),
  'verdict-protected': arrived(failed('pdf-encrypted')),
  'verdict-many': arrived(
    {
      verdict: 'valid',
      signatures: Array.from({ length: 20 }, (_, index) =>
        named(`Ủy viên Hội đồng thẩm định số ${index + 1}`, {
          field: `chu-ky-${index + 1}`,
          place: place(1 + Math.floor(index / 12), index % 12),
        }),
      ),
    },
    [],
  ),
  'verdict-long-names': arrived(
    {
      verdict: 'valid',
      signatures: [named(longName), named(`${longName} và các cơ quan trực thuộc`, { field: 'antin-seal' })],
    },
    [],
  ),
  'verdict-lies': arrived({
    verdict: 'invalid',
    signatures: [
      named(words, {
        field: `HỢP LỆ ${'trường '.repeat(50)}`.slice(0, 300),
        verdict: 'invalid',
        reasons: ['chain-untrusted', 'changed-after-signing'],
        ...{ trusted: false, revocation: 'notChecked', changesAfter: 'other' },
        changes: [`Nội dung đã có của trường “${'dài '.repeat(60)}…” bị thay bằng nội dung khác.`],
      }),
    ],
  }),
  'verdict-ended': arrived(
    {
      verdict: 'indeterminate',
      signatures: [
        named('Chủ tịch Ủy ban nhân dân tỉnh', {
          ...{ verdict: 'indeterminate', reasons: ['certificate-expired', 'signing-time-unproven'] },
        }),
      ],
    },
    [],
  ),
  'list-with-broken': (core, bytes) => {
    signedIn(core, 'clerk', bytes);
    const verdicts = ['valid', 'invalid', 'valid', 'unreadable', 'indeterminate'] as const;
    core.state.documents = verdicts.map((verdict, index) =>
      desk(outgoing(index + 1, `${index + 1}. Về việc ban hành Quy chế phối hợp`, 'seal', bytes), 'seal', {
        verification: reports[verdict],
      }),
    );
    core.state.boxes = { toIssue: core.state.documents.map(({ document }) => document.id) };
  },
  'checking-under-way': unchecked({}),
  'checking-failed': unchecked({ checkFailed: true }),
  'stamp-waiting': stamping({ state: 'waiting', failure: null }),
  'stamp-again': stamping({ state: 'waiting', failure: unreachable }),
  'stamp-given-up': stamping({ state: 'givenUp', failure: { ...unreachable, code: 'timestamp-too-late' } }),
  'broken-number': broken('assignNumber'),
  'broken-seal': broken('seal'),
};
