import type { FailureCode } from '../failure.ts';
import type { FileVerdict, ReasonCode } from '../verdict.ts';
import { enFileFailures } from './en-file.ts';
import { enLongTermFailures } from './en-long-term.ts';
import { enSystemFailures } from './en-system.ts';
import { enTokenFailures } from './en-token.ts';
import type { FailureText, VerdictText } from './text.ts';

export const enFailures: Record<FailureCode, FailureText> = {
  ...enTokenFailures,
  ...enFileFailures,
  ...enLongTermFailures,
  ...enSystemFailures,
};

export const enVerdicts: Record<FileVerdict, VerdictText> = {
  valid: {
    word: 'Valid',
    sentence: 'The signature is valid. The document has not been changed since it was signed.',
  },
  invalid: {
    word: 'Invalid',
    sentence: 'The signature is not valid. This document should not be used.',
  },
  indeterminate: {
    word: 'Not enough information',
    sentence: 'There is not enough information to tell whether the signature is valid.',
  },
  unsigned: { word: 'Not signed', sentence: 'The document has no signature.' },
  unreadable: {
    word: 'Unreadable',
    sentence: 'The file is damaged or cannot be read, so its signatures cannot be checked.',
  },
};

export const enReasons: Record<ReasonCode, string> = {
  'digest-mismatch': 'The content is not the content that was signed.',
  'signature-mismatch': "The signature does not match the signer's certificate.",
  'byte-range-malformed': 'The range of signed content stated in the file is not valid.',
  'byte-range-overlap': 'The range of signed content overlaps the signature itself, a sign of tampering.',
  'contents-malformed': 'The signature data in the file are damaged.',
  'cms-malformed': 'The structure of the signature does not follow the standard.',
  'signing-certificate-mismatch': 'The certificate enclosed is not the one that was used to sign.',
  'algorithm-weak': 'The signature uses an old algorithm that is no longer safe.',
  'algorithm-unsupported': 'The signature uses an algorithm that cannot be checked here.',
  'chain-untrusted': 'The certificate could not be traced to a trusted authority.',
  'chain-invalid': 'The certificate was not properly issued by its authority.',
  'certificate-expired': 'The certificate had expired when it was used to sign.',
  'certificate-not-yet-valid': 'The certificate was not valid yet when it was used to sign.',
  'certificate-revoked': 'The certificate has been revoked.',
  'key-usage-unsuitable': 'The certificate was not issued for signing documents.',
  'revocation-unknown': 'It could not be checked whether the certificate has been revoked.',
  'signing-time-unproven': "The time of signing comes from the signer's computer; no time stamp confirms it.",
  'changed-after-signing': 'The document was changed after it was signed.',
  'change-not-permitted':
    'The document was changed after signing in a way that the signature does not permit.',
  'not-whole-revision': 'The signature covers only a part of the document.',
  'unexplained-bytes': 'The file contains additions that no signature confirms.',
  'structure-ambiguous': 'The structure of the file is ambiguous; programs may show it differently.',
};

/** What an input is called, for `input-invalid`. */
export const enFields: Readonly<Record<string, string>> = {
  recipients: 'recipients',
  certificate: 'certificate',
  reason: 'reason',
  number: 'number',
  date: 'date',
  box: 'place of the signature',
  page: 'page',
  pin: 'PIN',
  out: 'output',
  file: 'file',
};

/** Sentences for `reason` parameters that are neither a reason of a verdict nor a failure's code. */
export const enCauses: Readonly<Record<string, string>> = {
  'too-many': 'There were too many sign-ins in a row; wait a few minutes.',
  'unknown-certificate': 'This certificate does not belong to any account of the province.',
  challenge: 'This sign-in took too long.',
  signature: 'The server could not confirm the signature of the sign-in.',
  'in-use': 'Another program is using these data.',
  'upload-quota': 'The upload allowance is used up.',
  'uploads-at-once': 'Too many files are being uploaded at once.',
  changed: 'The file was changed while it was being signed.',
  digest: 'What was written did not match and was discarded.',
  revision: 'What was written did not match and was discarded.',
  'tsa-nonsense': 'The answer is no time stamp.',
  'tsa-nonce': 'The answer belongs to another request.',
  'tsa-imprint': 'The time stamp was given for other content.',
  'tsa-certificate': "The time-stamp service's certificate may not be used for this.",
  'tsa-untrusted': 'The time-stamp service belongs to no authority that is trusted here.',
};
