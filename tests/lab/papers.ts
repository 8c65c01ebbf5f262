import { copyFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './program.ts';
import { draw, typeset } from './typst.ts';

/** What each paper is set from. */
export const paperTemplates = {
  decision: 'documents/decision.typ',
  officialLetter: 'documents/official-letter.typ',
  proposal: 'documents/proposal.typ',
  appendix: 'documents/appendix.typ',
} as const;

export type PaperName = keyof typeof paperTemplates;

/** The lab's documents as unsigned PDFs, pictures of signature and seal, and files that nobody should accept. */
export interface Papers {
  readonly documents: Record<PaperName, string>;
  readonly approvalImage: string;
  readonly sealImage: string;
  readonly odd: {
    /** Opens for reading without a password, but is encrypted (AES-256, owner password). */
    readonly encrypted: string;
    /** The first half of a PDF. */
    readonly truncated: string;
    /** A web page under a PDF's name. */
    readonly notPdf: string;
    readonly empty: string;
    /** Vietnamese letters and spaces in its name. */
    readonly vietnameseName: string;
  };
}

/** Sets all papers into `folder`, which is made. */
export async function makePapers(folder: string): Promise<Papers> {
  await mkdir(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  const names = Object.keys(paperTemplates) as PaperName[];
  const documents = Object.fromEntries(
    names.map((name) => [name, path(`${name}.pdf`)]),
  ) as Papers['documents'];
  for (const name of names) await writeFile(documents[name], typeset(paperTemplates[name]));
  const [approvalImage, sealImage] = await Promise.all([
    draw('images/approval.typ', path('approval')),
    draw('images/department-seal.typ', path('seal')),
  ]);
  const odd = {
    encrypted: path('encrypted.pdf'),
    truncated: path('truncated.pdf'),
    notPdf: path('not-a-pdf.pdf'),
    empty: path('empty.pdf'),
    vietnameseName: path('Quyết định số … về tổ công tác (bản trình ký).pdf'),
  };
  // The password guards a sample that everybody can make again; it stands for nothing secret.
  await runProgram('qpdf', ['--encrypt', '', 'owner', '256', '--', documents.decision, odd.encrypted]);
  await copyFile(documents.decision, odd.truncated);
  await truncate(odd.truncated, 20_000);
  await writeFile(odd.notPdf, '<!doctype html><title>Đăng nhập mạng</title>');
  await writeFile(odd.empty, '');
  await copyFile(documents.officialLetter, odd.vietnameseName);
  return { documents, approvalImage, sealImage, odd };
}
