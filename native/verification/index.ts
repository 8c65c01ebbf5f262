export type { Fetcher, FetchLimits } from './revocation/fetcher.ts';
export { HttpFetcher } from './revocation/http-fetcher.ts';
export { verifyStatement } from './statement.ts';
export { type CertificateValidation, validateCertificate } from './validate-certificate.ts';
