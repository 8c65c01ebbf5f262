export type { TrustOptions } from './certificate/trust.ts';
export { readFieldValues } from './field-values.ts';
export type { Fetcher, FetchLimits } from './revocation/fetcher.ts';
export { HttpFetcher } from './revocation/http-fetcher.ts';
export { verifyStatement } from './statement.ts';
export { type CertificateValidation, validateCertificate } from './validate-certificate.ts';
export { type VerificationOptions, verifyPdf } from './verify-pdf.ts';
