import type { ReasonCode } from '../verdict.ts';

const sendAgain = 'Do not use this document. Return it and ask for the file as it was signed.';
const exportAgain =
  'Do not use this document. Return it; the PDF should be exported anew from the word processor, and signed again.';
const signAgain = 'Return the document and ask for a new signature.';

export const enAdvice: Record<ReasonCode, string> = {
  'digest-mismatch': sendAgain,
  'signature-mismatch': sendAgain,
  'byte-range-malformed': sendAgain,
  'byte-range-overlap': sendAgain,
  'signed-larger-file':
    'Ask the sender for the whole signed file (the whole gazette, for example), and check that.',
  'file-rewritten':
    'Ask the sender for the original, downloaded as it is, not printed or compressed. Do not use this file without it.',
  'data-prefix': 'Download the file again, or ask the sender for the original by another way.',
  'contents-malformed': sendAgain,
  'cms-malformed': signAgain,
  'signing-certificate-mismatch': sendAgain,
  'hash-obsolete':
    'Take it where your office allows that; where it must prove something for years, ask for a signature by newer software.',
  'algorithm-weak': 'Return the document and ask for a signature by newer software.',
  'hash-collision':
    'Do not use this document. Keep the file as it is and tell whoever is responsible for security.',
  'algorithm-unsupported': 'Have a technician check the document with another program before it is used.',
  'chain-untrusted':
    'Ask a technician. If the issuing authority is to be trusted, add it to the trusted authorities; if not, return the document.',
  'chain-invalid': 'Do not use this document. Return it and ask the signer to look into the certificate.',
  'certificate-expired': 'Return the document and ask for a signature by a certificate that is valid.',
  'certificate-not-yet-valid':
    "Return the document; the signer should check the computer's date and sign once the certificate is valid.",
  'certificate-revoked':
    'Do not use this document. Return it and ask for a signature by another certificate.',
  'key-usage-unsuitable': 'Return the document and ask for a signature by a certificate for documents.',
  'revocation-unknown': 'It will be checked again once there is a line. If it is urgent, ask the signer.',
  'signing-time-unproven': 'Ask the signer, or ask for a file with a time stamp.',
  'time-implausible': "Return the document; the signer should check the computer's date and sign again.",
  'changed-after-signing': `Look at the document as it was signed to see what was changed. ${sendAgain}`,
  'change-not-permitted': `Look at the document as it was signed to see what was changed. ${sendAgain}`,
  'not-whole-revision': 'Do not use this document. Return it and ask for a signature over the whole of it.',
  'unexplained-bytes': sendAgain,
  'structure-ambiguous': exportAgain,
  'file-deceptive': exportAgain,
  'appearance-unproven':
    'See among the changes which field it is and ask the sender what it says; or ask for it to be filled by another program.',
};
