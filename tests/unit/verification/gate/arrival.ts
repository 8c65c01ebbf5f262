import { type Agency, agency, type IncomingDocument } from '../../../../contract/document.ts';
import type { SignatureReport, VerificationReport } from '../../../../contract/verdict.ts';

/** Samples for the gate's comparisons: an honest document, of which each test changes what it is about. */
export type Printed = NonNullable<VerificationReport['printed']>;

export const department: Agency = agency.parse({
  ...{ code: 'H99.18', name: 'Sở Khoa học và Công nghệ tỉnh Thử Nghiệm', level: 'province' },
});

export const printed: Printed = {
  readable: true,
  issuer: ['UBND TỈNH THỬ NGHIỆM', 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'],
  references: ['05/QĐ-SKHCN'],
  dates: ['2026-03-02'],
  type: 'quyet-dinh',
  subject: 'Về việc thành lập Tổ triển khai ký số',
  position: ['GIÁM ĐỐC'],
  signer: 'Nguyễn Văn A',
};

/** What of an arrival's data the gate compares. */
export type Data = Partial<Pick<IncomingDocument, 'type' | 'subject' | 'signerPosition' | 'issuer'>> & {
  readonly code?: string;
  readonly date?: string;
};

export function arrival({ code = '05/QĐ-SKHCN', date = '2026-03-02', ...data }: Data = {}): IncomingDocument {
  return {
    ...{ kind: 'incoming', id: '', version: 1, urgency: 'normal', files: [], history: [], updatedAt: '' },
    ...{ type: 'quyet-dinh', subject: 'Về việc thành lập Tổ triển khai ký số', issuer: department },
    ...{ signerPosition: 'GIÁM ĐỐC', reference: { number: 5, code, date }, state: 'arrived', issuedAt: '' },
    ...{ arrivalNumber: null, registeredAt: null, reason: null },
    ...data,
  } as unknown as IncomingDocument;
}

/** A name in a certificate: the body or person, what it belongs to, and where. */
export interface Name {
  readonly subject: string;
  readonly organisations?: readonly string[];
  readonly places?: readonly string[];
}

export function signed(
  holder: 'person' | 'agency',
  { subject, organisations = [], places = [] }: Name,
  change: Partial<SignatureReport> = {},
): SignatureReport {
  return {
    ...{ field: holder, type: 'signature', verdict: 'valid', reasons: [], intact: true, trusted: true },
    ...{ revocation: 'good', coverage: 'file', changesAfter: 'none', changes: [], algorithm: '', level: 'b' },
    ...{ signedAt: null, timestampAt: null },
    signer: {
      ...{ subject, holder, organisation: organisations[0] ?? '', issuer: '', serial: '01' },
      ...{ organisations: [...organisations], places: [...places] },
      ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z' },
    },
    ...change,
  };
}
