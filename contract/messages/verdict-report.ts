import { plainLine, quoted } from '../plain-text.ts';
import type { ReasonCode, SignatureReport, SignerInfo, VerificationReport } from '../verdict.ts';
import { enReport } from './en-report.ts';
import { failureMessage, type Language, reasonAdvice, reasonSentences, verdictText } from './message.ts';
import { type ReportWords, viReport } from './vi-report.ts';

/** A line of a report: what it is about, and what was found; several findings stand one under the other. */
export interface ReportFact {
  readonly name: string;
  readonly values: readonly string[];
}

export function reportWords(language: Language): ReportWords {
  return language === 'vi' ? viReport : enReport;
}

const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** "09:05:12 22/11/2026", in Viet Nam's time whatever the computer's: documents are dated there. */
export function reportTime(at: string | Date, language: Language): string {
  const timeZone = 'Asia/Ho_Chi_Minh';
  const time = new Intl.DateTimeFormat(locales[language], { timeZone, timeStyle: 'medium', hour12: false });
  return `${time.format(new Date(at))} ${reportDay(at, language)}`;
}

function reportDay(at: string | Date, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(at));
}

/**
 * The answer to "may I rely on this document?" in one plain sentence: who signed it, or what is wrong first of all.
 * Begins with one of the three answers of TT 15/2025.
 */
export function verdictSentence(report: VerificationReport, language: Language = 'vi'): string {
  const { word, sentence } = verdictText(report.verdict, language);
  const { verdict, signatures } = report;
  if (verdict === 'unreadable' && report.failure) {
    const { happened } = failureMessage({ code: report.failure, params: {} }, language);
    return `${happened} ${reportWords(language).sentence.unchecked}`;
  }
  if (verdict === 'unsigned' || verdict === 'unreadable') return sentence;
  const { and, others, unknownSigner, signed, because } = reportWords(language).sentence;
  if (verdict === 'valid') {
    const approvals = signatures.filter(({ type }) => type === 'signature');
    const names = [...new Set(approvals.map(({ signer }) => signer?.subject || unknownSigner))];
    const who = listOf(
      names.map((name) => plainLine(name, longestName)),
      and,
      others,
    );
    return names.length === 0 ? sentence : because(word, signed(who));
  }
  const first = decisiveOf(report);
  const [said] = reasonSentences(first?.reasons ?? [], language);
  if (!said) return sentence;
  return because(word, first?.signer?.subject ? `${nameOf(first.signer, first.trusted)} – ${said}` : said);
}

/** The first signature that makes the verdict what it is. */
function decisiveOf({ verdict, signatures }: VerificationReport): SignatureReport | undefined {
  return signatures.find((signature) => signature.verdict === verdict) ?? signatures[0];
}

/**
 * What to do now, for the reason that `verdictSentence` names; null where there is nothing to be done about the
 * signatures, or what is to be done isn't theirs to say, as with a document that nobody has signed yet.
 */
export function verdictAdvice(report: VerificationReport, language: Language = 'vi'): string | null {
  switch (report.verdict) {
    case 'valid':
    case 'unsigned':
      return null;
    case 'unreadable': {
      const { why, todo } = failureMessage({ code: report.failure ?? 'pdf-damaged', params: {} }, language);
      return `${why} ${todo}`;
    }
    case 'invalid':
    case 'indeterminate': {
      const reasons = decisiveOf(report)?.reasons ?? [];
      const [reason] = reasons;
      if (!reason) return null;
      const isUndated = isDated(reason) && reasons.includes('signing-time-unproven');
      return reasonAdvice(isUndated ? 'signing-time-unproven' : reason, language);
    }
  }
}

/** Says that a certificate was used outside of its days. */
function isDated(reason: ReasonCode): boolean {
  return reason === 'certificate-expired' || reason === 'certificate-not-yet-valid';
}

/** How many signers a sentence names, and how long a name in it may be: the verdict must stay in sight. */
const mostNames = 3;
const longestName = 80;

function listOf(names: readonly string[], and: string, others: (count: number) => string): string {
  const all =
    names.length <= mostNames
      ? names
      : [...names.slice(0, mostNames - 1), others(names.length - mostNames + 1)];
  return [all.slice(0, -1).join(', '), all.at(-1)].filter(Boolean).join(and);
}

