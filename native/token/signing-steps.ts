import { AppError, type Failure } from '../../contract/failure.ts';
import type {
  CertificateInfo,
  ModuleInfo,
  TokenInfo,
  TokenStep,
  TokenStepName,
} from '../../contract/token.ts';
import { cleanText } from './token-text.ts';

const order: readonly TokenStepName[] = ['module', 'reader', 'token', 'certificate', 'keyUse', 'login'];

/** One way that signing could go, as far as it gets: the steps done, and what the next one fails with. */
interface Road {
  readonly done: readonly string[];
  readonly failure: AppError | null;
  /** What the step that fails, or waits, is about. */
  readonly subject: string;
}

function ofCertificate(token: TokenInfo, certificate: CertificateInfo, before: readonly string[]): Road {
  const { subject, refusal } = certificate;
  const done = [...before, subject];
  if (refusal) return { done, failure: AppError.fromFailure(refusal), subject };
  const signable = [...done, subject];
  const { pinLocked, pinFinalTry, pinToBeChanged } = token.flags;
  const { label } = token;
  if (token.loggedIn) return { done: [...signable, label], failure: null, subject: label };
  if (pinLocked)
    return { done: signable, failure: new AppError('token-locked', { token: label }), subject: label };
  if (pinToBeChanged) return { done: signable, failure: new AppError('pin-must-change'), subject: label };
  // Not in the way of signing yet, but nobody should be asked for the PIN without knowing it.
  if (pinFinalTry)
    return { done: signable, failure: new AppError('pin-last-try', { token: label }), subject: label };
  return { done: signable, failure: null, subject: label };
}

function ofToken(token: TokenInfo, before: readonly string[]): Road[] {
  const subject = token.label;
  if (token.initialised === false && token.certificates.length === 0) {
    return [{ done: before, failure: new AppError('token-uninitialised', { token: subject }), subject }];
  }
  const done = [...before, subject];
  if (token.certificates.length === 0) {
    return [{ done, failure: new AppError('token-empty', { token: subject }), subject }];
  }
  return token.certificates.map((certificate) => ofCertificate(token, certificate, done));
}

function ofModule(module: ModuleInfo): Road[] {
  const name = cleanText(module.description || module.family || (module.path.split(/[\\/]/).at(-1) ?? ''));
  if (!module.ok) {
    const failure = module.error ? AppError.fromFailure(module.error) : new AppError('module-unusable');
    return [{ done: [], failure, subject: name }];
  }
  const { readers = [], tokens } = module;
  if (readers.length === 0 && tokens.length === 0) {
    return [{ done: [name], failure: new AppError('reader-missing'), subject: name }];
  }
  const roads = tokens.flatMap((token) => {
    const reader = readers.find(({ slot }) => slot === token.slot)?.description ?? '';
    return ofToken(token, [name, reader]);
  });
  for (const { description, failure } of readers) {
    if (!failure) continue;
    roads.push({ done: [name, description], failure: AppError.fromFailure(failure), subject: description });
  }
  if (roads.length > 0) return roads;
  const [first] = readers;
  const subject = first?.description ?? '';
  return [{ done: [name, subject], failure: new AppError('token-missing'), subject }];
}

/** The one that gets furthest; of equals, the one that nothing stands in the way of. */
function best(roads: readonly Road[]): Road | undefined {
  const rank = ({ done, failure }: Road) => done.length * 2 + (failure ? 0 : 1);
  return roads.toSorted((one, other) => rank(other) - rank(one))[0];
}

/**
 * How far signing would get right now, on the road that gets furthest: never "no certificate found", but which step fails and
 * why. `problem`: why the token process itself can't be used.
 */
export function signingSteps(modules: readonly ModuleInfo[], problem: Failure | null): TokenStep[] {
  const road: Road = problem
    ? { done: [], failure: AppError.fromFailure(problem), subject: '' }
    : (best(modules.flatMap(ofModule)) ?? { done: [], failure: new AppError('module-missing'), subject: '' });
  return order.map((step, index): TokenStep => {
    const done = road.done[index];
    if (done !== undefined) return { step, state: 'done', failure: null, subject: done };
    if (index > road.done.length) return { step, state: 'waiting', failure: null, subject: '' };
    const failure = road.failure?.toFailure() ?? null;
    return { step, state: failure ? 'failed' : 'waiting', failure, subject: road.subject };
  });
}
