import { homedir, release } from 'node:os';
import type { Failure } from '../../contract/failure.ts';
import type { CertificateInfo, ModuleInfo, TokenInfo, TokenStep } from '../../contract/token.ts';
import { signingSteps } from '../token/signing-steps.ts';

/**
 * What works on this computer, to be given to support staff: no secret, no whole serial number, no name of an
 * account.
 */
export interface Diagnosis {
  readonly checkedAt: string;
  readonly system: {
    readonly platform: string;
    readonly arch: string;
    readonly release: string;
    readonly node: string;
  };
  readonly problem: Failure | null;
  readonly steps: readonly TokenStep[];
  readonly modules: readonly ModuleInfo[];
  /** What the program found of its own data when it started; absent where no profile was looked at. */
  readonly store?: Failure | null;
}

/** Enough to tell two apart on the telephone. */
function shortened(serial: string): string {
  return serial.length > 4 ? `…${serial.slice(-4)}` : serial;
}

/** The person's folder is named after them. */
function withoutHome(text: string): string {
  const home = homedir();
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}

/** A failure without the name of the account in it. */
export function bareFailure(failure: Failure | null): Failure | null {
  if (failure === null) return null;
  const params = Object.entries(failure.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutHome(value) : value,
  ]);
  return { ...failure, params: Object.fromEntries(params) };
}

function bareCertificate(certificate: CertificateInfo): CertificateInfo {
  const { serial, refusal } = certificate;
  return {
    ...certificate,
    id: shortened(certificate.id),
    serial: shortened(serial),
    refusal: bareFailure(refusal ?? null),
  };
}

function bareToken(token: TokenInfo): TokenInfo {
  const { serial, alsoSeenBy, certificates } = token;
  return {
    ...token,
    serial: shortened(serial),
    certificates: certificates.map(bareCertificate),
    ...(alsoSeenBy && { alsoSeenBy: alsoSeenBy.map(withoutHome) }),
  };
}

/**
 * Puts together what was found. `problem`: why the token process couldn't be used at all. `checkedAt`: when the
 * modules were looked at.
 */
export function diagnose(
  modules: readonly ModuleInfo[],
  problem: Failure | null,
  checkedAt: Date,
): Diagnosis {
  return {
    checkedAt: checkedAt.toISOString(),
    system: {
      platform: process.platform,
      arch: process.arch,
      release: release(),
      node: process.versions.node,
    },
    problem: bareFailure(problem),
    steps: signingSteps(modules, problem).map((step) => ({
      ...step,
      subject: withoutHome(step.subject),
      failure: bareFailure(step.failure),
    })),
    modules: modules.map((module) => ({
      ...module,
      path: withoutHome(module.path),
      error: bareFailure(module.error),
      tokens: module.tokens.map(bareToken),
      ...(module.readers && {
        readers: module.readers.map((reader) => ({ ...reader, failure: bareFailure(reader.failure) })),
      }),
    })),
  };
}
