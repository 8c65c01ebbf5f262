import type { DeskDocument } from '../../../../contract/desktop.ts';
import type { FakeCore } from '../fake-core/fake-core.ts';
import {
  agencyToken,
  certificate,
  clerk,
  desk,
  idOf,
  incoming,
  leader,
  outboxEntry,
  outgoing,
  reports,
  signature,
  token,
} from '../fake-core/samples.ts';

type Scene = (core: FakeCore, pdfBytes: number) => void;

const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };
const module = (tokens: ReturnType<typeof token>[]) => ({
  path: '/lab/module.so',
  ok: true,
  error: null,
  description: 'Lab',
  tokens,
});
const plug = (core: FakeCore, ...tokens: ReturnType<typeof token>[]) => {
  core.state.tokens = { ...core.state.tokens, modules: [module(tokens)] };
};

const subjects = [
  'Về việc phê duyệt Kế hoạch chuyển đổi số giai đoạn 2026 – 2030 của Sở Khoa học và Công nghệ tỉnh Lào Cai',
  'Triển khai ứng dụng chữ ký số chuyên dùng công vụ tại các xã, phường',
  'Về việc cử công chức tham gia lớp bồi dưỡng nghiệp vụ văn thư, lưu trữ điện tử',
  'Ổn định tổ chức bộ máy sau sắp xếp; ƯU TIÊN ĐẦU TƯ HẠ TẦNG SỐ Ở VÙNG ĐẶC BIỆT KHÓ KHĂN',
  'Kiểm tra an toàn thông tin mạng quý IV',
];

function signedIn(core: FakeCore, who: 'leader' | 'clerk', pdfBytes: number, open = false): void {
  const { state } = core;
  state.person = who === 'leader' ? leader : clerk;
  state.session = {
    status: 'signedIn',
    person: state.person,
    key: { modulePath: '/lab/module.so', tokenSerial: 'A1B2C3D4', certificateId: '0a01' },
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

/** Each state of the window worth looking at, by name: `?scene=name`. */
export const scenes: Record<string, Scene> = {
  'sign-in': () => undefined,
  'no-token': (core) => plug(core),
  'no-module': (core) => {
    const error = { code: 'module-missing' as const, params: { path: 'bit4xpki.dll' }, retryable: false };
    core.state.tokens.modules = [{ path: 'bit4xpki.dll', ok: false, error, description: '', tokens: [] }];
  },
  'token-stopped': (core) => {
    core.state.tokens.problem = { code: 'token-stopped', params: {}, retryable: true };
  },
  'pin-low': (core) => plug(core, token({ flags: { ...flags, pinCountLow: true } })),
  'pin-final': (core) => plug(core, token({ flags: { ...flags, pinFinalTry: true } })),
  'pin-locked': (core) => plug(core, token({ flags: { ...flags, pinLocked: true } })),
  'pin-pad': (core) => plug(core, token({ flags: { ...flags, protectedPath: true } })),
  'pin-wrong': (core) => {
    core.state.failNext = { code: 'pin-incorrect', params: { triesLeft: 2 }, retryable: false };
  },
  'agency-only': (core) => plug(core, agencyToken),
  several: (core) =>
    plug(
      core,
      token({
        certificates: [
          certificate(),
          certificate({ id: '0a02', subject: 'Phó Giám đốc Sở', notAfter: '2026-12-10T00:00:00Z' }),
        ],
      }),
    ),
  leader: (core, bytes) => signedIn(core, 'leader', bytes),
  'leader-open': (core, bytes) => signedIn(core, 'leader', bytes, true),
  'leader-empty': (core, bytes) => {
    signedIn(core, 'leader', bytes);
    core.state.boxes = {};
  },
  'leader-fails': (core, bytes) => {
    signedIn(core, 'leader', bytes);
    core.state.failNext = { code: 'token-removed', params: {}, retryable: false };
  },
  'leader-holds': (core, bytes) => {
    signedIn(core, 'leader', bytes);
    core.state.hold = 'token';
  },
  'leader-final': (core, bytes) => {
    signedIn(core, 'leader', bytes);
    plug(core, token({ flags: { ...flags, pinFinalTry: true } }));
  },
  'leader-no-token': (core, bytes) => {
    signedIn(core, 'leader', bytes);
    plug(core);
  },
  offline: (core, bytes) => {
    signedIn(core, 'leader', bytes);
    const failure = { code: 'server-unreachable' as const, params: {}, retryable: true };
    core.state.connection = {
      ...core.state.connection,
      status: 'offline',
      failure,
      waiting: 2,
      clockOffsetMs: 900_000,
    };
    core.state.outbox = [
      outboxEntry(1, { state: 'waiting', failure, attempts: 4 }),
      outboxEntry(2, { state: 'sending', act: 'register', subject: subjects[1] ?? '' }),
      outboxEntry(3, { state: 'outcomeUnknown', act: 'issue', subject: subjects[2] ?? '' }),
      outboxEntry(4, {
        state: 'needsAttention',
        act: 'approve',
        subject: subjects[3] ?? '',
        documentId: idOf(4),
        failure: { code: 'signed-file-rejected', params: { reason: 'chain-untrusted' }, retryable: false },
      }),
      outboxEntry(5, {
        state: 'confirmed',
        act: 'return',
        subject: subjects[4] ?? '',
        confirmedAt: '2026-11-22T01:24:00Z',
      }),
    ];
    const first = core.state.documents[0];
    if (first) {
      core.state.documents[0] = { ...first, task: 'none', pending: core.state.outbox[0] ?? null };
    }
  },
  'session-ended': (core, bytes) => {
    signedIn(core, 'leader', bytes);
    core.state.connection = { ...core.state.connection, status: 'signedOut' };
  },
  clerk: (core, bytes) => signedIn(core, 'clerk', bytes),
};
