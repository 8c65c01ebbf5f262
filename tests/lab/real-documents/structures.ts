import { type LookName, signedOnce, unsignedDecision } from './office-file.ts';

/** Whose certificate signs: seal, number and date are set by the clerk, with the agency's key. */
export type SignerName = 'leader' | 'agency' | 'stranger';

export interface Making {
  readonly hash: 'sha1' | 'sha256';
  /** Whether the message brings the authority's certificate beside the signer's own. */
  readonly brings: 'leaf' | 'chain';
  /** The imprint's hash of a token that is itself signed with SHA-256; null for no time stamp. */
  readonly stamp: 'sha1' | 'sha256' | null;
}

/** The file's verdict and all its signatures' reasons, in the alphabet's order; without a line and with one. */
export interface Verdicts {
  readonly offline: string;
  readonly online: string;
}

export interface Structure {
  readonly name: string;
  readonly fields: readonly (readonly [LookName, SignerName])[];
  readonly making: Making;
  readonly verdicts: Verdicts;
}

const leader = ['leader', 'leader'] as const;
const seal = ['seal', 'agency'] as const;
const number = ['number', 'agency'] as const;
const date = ['date', 'agency'] as const;

/** Orders met among 210 real files; the first is the commonest. */
const orders = {
  'leader, seal, number, date': [leader, seal, number, date],
  'leader, number, date, seal': [leader, number, date, seal],
  'leader, seal': [leader, seal],
  'leader alone': [leader],
} satisfies Record<string, Structure['fields']>;

const makings: readonly Making[] = (['sha1', 'sha256'] as const).flatMap((hash) =>
  (['leaf', 'chain'] as const).flatMap((brings) =>
    ([null, 'sha1', 'sha256'] as const).map((stamp) => ({ hash, brings, stamp })),
  ),
);

/**
 * Without a line nobody knows whether a certificate was revoked (TT 15/2025, PL II), and a leaf alone leads to no root;
 * with one SHA-256 is valid, while SHA-1 stays obsolete (PL I) whatever else is known.
 */
function verdictsOf({ hash, brings }: Making): Verdicts {
  const obsolete = hash === 'sha1' ? ['hash-obsolete'] : [];
  const unfound = brings === 'leaf' ? ['chain-untrusted'] : [];
  return {
    offline: ['indeterminate', ...unfound, ...obsolete, 'revocation-unknown'].join(' '),
    online: hash === 'sha1' ? 'indeterminate hash-obsolete' : 'valid',
  };
}

const usual: Making = { hash: 'sha256', brings: 'chain', stamp: 'sha256' };

/** Every structure by its name; README.md says how to add one. */
export const structures: readonly Structure[] = [
  ...Object.entries(orders).flatMap(([order, fields]) =>
    makings.map((making) => ({
      name: `${order}; ${making.hash}, ${making.brings}, time stamp ${making.stamp ?? 'none'}`,
      fields,
      making,
      verdicts: verdictsOf(making),
    })),
  ),
  {
    name: 'leader, seal, and a number by a stranger',
    fields: [leader, seal, ['number', 'stranger']],
    making: usual,
    verdicts: {
      offline: 'indeterminate chain-untrusted revocation-unknown',
      online: 'indeterminate chain-untrusted revocation-unknown',
    },
  },
];

/** The file; `message` makes one signer's CMS over the signed bytes. */
export async function makeStructure(
  { fields, making }: Pick<Structure, 'fields' | 'making'>,
  message: (signer: SignerName, making: Making, bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Buffer> {
  let file = unsignedDecision();
  for (const [look, signer] of fields)
    file = await signedOnce(file, look, (bytes) => message(signer, making, bytes));
  return file;
}
