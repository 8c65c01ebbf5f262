import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { runProgram } from './program.ts';

const tinos = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
const faces = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((face) =>
  join(tinos, face),
);

let compiler: NodeCompiler | undefined;

function theCompiler(): NodeCompiler {
  compiler ??= NodeCompiler.create({
    workspace: import.meta.dirname,
    fontArgs: [{ fontPaths: faces }],
  });
  return compiler;
}

/**
 * Sets a template of the lab as PDF: `documents/decision.typ`, relative to this folder; with a `standard` such as
 * "a-2b", one that claims to keep to it.
 */
export function typeset(template: string, standard?: string): Buffer {
  const source = { mainFilePath: join(import.meta.dirname, template) };
  return theCompiler().pdf(source, standard === undefined ? undefined : { pdfStandard: standard });
}

/** Sets Typst source as PDF; it imports the lab's templates as "/documents/layout.typ". */
export function typesetSource(mainFileContent: string): Buffer {
  return theCompiler().pdf({ mainFileContent });
}

/** Draws a template as a picture at 300 dpi whose paper is transparent. `stem` is the file without its ending. */
export async function draw(template: string, stem: string): Promise<string> {
  await writeFile(`${stem}.pdf`, typeset(template));
  await runProgram('pdftocairo', ['-png', '-transp', '-r', '300', '-singlefile', `${stem}.pdf`, stem]);
  return `${stem}.png`;
}
