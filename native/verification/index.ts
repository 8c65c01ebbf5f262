export { anchorFacts, anchorFault, fingerprintOf, readAnchors } from './certificate/anchor.ts';
export { readFieldValues } from './field-values.ts';
export { gateFindingsOf } from './gate.ts';
export { type Fetcher, limits as fetchLimits } from './revocation/fetcher.ts';
export { HttpFetcher } from './revocation/http-fetcher.ts';
export { verifyStatement } from './statement.ts';
export { validateCertificate } from './validate-certificate.ts';
export { type VerificationOptions, verifyPdf } from './verify-pdf.ts';
