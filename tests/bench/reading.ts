import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Reader } from '../../native/reading/index.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { runProgram } from '../lab/program.ts';
import { typeset } from '../lab/typst.ts';
import { openWorkbench, type Workbench } from '../unit/verification/workbench.ts';
import { median } from './sign/median.ts';
import { writeScannedFile } from './sign/scanned-file.ts';
import type { Row } from './table.ts';

const goals = { startMs: 1000, smallMs: 100, pageMs: 100 } as const;
const rounds = 21;
const textPages = 300;
const scanPages = 100;
const scan = join(import.meta.dirname, '../lab/foreign-papers/kept/scan-jpeg.pdf');

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function row(what: string, ms: number, goalMs: number, beside: string): Row {
  const said = (value: number) => `${Math.round(value)} ms`;
  return { what, goal: `≤ ${said(goalMs)}`, reached: said(ms), ok: ms <= goalMs, beside };
}

/** What comparing readings costs, beside verifying the same file: it goes on behind the document that is shown. */
export async function measure(): Promise<{ readonly rows: readonly Row[] }> {
  const bench = await openWorkbench();
  const reader = new Reader();
  try {
    const papers = await makePapers(bench);
    const compare = async (file: string) => {
      const { findings } = await reader.read(file);
      if (findings.length > 0) throw new Error(`the file has ${findings[0]?.code}`);
    };
    const startMs = await timed(() => compare(papers.signed));
    const times = { compare: [] as number[], verify: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.compare.push(await timed(() => compare(papers.signed)));
      times.verify.push(await timed(() => verifyPdf(papers.signed, bench.trust())));
    }
    const verifyMs = median(times.verify);
    const textMs = await timed(() => compare(papers.text));
    const before = process.memoryUsage.rss();
    const scanMs = await timed(() => compare(papers.scan));
    const grown = Math.round((process.memoryUsage.rss() - before) / 1e6);
    return {
      rows: [
        row('thread started, first file', startMs, goals.startMs, ''),
        row(
          'small signed file',
          median(times.compare),
          goals.smallMs,
          `verifying it ${verifyMs.toFixed(1)} ms`,
        ),
        row(`a page of ${textPages} of text`, textMs / textPages, goals.pageMs, ''),
        row(`a page of a scan of ${scanPages} MB`, scanMs / scanPages, goals.pageMs, `grown by ${grown} MB`),
      ],
    };
  } finally {
    await reader.close();
    await bench.close();
  }
}

async function makePapers(bench: Workbench) {
  const paths = { paper: 'paper.pdf', signed: 'signed.pdf', text: 'text.pdf', scan: 'scan.pdf' };
  const at = Object.fromEntries(
    Object.entries(paths).map(([key, name]) => [key, bench.path(name)]),
  ) as typeof paths;
  await writeFile(at.paper, typeset('documents/decision.typ'));
  const signer = await bench.signer();
  await signPdf({ source: at.paper, target: at.signed, signer, stamp: { kind: 'approval' } });
  const pages = Array.from({ length: textPages / 2 }, () => [at.paper, '1-2']).flat();
  await runProgram('qpdf', ['--empty', '--pages', ...pages, '--', at.text]);
  await runProgram('pdfimages', ['-j', '-l', '1', scan, bench.path('picture')]);
  const picture = bench.path('picture-000.jpg');
  const bytes = await readFile(picture);
  await rm(picture);
  await writeScannedFile(at.scan, scanPages * 1_000_000, {
    bytes,
    width: 497,
    height: 702,
    space: 'DeviceRGB',
  });
  return at;
}
