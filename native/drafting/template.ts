import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type DocumentType, documentTypes } from '../../contract/document-type.ts';
import { AppError } from '../../contract/failure.ts';
import types from '../../resources/templates/types.json' with { type: 'json' };

/** What a type's form has of its own; all else is the same for all (NĐ 30/2020 PL I, PL III). */
const typeForm = z.strictObject({
  /** Mẫu of Phụ lục III. */
  form: z.string().regex(/^1\.\d{1,2}$/),
  /** The words between the grounds and what is decided. */
  enacts: z.string().optional(),
  /** The words before those whom it is sent to; {agency} and {authority} are filled in. */
  addressed: z.string().optional(),
});
export type TypeForm = z.infer<typeof typeForm>;

const typeForms = z
  .record(z.enum(Object.keys(documentTypes) as [DocumentType, ...DocumentType[]]), typeForm)
  .parse(types);

export function typeFormOf(type: DocumentType): TypeForm {
  return typeForms[type];
}

/** The layout's source. It lies in `resources` beside the sources, and as deep below the top in the built program. */
export function paperSource(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const file = join(folder, 'resources/templates/paper.typ');
    if (existsSync(file)) return readFileSync(file, 'utf8');
    if (folder === dirname(folder)) throw new AppError('internal', {}, { cause: 'no templates' });
  }
}
