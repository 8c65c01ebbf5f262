import { createHash } from 'node:crypto';
import { MalformedAsn1 } from '../../native/asn1/element.ts';
import { type Certificate, readCertificate } from '../../native/verification/certificate/certificate.ts';
import { Effort } from '../../native/verification/effort.ts';
import type { VerificationOptions } from '../../native/verification/index.ts';
import { readAnswer } from '../../native/verification/revocation/ocsp.ts';
import { type ContentsCheck, checkContents } from '../../native/verification/signature-content.ts';
import { validateCertificate } from '../../native/verification/validate-certificate.ts';
import type { Corpus, PdfSeed } from './corpus.ts';
import type { Input, Outcome } from './target.ts';

type Of<T extends Input['target']> = Extract<Input, { target: T }>;

/** A message or a time stamp: whatever is changed, what is intact still says the same by the same signer. */
export async function judgeMessage({ bytes, seed, signature }: Of<'message'>): Promise<Outcome> {
  const { digest = '', isStamp = false, timestampAt } = seed.signatures[signature] ?? {};
  const subFilter = isStamp ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached';
  const checked = await checkContents(subFilter, bytes, contentOf(seed, signature), []);
  const outcome = `message ${checked.kind}`;
  if (checked.kind === 'failed') return { outcome };
  if (!checked.check.intact) return { outcome: `${outcome}, not intact` };
  // Another certificate with the same key in the signer's place: the mathematics hold, and the verdict says no.
  if (checked.check.reasons.length > 0) return { outcome: `${outcome}, intact with reasons` };
  const signer = signerOf(checked);
  if (signer?.fingerprint.replaceAll(':', '').toLowerCase() !== digest)
    return { outcome, finding: 'intact by another signer' };
  if (checked.kind === 'timeStamp' && checked.check.time.toISOString() !== timestampAt)
    return { outcome, finding: 'intact with another time' };
  return { outcome: `${outcome}, intact` };
}

function signerOf(checked: Exclude<ContentsCheck, { kind: 'failed' }>): Certificate | null {
  return checked.kind === 'timeStamp' ? checked.check.authority : checked.check.certificate;
}

function contentOf({ bytes, signatures }: PdfSeed, index: number) {
  const { gapStart = 0, gapEnd = 0, end = 0 } = signatures[index] ?? {};
  const signed = Buffer.concat([bytes.subarray(0, gapStart), bytes.subarray(gapEnd, end)]);
  return {
    digest: (hash: string) => ({ bytes: createHash(hash).update(signed).digest(), collides: false }),
    async *pieces() {
      yield signed;
    },
  };
}

/** A certificate that says anything else than its issuer signed is trusted by nobody. */
export async function judgeCertificateInput(
  { bytes, original }: Of<'certificate'>,
  trust: VerificationOptions,
): Promise<Outcome> {
  const certificate = readOrNull(() => readCertificate(bytes));
  if (!certificate) return { outcome: 'certificate malformed' };
  const { trusted } = await validateCertificate(certificate.x509, trust);
  const isSame = Buffer.compare(certificate.toBeSigned, readCertificate(original).toBeSigned) === 0;
  if (trusted && !isSame) return { outcome: 'certificate trusted', finding: 'trusted, though changed' };
  return { outcome: `certificate ${trusted ? 'trusted' : 'not trusted'}` };
}

/**
 * A changed list never makes a revoked certificate good, nor a good one revoked, and has no say in whether its path
 * holds.
 */
export async function judgeList(
  { bytes, isRevoked }: Of<'list'>,
  corpus: Corpus,
  trust: VerificationOptions,
): Promise<Outcome> {
  const fetcher = {
    get: async (url: string) =>
      url.includes('issuing.crl') ? bytes : (corpus.lists.get(url) ?? Buffer.alloc(0)),
    post: async () => Promise.reject(new Error('no responder here')),
  };
  const certificate = readCertificate(isRevoked ? corpus.revoked : corpus.good);
  const { revocation, trusted } = await validateCertificate(certificate.x509, { ...trust, fetcher });
  const outcome = `list ${revocation}`;
  if (!trusted) return { outcome, finding: 'a list that breaks the path' };
  return revocation === (isRevoked ? 'good' : 'revoked')
    ? { outcome, finding: `the opposite: ${revocation}` }
    : { outcome };
}

/** What a changed answer still says is what the responder said. */
export function judgeAnswer({ bytes, isRevoked }: Of<'answer'>, corpus: Corpus): Outcome {
  const certificate = readCertificate(isRevoked ? corpus.revoked : corpus.good);
  const issuer = readCertificate(corpus.issuing);
  const say = (answer: Uint8Array) =>
    readOrNull(() => readAnswer(answer, { certificate, issuer, effort: new Effort() }))?.evidence ?? null;
  const evidence = say(bytes);
  if (!evidence) return { outcome: 'answer unusable' };
  const original = say(isRevoked ? corpus.revokedAnswer : corpus.goodAnswer);
  const outcome = `answer ${evidence.status}`;
  return JSON.stringify(evidence) === JSON.stringify(original)
    ? { outcome }
    : { outcome, finding: 'another answer' };
}

/** Null for what isn't ASN.1 of its kind; every other failure is the reader's own. */
function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedAsn1) return null;
    throw error;
  }
}
