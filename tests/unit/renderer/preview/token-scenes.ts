import type { Failure, FailureCode, FailureParams } from '../../../../contract/failure.ts';
import type { ModuleInfo } from '../../../../contract/token.ts';
import type { FakeCore } from '../fake-core/fake-core.ts';
import { agencyToken, certificate, token } from '../fake-core/samples.ts';
import { flags, plug, type Scene, signedIn } from './signed-in.ts';

const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + (days + 0.5) * dayMs).toISOString();
const failure = (code: FailureCode, params: FailureParams = {}): Failure => ({
  code,
  params,
  retryable: false,
});
const ending = (days: number) =>
  certificate({ id: `0c${days < 0 ? 99 : days + 10}`, notAfter: inDays(days), daysLeft: days });
const broken = (path: string, code: FailureCode): ModuleInfo => ({
  path,
  ok: false,
  error: failure(code, { path }),
  description: '',
  tokens: [],
  source: 'added',
});
const addModule = (core: FakeCore, module: ModuleInfo) => {
  core.state.tokens = { ...core.state.tokens, modules: [...core.state.tokens.modules, module] };
};
const expired = certificate({
  id: '0d01',
  notBefore: '2021-03-01T00:00:00Z',
  notAfter: inDays(-20),
  daysLeft: -20,
  canSign: false,
  refusal: failure('certificate-expired', { notAfter: inDays(-20) }),
});
const authority = certificate({
  id: '0d02',
  subject: 'Cơ quan chứng thực số chuyên dùng Chính phủ (RootCA)',
  canSign: false,
  hasPrivateKey: false,
  refusal: failure('certificate-not-for-signing'),
});
const pinLength = { min: 8, max: 16 };

/** A leader's desk with these plugged in. */
const desk =
  (...tokens: ReturnType<typeof token>[]): Scene =>
  (core, bytes) => {
    signedIn(core, 'leader', bytes);
    plug(core, ...tokens.map((each) => ({ pinLength, ...each })));
  };
const ended =
  (reason: 'idle' | 'screenLocked' | 'suspended' | 'removed' | 'stopped'): Scene =>
  (core, bytes) => {
    desk(token())(core, bytes);
    core.state.tokens.loginEnded = { reason, at: '2026-11-22T02:05:00Z' };
  };
const failing =
  (code: FailureCode, params: FailureParams = {}): Scene =>
  (core, bytes) => {
    desk(token({ flags: { ...flags, pinCountLow: code === 'pin-incorrect' } }))(core, bytes);
    core.state.failNext = failure(code, params);
  };

/** The token's own screens, in each state: panel, another PIN, help. */
export const tokenScenes: Record<string, Scene> = {
  'token-closed': desk(token()),
  'token-open': (core, bytes) => {
    desk(token({ loggedIn: true }), agencyToken)(core, bytes);
    core.state.tokens.loginEndsAt = new Date(Date.now() + 10 * 60_000).toISOString();
  },
  'token-locked': desk(token({ flags: { ...flags, pinLocked: true } }), agencyToken),
  'token-must-change': desk(token({ flags: { ...flags, pinToBeChanged: true } })),
  'token-final-try': desk(token({ flags: { ...flags, pinCountLow: true, pinFinalTry: true } })),
  'token-blank': desk(token({ label: '', initialised: false, certificates: [] })),
  'token-empty': desk(token({ certificates: [] })),
  'token-pad': desk(token({ flags: { ...flags, protectedPath: true } })),
  'token-ending': desk(token({ certificates: [ending(52), ending(18), ending(5), ending(0), expired] })),
  'token-expired': desk(token({ certificates: [expired, authority] })),
  'token-renewed': desk(token({ certificates: [certificate(), expired, authority] })),
  'token-short-pin': desk(token({ pinLength: { min: 6, max: 6 } })),
  'token-many': (core, bytes) => {
    desk(token({ loggedIn: true, alsoSeenBy: ['/usr/lib/opensc-pkcs11.so'] }), agencyToken)(core, bytes);
    addModule(core, broken('/opt/maker/libold.so', 'module-wrong-architecture'));
    addModule(core, broken('/opt/maker/libcrash.so', 'module-crashed'));
  },
  'driver-missing': (core) => {
    core.state.tokens.modules = [broken('C:\\Windows\\System32\\bit4xpki.dll', 'module-missing')];
  },
  'driver-none': (core) => {
    core.state.tokens.modules = [];
  },
  'driver-refused': (core, bytes) => {
    desk(token())(core, bytes);
    core.state.failNext = failure('module-not-pkcs11', { path: '/opt/maker/libdriver.so' });
  },
  'driver-cancelled': (core, bytes) => {
    desk(token())(core, bytes);
    core.state.picked = null;
  },
  'reader-missing': (core) => {
    plug(core);
    for (const module of core.state.tokens.modules) module.readers = [];
  },
  'reader-broken': (core) => {
    plug(core);
    for (const module of core.state.tokens.modules) {
      module.readers = [
        {
          slot: 0,
          description: 'Khe USB 1',
          tokenPresent: true,
          failure: failure('token-failed', { function: 'C_GetTokenInfo', returnValue: 'CKR_DEVICE_ERROR' }),
        },
      ];
    }
  },
  'blank-sign-in': (core) => plug(core, token({ label: '', initialised: false, certificates: [] })),
  'expired-sign-in': (core) => plug(core, token({ certificates: [expired] })),
  'two-tokens': (core) =>
    plug(
      core,
      token(),
      token({
        serial: 'C0FFEE01',
        label: 'Token Phó Giám đốc',
        certificates: [certificate({ id: '0a09', subject: 'Phó Giám đốc Sở', notAfter: inDays(18) })],
      }),
    ),
  'must-change-sign-in': (core) => plug(core, token({ flags: { ...flags, pinToBeChanged: true } })),
  'ended-idle': ended('idle'),
  'ended-screen': ended('screenLocked'),
  'ended-sleep': ended('suspended'),
  'ended-removed': ended('removed'),
  'ended-stopped': ended('stopped'),
  'change-wrong': failing('pin-incorrect', { triesLow: true }),
  'change-refused': failing('pin-change-unsupported'),
  'change-silent': failing('token-timeout'),
  'change-holds': (core, bytes) => {
    desk(token())(core, bytes);
    core.state.hold = 'token';
  },
  unchecked: (core, bytes) => {
    signedIn(core, 'leader', bytes, true);
    core.state.warning = failure('certificate-unchecked', { subject: 'Giám đốc Sở Khoa học và Công nghệ' });
  },
};
