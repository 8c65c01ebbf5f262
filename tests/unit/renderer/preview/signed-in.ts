import type { DeskDocument } from '../../../../contract/desktop.ts';
import type { TokenInfo } from '../../../../contract/token.ts';
import type { FakeCore } from '../fake-core/fake-core.ts';
import {
  agencyToken,
  clerk,
  desk,
  incoming,
  leader,
  outgoing,
  reports,
  signature,
  token,
} from '../fake-core/samples.ts';

export type Scene = (core: FakeCore, pdfBytes: number) => void;

export const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };

/** What is plugged in, all seen by one driver. */
export function plug(core: FakeCore, ...tokens: TokenInfo[]): void {
  const readers = [0, 1].map((slot) => ({
    slot,
    description: `Khe USB ${slot + 1}`,
    tokenPresent: slot < tokens.length,
    failure: null,
  }));
  const module = {
    path: '/usr/lib/libmaker-pkcs11.so',
    ok: true,
    error: null,
    description: 'Phần mềm thiết bị mẫu',
    source: 'known' as const,
    readers,
    tokens: tokens.map((each, slot) => ({ ...each, slot })),
  };
  core.state.tokens = { ...core.state.tokens, modules: [module] };
}

export const subjects = [
  'Về việc phê duyệt Kế hoạch chuyển đổi số giai đoạn 2026 – 2030 của Sở Khoa học và Công nghệ tỉnh Lào Cai',
  'Triển khai ứng dụng chữ ký số chuyên dùng công vụ tại các xã, phường',
  'Về việc cử công chức tham gia lớp bồi dưỡng nghiệp vụ văn thư, lưu trữ điện tử',
  'Ổn định tổ chức bộ máy sau sắp xếp; ƯU TIÊN ĐẦU TƯ HẠ TẦNG SỐ Ở VÙNG ĐẶC BIỆT KHÓ KHĂN',
  'Kiểm tra an toàn thông tin mạng quý IV',
];

/** A desk at work: documents at each step, and the tokens of whoever sits there. */
export function signedIn(core: FakeCore, who: 'leader' | 'clerk', pdfBytes: number, open = false): void {
  const { state } = core;
  state.person = who === 'leader' ? leader : clerk;
  state.session = {
    status: 'signedIn',
    person: state.person,
    key: { modulePath: '/usr/lib/libmaker-pkcs11.so', tokenSerial: 'A1B2C3D4', certificateId: '0a01' },
    expiresAt: '2026-11-22T09:00:00Z',
  };
  plug(core, token({ loggedIn: open }), ...(who === 'clerk' ? [agencyToken] : []));
  const signed = {
    verdict: 'valid' as const,
    signatures: [signature({ coverage: 'file', changesAfter: 'none', changes: [] })],
  };
  const outgoings: DeskDocument[] =
    who === 'leader'
      ? subjects.map((subject, index) => desk(outgoing(index + 1, subject, 'sign', pdfBytes), 'sign'))
      : (['assignNumber', 'seal', 'issue', 'assignNumber', 'issue'] as const).map((task, index) =>
          desk(outgoing(index + 1, subjects[index] ?? '', task, pdfBytes), task, { verification: signed }),
        );
  const issued = desk(outgoing(9, subjects[1] ?? '', 'none', pdfBytes), 'none', {
    verification: reports.valid,
  });
  const arrivals = (['valid', 'invalid', 'indeterminate', 'unsigned'] as const).map((verdict, index) =>
    desk(
      incoming(20 + index, `Tăng cường thực hiện văn bản điện tử (${index + 1})`, pdfBytes),
      who === 'clerk' ? 'register' : 'none',
      {
        verification: reports[verdict],
      },
    ),
  );
  state.documents = [...outgoings, issued, ...arrivals];
  state.boxes = {
    [who === 'leader' ? 'toSign' : 'toIssue']: outgoings.map(({ document }) => document.id),
    outgoing: [issued, ...outgoings].map(({ document }) => document.id),
    incoming: arrivals.map(({ document }) => document.id),
  };
}
