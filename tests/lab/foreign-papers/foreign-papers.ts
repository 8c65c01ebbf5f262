import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../program.ts';
import { typeset } from '../typst.ts';

const kept = fileURLToPath(new URL('./kept', import.meta.url));

const keptPaper = (name: string) => join(kept, `${name}.pdf`);

type Maker = (target: string) => Promise<unknown>;

const qpdf =
  (...options: string[]): Maker =>
  (target) =>
    runProgram('qpdf', [keptPaper('libreoffice'), ...options, target]);

/** A page in mutool's own language. */
const mutoolPage = `%%MediaBox 0 0 595 842
%%Font Tm Times-Roman
BT /Tm 13 Tf 90 700 Td (QUYET DINH) Tj ET
`;

/** Programs that set-up has; each makes its paper from another's or from nothing. */
const live: Readonly<Record<string, Maker>> = {
  typst: (target) => writeFile(target, typeset('documents/decision.typ')),
  'typst-pdfa2': (target) => writeFile(target, typeset('documents/decision.typ', 'a-2b')),
  cairo: (target) => runProgram('pdftocairo', ['-pdf', keptPaper('libreoffice-tagged'), target]),
  'qpdf-object-streams': qpdf('--object-streams=generate'),
  'qpdf-linearized': qpdf('--linearize', '--object-streams=generate'),
  'qpdf-joined': (target) =>
    runProgram('qpdf', ['--empty', '--pages', keptPaper('latex'), keptPaper('chromium'), '--', target]),
  'mutool-clean': (target) =>
    runProgram('mutool', ['clean', '-gggg', '-z', keptPaper('libreoffice-tagged'), target]),
  'mutool-convert': (target) => runProgram('mutool', ['convert', '-o', target, keptPaper('libreoffice')]),
  'mutool-create': async (target) => {
    const page = `${target}.page`;
    await writeFile(page, mutoolPage);
    await runProgram('mutool', ['create', '-o', target, page]);
  },
};

/** The names of all papers, known before any is made. */
export async function foreignPaperNames(): Promise<string[]> {
  const files = (await readdir(kept)).map((name) => basename(name, '.pdf'));
  return [...files, ...Object.keys(live)].toSorted();
}

/** The path of a paper, made into `folder` where it isn't kept. Fails with a program's name where that is missing. */
export async function foreignPaper(name: string, folder: string): Promise<string> {
  const make = Object.hasOwn(live, name) ? live[name] : undefined;
  if (!make) return keptPaper(name);
  const target = join(folder, `${name}.pdf`);
  await make(target);
  return target;
}