/** Whom nobody vouches for could have any sentence for a name: it stands in quotation marks. */
function nameOf({ subject }: SignerInfo, isTrusted: boolean): string {
  return isTrusted ? plainLine(subject, longestName) : quoted(subject);
}

/** What a certificate was worth when the signature was made, in one of few ways. */
function standingOf(signature: SignatureReport): keyof ReportWords['standings'] {
  const { reasons, trusted, revocation, verdict, intact } = signature;
  // Somebody else's name can stand beside any bytes: nothing is said of a certificate whose key didn't sign these.
  if (!intact) return 'notJudged';
  if (reasons.includes('certificate-revoked') || revocation === 'revoked') return 'revoked';
  if (reasons.some(isDated)) return reasons.includes('signing-time-unproven') ? 'undated' : 'outOfDate';
  if (reasons.includes('key-usage-unsuitable')) return 'unsuitable';
  if (!trusted && verdict !== 'valid') return 'untrusted';
  return revocation;
}

/** Only what was compared and differs is broken; without a known algorithm or a certificate nothing was. */
function integrityOf({ intact, verdict }: SignatureReport): 'intact' | 'broken' | 'notCompared' {
  if (intact) return 'intact';
  return verdict === 'invalid' ? 'broken' : 'notCompared';
}

/**
 * "Chữ ký 2 (cơ quan)": a signature as a report counts it, and what it stands for. Its field's name is the document's
 * own and could say anything.
 */
export function signatureTitle(
  { type, role }: SignatureReport,
  number: number,
  language: Language = 'vi',
): string {
  const words = reportWords(language);
  if (type === 'timestamp') return words.timeStampOf(number);
  const title = words.signature(number);
  return role ? `${title} (${words.roles[role]})` : title;
}

/** "số và ngày": what further signatures of one certificate stand for. */
export function alikeText(signatures: readonly SignatureReport[], language: Language = 'vi'): string {
  const words = reportWords(language);
  const roles = signatures.flatMap(({ role }) => (role ? [words.roles[role]] : []));
  return [...new Set(roles)].join(words.and);
}

/** What TT 15/2025 Đ6 K3 asks to be shown of a signature, in its order, then what else is known. */
export function signatureFacts(signature: SignatureReport, language: Language = 'vi'): ReportFact[] {
  const words = reportWords(language);
  const { signer, signedAt, timestampAt, place, changes, reasons, notes = [] } = signature;
  const fact = (name: string, ...values: string[]): ReportFact => ({ name, values });
  const time = (at: string) => reportTime(at, language);
  const noStamp = notes.includes('stamp-untrusted') ? 'untrustedStamp' : 'noStamp';
  const facts = [
    fact(words.issuer, signer?.issuer || words.unknown),
    fact(signature.type === 'timestamp' ? words.authority : words.signer, signer?.subject || words.unknown),
    fact(words.organisation, signer?.organisation || words.unknown),
    fact(words.signedAt, signedAt ? time(signedAt) : words.unknown),
    fact(words.stampedAt, timestampAt ? time(timestampAt) : words[noStamp]),
    fact(words.integrity, words[integrityOf(signature)]),
    fact(words.standing, words.standings[standingOf(signature)]),
  ];
  if (signer) {
    const [from, to] = [reportDay(signer.notBefore, language), reportDay(signer.notAfter, language)];
    facts.push(fact(words.validity, words.fromTo(from, to)), fact(words.serial, signer.serial));
  }
  facts.push(
    fact(words.changes, words.changeLevels[signature.changesAfter], ...changes),
    fact(words.coverage, words.coverages[signature.coverage]),
    fact(words.place, place ? words.page(place.page) : words.noPlace),
    fact(words.level, words.levels[signature.level]),
    fact(words.algorithm, signature.algorithm || words.unknown),
  );
  if (reasons.length > 0) facts.push(fact(words.reasons, ...reasonSentences(reasons, language)));
  if (signature.rewrittenBy) facts.push(fact(words.rewrittenBy, signature.rewrittenBy));
  if (notes.length > 0) facts.push(fact(words.notes, ...notes.map((note) => words.noteTexts[note])));
  return facts;
}
