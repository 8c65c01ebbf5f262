import type { GateFinding } from '../verdict.ts';

export const enGate: Record<GateFinding, string> = {
  'file-unreadable': 'The file is damaged or cannot be read, so that nothing in it can be authenticated.',
  'signature-invalid': 'The document has an invalid signature.',
  'approval-signature-missing': 'The signature of the authorised person is missing.',
  'agency-signature-missing': "The issuing agency's signature is missing.",
  'signer-untrusted': "A signer's certificate does not come from an authority that this office trusts.",
  'signature-weak': 'A signature uses an old algorithm that is no longer safe.',
};
