import { agencyToken, certificate, idOf, outboxEntry, token } from '../fake-core/samples.ts';
import { flags, plug, type Scene, signedIn, subjects } from './signed-in.ts';
import { tokenScenes } from './token-scenes.ts';
import { verdictScenes } from './verdict-scenes.ts';

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
  ...tokenScenes,
  ...verdictScenes,
};
