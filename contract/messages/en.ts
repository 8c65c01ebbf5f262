import type { FailureCode } from '../failure.ts';
import type { FileVerdict, ReasonCode } from '../verdict.ts';
import { enDraftFaults } from './en-draft.ts';
import { enFileFailures } from './en-file.ts';
import { enSignatureFindings } from './en-gate.ts';
import { enLongTermFailures } from './en-long-term.ts';
import { enSystemFailures } from './en-system.ts';
import { enTokenFailures } from './en-token.ts';
import type { FailureText, UndatedReasons, VerdictText } from './text.ts';

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
  'signed-larger-file':
    'The signature belongs to another, larger file: this one is an extract, or only its beginning.',
  'file-rewritten':
    'Some program wrote the file anew after it was signed (a PDF printer, a compressor, a stamp by a web system), so that the signature can no longer be checked.',
  'data-prefix':
    'The system that sent the file wrote too much before its beginning, so that the signature is out of place; the original may be whole.',
  'contents-malformed': 'The signature data in the file are damaged.',
  'cms-malformed': 'The structure of the signature does not follow the standard.',
  'signing-certificate-mismatch': 'The certificate enclosed is not the one that was used to sign.',
  'algorithm-weak': 'The signature uses an old algorithm that is no longer safe.',
  'hash-obsolete':
    'The signature uses an old technique (SHA-1) that is no longer allowed; it was searched, and no sign of a forgery found.',
  'hash-collision':
    'The content was made so that another document has the same SHA-1 hash: a sign of forgery, not of a fault.',
  'algorithm-unsupported': 'The signature uses an algorithm that cannot be checked here.',
  'chain-untrusted': 'The certificate could not be traced to a trusted authority.',
  'chain-invalid': 'The certificate was not properly issued by its authority.',
  'certificate-expired': 'The certificate had expired when it was used to sign.',
  'certificate-not-yet-valid': 'The certificate was not valid yet when it was used to sign.',
  'certificate-revoked': 'The certificate has been revoked.',
  'key-usage-unsuitable': 'The certificate was not issued for signing documents.',
  'revocation-unknown': 'It could not be checked whether the certificate has been revoked.',
  'signing-time-unproven': "The time of signing comes from the signer's computer; no time stamp confirms it.",
  'time-implausible':
    'The time stated by the signature or time stamp cannot be true: it lies outside of the validity of the certificate, or in the future.',
  'changed-after-signing': 'The document was changed after it was signed.',
  'change-not-permitted':
    'The document was changed after signing in a way that the signature does not permit.',
  'not-whole-revision': 'The signature covers only a part of the document.',
  'unexplained-bytes': 'The file contains additions that no signature confirms.',
  'structure-ambiguous': 'The structure of the file is ambiguous; programs may show it differently.',
  'file-deceptive': 'What is shown may not be what was signed: others may see different content.',
  'appearance-unproven':
    'A field filled after signing uses a font of the file, so it could not be told whether what is seen is what was filled in.',
};

