import type { OfficialDocument } from '../../../contract/document.ts';
import { documentTypes } from '../../../contract/document-type.ts';
import type { GateCode, GateFinding } from '../../../contract/gate.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { agencyRelation } from './agency-name.ts';
import { bodyName, contains } from './body-name.ts';
import { isSamePerson, personWords } from './person-name.ts';
import { asItLooks, hasForeignLetters, plainWords } from './plain-words.ts';
import { isSameCode } from './reference-code.ts';
import { excerpts, isSameSubject } from './subject-text.ts';

type Printed = NonNullable<VerificationReport['printed']>;

/**
 * What a document's page says otherwise than its data and its signers' certificates: a sentence each, to be told.
 * What stands nowhere on the page, or can't be read, is no difference.
 *
 * @param signers names in the certificates of the persons who signed it; none for a draft
 */
export function pageFindings(
  printed: Printed,
  document: OfficialDocument,
  signers: readonly string[],
): GateFinding[] {
  if (!printed.readable) return [{ code: 'page-unread', params: {} }];
  return [
    ...issuerFindings(printed, document),
    ...referenceFindings(printed, document),
    ...dateFindings(printed, document),
    ...typeFindings(printed, document),
    ...told('subject-differs', printed.subject, document.subject, isSameSubject),
    ...positionFindings(printed, document),
    ...signerFindings(printed, signers),
  ];
}

/** The finding where two texts differ; where they only look the same, that. */
function told(
  code: GateCode,
  page: string | null,
  data: string,
  isSame: (page: string, data: string) => boolean,
): GateFinding[] {
  if (page === null || page === '' || data === '' || isSame(page, data)) return [];
  const foreign = [page, data].find(hasForeignLetters);
  if (foreign !== undefined && isSame(asItLooks(page), asItLooks(data))) {
    return [{ code: 'letters-foreign', params: { page: foreign } }];
  }
  return [{ code, params: excerpts(page, data) }];
}

function issuerFindings({ issuer: lines }: Printed, { issuer }: OfficialDocument): GateFinding[] {
  if (lines.length === 0) return [];
  const isSame = (page: string) => {
    const printed = page.split('\n');
    // Nothing but the layout tells where the agency above ends, and either may take several lines; several agencies
    // stand in one line.
    return printed.some((_, from) => {
      const above = bodyName(printed.slice(0, from).join(' ')).places;
      const joined = printed.slice(from).join(' ');
      const names = [joined, ...joined.split(/\s[-–—]\s/)].map(bodyName);
      return names.some((name) => ['same', 'unplaced'].includes(agencyRelation(issuer, name, above)));
    });
  };
  const found = told('issuer-differs', lines.join('\n'), issuer.name, isSame);
  return found.map(({ code, params }) => ({ code, params: { ...params, page: lines.join(' ') } }));
}

function referenceFindings({ references }: Printed, document: OfficialDocument): GateFinding[] {
  const [first, other] = references;
  if (first === undefined) return [];
  if (other !== undefined) return [{ code: 'reference-twice', params: { page: first, other } }];
  const { reference } = document;
  if (reference) return told('reference-differs', first, reference.code, isSameCode);
  // A draft has its symbol before it has a number.
  const symbol = document.kind === 'outgoing' ? `/${document.symbol}` : '';
  return told('reference-differs', first.replace(/^[^/]*/, ''), symbol, isSameCode);
}

function dateFindings({ dates }: Printed, { reference }: OfficialDocument): GateFinding[] {
  const [first, other] = dates;
  if (first === undefined) return [];
  if (other !== undefined) return [{ code: 'date-twice', params: { page: first, other } }];
  if (!reference || reference.date === first) return [];
  return [{ code: 'date-differs', params: { page: first, data: reference.date } }];
}

function typeFindings({ type: printed }: Printed, { type }: OfficialDocument): GateFinding[] {
  if (printed === null || printed === type) return [];
  return [
    { code: 'type-differs', params: { page: documentTypes[printed].name, data: documentTypes[type].name } },
  ];
}

/** "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC" is what data may call either whole or by its last line. */
function positionFindings({ position }: Printed, { signerPosition }: OfficialDocument): GateFinding[] {
  return told('position-differs', position.join(', ') || null, signerPosition, (page, data) => {
    const [printed, wanted] = [plainWords(page), plainWords(data)];
    const last = plainWords(page.split(', ').at(-1) ?? '');
    const isDeputy = (words: readonly string[]) => words.includes('phó');
    return (
      (contains(printed, wanted) && (isDeputy(wanted) || !isDeputy(last))) ||
      (last.length > 0 && contains(wanted, last))
    );
  });
}

function signerFindings({ signer }: Printed, signers: readonly string[]): GateFinding[] {
  const [first] = signers;
  if (signer === null || first === undefined || personWords(signer).length === 0) return [];
  const isSame = (page: string) => signers.some((name) => isSamePerson(personWords(page), personWords(name)));
  const found = told('signer-differs', signer, first, isSame);
  return found.map(({ code, params }) =>
    code === 'signer-differs' ? { code, params: { page: signer, certificate: first } } : { code, params },
  );
}
