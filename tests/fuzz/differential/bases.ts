import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { honestHabits } from '../../attacks/honest-habit.ts';
import { makeVictim, victimObjects } from '../../attacks/victim.ts';
import { foreignPaper } from '../../lab/foreign-papers/foreign-papers.ts';
import { foreignSignature, foreignSignatureNames } from '../../lab/foreign-signatures/foreign-signatures.ts';
import { runProgram } from '../../lab/program.ts';
import { typeset } from '../../lab/typst.ts';
import { withXrefStream } from '../../unit/pdf/restructure.ts';
import { opensslCms } from '../../unit/verification/hand-signer.ts';
import { samplePdf } from '../../unit/verification/sample-pdf.ts';
import type { Base } from './corpus.ts';
import { Verifier } from './judgement.ts';
import { manyThings } from './many-things.ts';
import { throwAwaySigner } from './throw-away-signer.ts';

/** Papers of programs that are changed piece by piece; scans and long ones would cost more than they show. */
const foreign = [
  ...['libreoffice-form', 'latex', 'latex-form', 'pdf-lib', 'pdfkit', 'reportlab', 'chromium', 'ghostscript'],
  ...['scan-ccitt', 'qpdf-object-streams', 'qpdf-linearized', 'mutool-convert', 'cairo'],
];

/** Makes the honest files, drafts and signed ones. Files that aren't accepted to begin with are left out, and named. */
export async function makeBases(): Promise<{ readonly bases: Base[]; readonly refused: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'antin-differential-'));
  const verifier = new Verifier();
  try {
    const bases: Base[] = [];
    const refused: string[] = [];
    for (const base of [...(await drafts(folder)), ...(await signed(folder))]) {
      const path = join(folder, 'asked.pdf');
      await writeFile(path, base.bytes);
      const { isAccepted, outcome } = await verifier.judge(path);
      if (isAccepted) bases.push(base);
      else refused.push(`${base.name}: ${outcome}`);
    }
    return { bases, refused };
  } finally {
    await verifier.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function drafts(folder: string): Promise<Base[]> {
  const draft = (name: string, bytes: Buffer): Base => ({ name, kind: 'draft', bytes });
  const form = samplePdf(victimObjects());
  const classic = join(folder, 'classic.pdf');
  await writeFile(classic, form);
  const linearized = join(folder, 'linearized.pdf');
  await runProgram('qpdf', ['--linearize', '--object-streams=disable', classic, linearized]);
  const papers = foreign.map(async (name) => draft(name, await readFile(await foreignPaper(name, folder))));
  return [
    draft('form', form),
    draft('form, by a stream', withXrefStream(form)),
    draft('form, linearized', await readFile(linearized)),
    draft('many things', manyThings()),
    draft('decision', typeset('documents/decision.typ')),
    draft('official letter', typeset('documents/official-letter.typ')),
    ...(await Promise.all(papers)),
  ];
}

async function signed(folder: string): Promise<Base[]> {
  const signer = await throwAwaySigner();
  const kept = (name: string, bytes: Uint8Array): Base => ({
    name,
    kind: 'signed',
    bytes: Buffer.from(bytes),
  });
  const made: Base[] = [];
  for (const name of foreignSignatureNames()) made.push(kept(name, await readFile(foreignSignature(name))));
  const cms = opensslCms({ folder }, signer, undefined, false);
  const victim = makeVictim(cms, cms, cms);
  made.push(kept('signed by hand', victim.signed), kept('signed twice', victim.signAgain(victim.signed)));
  for (const [name, habit] of Object.entries(honestHabits)) made.push(kept(name, habit.make(victim)));
  await mkdir(join(folder, 'ours'));
  const at = (name: string) => join(folder, 'ours', `${name}.pdf`);
  await writeFile(at('draft'), typeset('documents/decision.typ'));
  await signPdf({ source: at('draft'), target: at('approved'), signer, stamp: { kind: 'approval' } });
  const seal = { kind: 'seal', number: '5', date: '2026-11-22' } as const;
  await signPdf({ source: at('approved'), target: at('sealed'), signer, stamp: seal });
  for (const name of ['approved', 'sealed']) made.push(kept(name, await readFile(at(name))));
  return made;
}
