import type { GateFinding } from '../verdict.ts';

export const enGate: Record<GateFinding, string> = {
  'file-unreadable':
    'The file cannot be opened (damaged, or protected by a password), so that its signatures cannot be checked.',
  'signature-invalid': 'The document has an invalid signature.',
  'approval-signature-missing': 'The signature of the authorised person is missing.',
  'agency-signature-missing': "The issuing agency's signature is missing.",
  'signer-untrusted': "A signer's certificate does not come from an authority that this office trusts.",
  'file-deceptive': 'The file may show different content in different programs or on other computers.',
  'signature-weak': 'A signature uses an old algorithm that is no longer safe.',
};
