import { AppError } from '../../../contract/failure.ts';
import { plainLine } from '../../../contract/plain-text.ts';
import { type Asn1, MalformedAsn1, readWhole, tag } from '../../asn1/element.ts';
import { namedBits, smallInteger, text } from '../../asn1/value.ts';
import { readSignedData, type SignedData } from '../../verification/cms/signed-data.ts';
import { checkTimeStamp, type TimeStampCheck } from '../../verification/cms/time-stamp.ts';
import type { StampRequest } from './request.ts';

/** A token whose own signature and whose answer to our request hold; whom it is by is judged apart. */
export interface StampToken {
  /** The TimeStampToken as the authority sent it. */
  readonly bytes: Uint8Array;
  readonly check: TimeStampCheck;
}

/** PKIFailureInfo (RFC 3161, 2.4.2): its bits, and whether asking again may help. */
const failures: readonly { readonly bit: number; readonly name: string; readonly passing: boolean }[] = [
  { bit: 0, name: 'badAlg', passing: false },
  { bit: 2, name: 'badRequest', passing: false },
  { bit: 5, name: 'badDataFormat', passing: false },
  { bit: 14, name: 'timeNotAvailable', passing: true },
  { bit: 15, name: 'unacceptedPolicy', passing: false },
  { bit: 16, name: 'unacceptedExtension', passing: false },
  { bit: 17, name: 'addInfoNotAvailable', passing: false },
  { bit: 25, name: 'systemFailure', passing: true },
];

/**
 * Reads an answer (RFC 3161, 2.4.2) and holds it against the request: status, nonce, imprint, the signature over the
 * TSTInfo, the certificate that the signature names (RFC 5816) and its purpose. Throws `timestamp-refused` and
 * `timestamp-invalid`.
 */
export async function readResponse(bytes: Uint8Array, request: StampRequest): Promise<StampToken> {
  try {
    const [status, token] = readWhole(bytes).sequence();
    if (!status) throw new MalformedAsn1('time-stamp response');
    requireGranted(status);
    if (!token) throw new MalformedAsn1('time-stamp response without a token');
    return { bytes: token.bytes, check: await checkToken(readSignedData(token), request) };
  } catch (error) {
    if (error instanceof MalformedAsn1) throw invalid('tsa-nonsense', error);
    throw error;
  }
}

function requireGranted(info: Asn1): void {
  const [status, ...rest] = info.sequence();
  if (!status) throw new MalformedAsn1('time-stamp status');
  // 0: granted; 1: granted with modifications, which the checks of the token judge.
  if (smallInteger(status) <= 1) return;
  const strings = rest.find((part) => part.tag === tag.sequence)?.children() ?? [];
  const bits = rest.find((part) => part.tag === tag.bitString);
  const isSet = bits ? namedBits(bits) : () => false;
  const found = failures.filter(({ bit }) => isSet(bit));
  const detail = [...found.map(({ name }) => name), ...strings.map((string) => plainLine(text(string), 200))]
    .join('; ')
    .slice(0, 300);
  throw new AppError(
    'timestamp-refused',
    { status: smallInteger(status), ...(detail === '' ? {} : { detail }) },
    { retryable: found.some(({ passing }) => passing) },
  );
}

async function checkToken(token: SignedData, { imprint, nonce }: StampRequest): Promise<TimeStampCheck> {
  const check = await checkTimeStamp(token, (hash) => ({
    bytes: hash === imprint.algorithm ? imprint.digest : new Uint8Array(),
    collides: false,
  }));
  if (check.nonce !== nonce) throw invalid('tsa-nonce');
  if (check.reasons.includes('digest-mismatch')) throw invalid('tsa-imprint');
  const { authority } = check;
  // RFC 3161, 2.3: the purpose must be critical, so that a program that doesn't know it refuses the certificate.
  if (!authority?.extendedKeyUsageCritical || !check.namesAuthority) throw invalid('tsa-certificate');
  const [reason] = check.reasons;
  if (reason !== undefined) throw invalid(reason === 'key-usage-unsuitable' ? 'tsa-certificate' : reason);
  if (check.time < authority.notBefore || check.time > authority.notAfter) throw invalid('tsa-certificate');
  return check;
}

export function invalid(reason: string, cause?: unknown): AppError {
  return new AppError('timestamp-invalid', { reason }, cause === undefined ? {} : { cause });
}
