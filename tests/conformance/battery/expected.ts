import { type Cell, signers } from './axes.ts';
import { emptyField } from './base-files.ts';
import type { Verdicts } from './verdicts.ts';

const first = 'antin-signature';

/** The signature fields of a cell's file, in the order of signing. */
function fieldsOf({ field }: Cell): string[] {
  if (field === 'existing field') return [emptyField];
  return field === 'new field' ? [first] : [first, `${first}-2`];
}

/** What the judges say of a cell's file when all is well and each can judge it. */
export function expectedOf(cell: Cell): Verdicts {
  const names = fieldsOf(cell);
  const isLast = (index: number) => index === names.length - 1;
  const { algorithm } = signers[cell.signer];
  return {
    pdfsig: names.map((name, index) => `${name}, valid, trusted, ${isLast(index) ? 'whole' : 'part'}`),
    openssl: names.map(() => 'signature: verified'),
    qpdf: [],
    mutool: names.map((_, index) => (isLast(index) ? 'unchanged' : 'edited')),
    ours: [
      'valid',
      ...names.map((name, index) =>
        [
          name,
          'valid',
          algorithm,
          isLast(index) ? cell.level : 'b',
          isLast(index) ? 'file' : 'revision',
        ].join(', '),
      ),
    ],
  };
}
