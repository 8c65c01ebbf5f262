import type {
  ConsentDocument,
  ConsentQuestion,
  PinQuestion,
  PinTries,
  Refused,
} from '../../contract/consent.ts';
import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import { AppError, assertNever, type Failure } from '../../contract/failure.ts';
import type { SigningAct, StampWish } from '../../contract/signing-act.ts';
import type { StampPlace } from '../../contract/stamp-place.ts';
import type { CertificateInfo, KeyReference, TokenInfo } from '../../contract/token.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { Tokens } from './tokens.ts';

/** What a person is asked to agree to. */
export interface ConsentWish {
  readonly act: SigningAct;
  /** What the page had typed into the stamp. */
  readonly stamp: StampWish | null;
  readonly key: KeyReference;
  readonly documents: readonly ConsentDocument[];
  /** A batch goes on that was interrupted. */
  readonly resumed: boolean;
  /** What there is to know of the certificate although it may sign. */
  readonly warning: Failure | null;
}

export interface QuestionParts {
  readonly tokens: Pick<Tokens, 'find' | 'pinKey' | 'pinGivenAt'>;
  /**
   * How long a PIN serves for more than the signature that it was typed for, in milliseconds; 0: for that one alone.
   */
  readonly standingLoginMs: number;
  readonly now: () => Date;
}

/**
 * A document as the person is shown it: the file by its digest, and what there is to know of it before it is signed.
 */
export function consentDocument(
  { subject }: Pick<OfficialDocument, 'subject'>,
  { digest, bytes }: Pick<DocumentFile, 'digest' | 'bytes'>,
  report: VerificationReport | null,
  place: StampPlace | null,
): ConsentDocument {
  return {
    ...{ subject, file: { digest, bytes } },
    place: place && { page: place.page, box: place.box },
    findings: report?.findings ?? [],
    doubtful: report?.verdict === 'indeterminate',
  };
}

/**
 * The question as it stands now; `failure`: why the last answer to it didn't serve. Fails with `token-locked`: a
 * token that can't be opened asks for nothing; with `token-missing` and `certificate-missing`.
 */
export async function consentQuestion(
  id: string,
  wish: ConsentWish,
  failure: Failure | null,
  parts: QuestionParts,
): Promise<ConsentQuestion> {
  const { act, stamp, resumed, documents, warning, key } = wish;
  const { token, certificate } = await parts.tokens.find(key);
  if (token.flags.pinLocked) throw new AppError('token-locked', { token: token.label });
  const { subject, organisation, issuer, notAfter } = certificate;
  return {
    ...{ id, act, stamp, resumed, documents: [...documents], failure },
    certificate: { subject, organisation, issuer, notAfter, warning },
    token: { label: token.label, serial: token.serial },
    pin: await pinQuestion(key, token, certificate, failure, parts),
  };
}

async function pinQuestion(
  key: KeyReference,
  token: TokenInfo,
  certificate: CertificateInfo,
  failure: Failure | null,
  { tokens, standingLoginMs, now }: QuestionParts,
): Promise<PinQuestion> {
  const givenAt = tokens.pinGivenAt(key)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const age = now().getTime() - givenAt;
  const isFresh = age >= 0 && age < standingLoginMs;
  if (isFresh && token.loggedIn && failure === null && !certificate.pinEachSignature)
    return { asks: 'nothing' };
  const tries = triesOf(token, failure);
  if (token.flags.protectedPath) return { asks: 'pad', tries };
  return { asks: 'field', tries, sealFor: await tokens.pinKey() };
}

function triesOf({ flags }: TokenInfo, failure: Failure | null): PinTries {
  // Of a try just made the token's own answer is newer than the last look at it.
  const { triesLow = flags.pinCountLow, finalTry = flags.pinFinalTry } = failure?.params ?? {};
  if (finalTry === true || failure?.code === 'pin-last-try') return 'last';
  return triesLow === true ? 'low' : 'enough';
}

/** A refusal as the failure of whatever needed the yes. */
export function refusalOf({ why, seconds }: Refused): AppError {
  switch (why) {
    case 'cancelled':
      return new AppError('cancelled');
    case 'busy':
      return new AppError('consent-busy');
    case 'paused':
      return new AppError('consent-paused', { seconds });
    case 'expired':
      return new AppError('consent-expired');
    case 'failed':
      return new AppError('consent-failed');
    default:
      return assertNever(why);
  }
}
