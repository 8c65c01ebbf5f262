import type { GateCode, SignatureFinding } from '../gate.ts';

export const enSignatureFindings: Record<SignatureFinding, string> = {
  'file-unreadable':
    'The file cannot be opened (damaged, or protected by a password), so that its signatures cannot be checked.',
  'signature-invalid': 'The document has an invalid signature.',
  'approval-signature-missing': 'The signature of the authorised person is missing.',
  'agency-signature-missing': "The issuing agency's signature is missing.",
  'signer-untrusted': "A signer's certificate does not come from an authority that this office trusts.",
  'signature-weak': 'A signature uses an old algorithm that is no longer safe.',
};

export const enGate: Record<GateCode, string> = {
  ...enSignatureFindings,
  'signature-obsolete':
    'A signature uses SHA-1, which is obsolete; it was searched, and no sign of a forgery found. Your office takes such documents, and the history says so.',
  'file-deceptive': 'The file may show different content in different programs or on other computers.',
  'seal-of-another-body':
    "The agency's signature is another body's, not the issuer's[: its certificate says {seal:quoted}, the data say {issuer:quoted}].",
  'seal-name-differs':
    "The agency's certificate does not quite name the issuer[: it says {seal:quoted}, the data say {issuer:quoted}].",
  'issuer-differs': 'The issuing agency differs[: the page says {page:quoted}, the data say {data:quoted}].',
  'reference-differs': 'Number and symbol differ[: the page says {page:quoted}, the data say {data:quoted}].',
  'reference-twice': 'Page 1 bears several numbers[: {page:quoted} and {other:quoted}].',
  'date-differs': 'The date of issue differs[: the page says {page:date}, the data say {data:date}].',
  'date-twice': 'Page 1 bears several dates of issue[: {page:date} and {other:date}].',
  'type-differs': 'The type of document differs[: the page says {page:quoted}, the data say {data:quoted}].',
  'subject-differs': 'The subject differs[: the page says {page:quoted}, the data say {data:quoted}].',
  'position-differs':
    "The signer's position differs[: the page says {page:quoted}, the data say {data:quoted}].",
  'signer-differs':
    "The signer's name differs[: the page says {page:quoted}, the certificate says {certificate:quoted}].",
  'letters-foreign': 'There are letters of another alphabet that look like Vietnamese ones[: {page:quoted}].',
  'page-unread':
    'The words on page 1 cannot be read (a scan, for example), so that number, date and subject were not compared. Look at them.',
};