export const enUndatedReasons: UndatedReasons = {
  'certificate-expired':
    'The certificate has expired since, and no time stamp proves that the document was signed before.',
  'certificate-not-yet-valid':
    "By the signer's clock the certificate was not valid yet, and no time stamp confirms that time.",
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
  ...enSignatureFindings,
  ...enDraftFaults,
  'initial-only': 'The file has initials alone.',
  'approval-unchecked': 'The signatures of the file couldn’t be checked.',
  'approval-partial': 'The signature doesn’t cover the whole document.',
  'approval-outdated': 'The authorised person signed another version: the file was changed since.',
  'changed-after-approval': 'After the approval more was filled in than number, date and seal.',
  'too-many': 'There were too many sign-ins in a row; wait a few minutes.',
  'unknown-certificate': 'This certificate does not belong to any account of the province.',
  challenge: 'This sign-in took too long.',
  signature: 'The server could not confirm the signature of the sign-in.',
  'no-certificate': 'There is no certificate in the file.',
  'not-an-authority': "This is a person's certificate, not an authority's.",
  'anchors-too-many': 'The list of trusted authorities is full.',
  'no-answer': 'The address gives no answer.',
  'other-certificate': 'What was received is another certificate than the known one, and was not used.',
  'in-use': 'Another program is using these data.',
  'session-idle': 'There was no contact between this computer and the server for too long.',
  'session-too-old': 'The time of one sign-in is over.',
  'session-deregistered': 'This certificate no longer belongs to the account that signed in.',
  'session-unchecked': 'For too long it could not be checked whether the certificate has been revoked.',
  'tls-expired': "The server's certificate has expired or is not valid yet.",
  'tls-other-name': 'The certificate was issued for a server of another name.',
  'tls-unknown-authority': "Whoever issued the server's certificate is not among those that are trusted.",
  'tls-revoked': "The server's certificate has been revoked.",
  'tls-handshake': 'The two sides found no safe encryption in common.',
  'clock-out-of-date': 'By one of the two clocks the certificate is out of date.',
  'uploads-a-day': 'The number of files for one day is used up.',
  'bytes-a-day': 'The volume of files for one day is used up.',
  'uploads-unnamed': 'There are too many files that no document names yet.',
  'server-disk-full': "The server's disk is nearly full.",
  'store-link': 'There is a link that leads elsewhere, and no real file or folder.',
  'store-owner': 'The folder or file belongs to another account.',
  'target-not-a-file':
    'There is something of that name already that is no ordinary file (a link, a device or a folder).',
  'target-replaced': 'Another program has put a different file in place of the one that was being written.',
  'uploads-at-once': 'Too many files are being uploaded at once.',
  changed: 'The file was changed while it was being signed.',
  digest: 'What was written did not match and was discarded.',
  revision: 'What was written did not match and was discarded.',
  'tsa-nonsense': 'The answer is no time stamp.',
  'tsa-nonce': 'The answer belongs to another request.',
  'tsa-imprint': 'The time stamp was given for other content.',
  'tsa-certificate': "The time-stamp service's certificate may not be used for this.",
  'image-jpeg': 'It is a JPEG, a kind of picture that has no transparent background.',
  'image-not-png': 'It is not a PNG.',
  'image-damaged': 'It is damaged or was not transferred completely.',
  'image-too-large': 'It is too large (over 16 million pixels or 10 MB).',
  'image-interlaced':
    'It is an interlaced PNG of few colours, which cannot be read; save it again without interlacing.',
  'tsa-untrusted': 'The time-stamp service belongs to no authority that is trusted here.',
  'seed-value-filter': 'The form asks for another signing program.',
  'seed-value-subfilter': 'The form asks for a kind of signature that is not PAdES.',
  'seed-value-version': 'The form uses a newer version of conditions than this program knows.',
  'seed-value-unknown': 'The form has conditions that this program does not know.',
  'seed-value-digest': 'The form asks for another digest algorithm, or for one that is no longer allowed.',
  'seed-value-reason': 'The form asks for one of its own reasons for signing.',
  'seed-value-mdp': 'The form asks for another kind of signature (approval or certification).',
  'seed-value-time-stamp': 'The form asks for a time stamp at the moment of signing.',
  'seed-value-revocation':
    'The form asks for revocation data inside the signature, which PAdES does not have.',
  'seed-value-legal-attestation':
    'The form asks the signer for a legal attestation, which no program can give.',
  'seed-value-appearance': 'The form asks for a signature appearance of its own.',
  'seed-value-lock-document':
    'Signing this field locks the document, so that it could not be numbered, dated and sealed any more.',
  'seed-value-certificate': 'Only the certificates named in the form may sign this field.',
  'seed-value-issuer': 'Only certificates from the authorities named in the form may sign this field.',
  'seed-value-certificate-policy': 'The certificate was not issued under the policy that the form asks for.',
  'seed-value-signature-policy': 'The form asks for a signature policy, which is not supported.',
  'seed-value-subject': 'The name in the certificate is not the one that the form asks for.',
  'seed-value-key-usage': 'The key usage of the certificate is not what the form asks for.',
  'certification-not-first':
    'A certification must be the first signature, and this document is signed already.',
  'certification-closes':
    'A leader’s signature must not forbid every change: number, date and seal come after it.',
};
