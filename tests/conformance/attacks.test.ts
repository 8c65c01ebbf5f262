import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../contract/verdict.ts';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import type { Attack, Family } from '../attacks/case.ts';
import { families } from '../attacks/index.ts';
import { makeVictim, trueText, type Victim } from '../attacks/victim.ts';
import { opensslCms } from '../unit/verification/hand-signer.ts';
import { makeNssDatabase, writeP12 } from '../unit/verification/nss.ts';
import { issueBy } from '../unit/verification/rogue-authority.ts';
import { openWorkbench, type Workbench } from '../unit/verification/workbench.ts';
import { pdfjsPages } from './pdfjs-pages.ts';

/**
 * Every manipulated file of the published families, and of some that nobody has published, is refused with the
 * finding named. pdfsig's opinion is printed as a comparison. Where the family promises another page, poppler, mupdf
 * or PDF.js must show one: an attack that deceives nobody proves nothing.
 */
let bench: Workbench;
let victim: Victim;
let nss: string;
let honestLook: Readonly<Record<Viewer, Buffer>>;
const fetcher = new HttpFetcher({ allowPrivate: true });
const accepted = new Map<string, number>();

beforeAll(async () => {
  bench = await openWorkbench();
  const signer = await bench.signer();
  const second = await bench.signer({ commonName: 'Phó Giám đốc Sở' });
  const stranger = issueBy(bench, second);
  nss = await makeNssDatabase(bench, await writeP12(bench, signer, 'signer'));
  victim = makeVictim(opensslCms(bench, signer), opensslCms(bench, second), opensslCms(bench, stranger));
  await writeFile(bench.path('honest.pdf'), victim.signed);
  honestLook = { poppler: look('honest.pdf', 'poppler'), mupdf: look('honest.pdf', 'mupdf') };
});

afterAll(async () => {
  const lines = [...accepted].map(
    ([family, count]) => `${family}: ${count} of ${families[family as Family].length}`,
  );
  process.stderr.write(`accepted by pdfsig — ${lines.join(', ')}; by us — none\n`);
  await bench.close();
});

type Viewer = 'poppler' | 'mupdf';

const viewers: Readonly<Record<Viewer, readonly [program: string, ...args: string[]]>> = {
  poppler: ['pdftoppm', '-r', '36', '-gray', '-f', '1', '-l', '1'],
  mupdf: ['mutool', 'draw', '-q', '-r', '36', '-F', 'pgm', '-o', '-'],
};

/** The first page as a program shows it. */
function look(name: string, viewer: Viewer): Buffer {
  const [program, ...args] = viewers[viewer];
  const result = spawnSync(program, [...args, bench.path(name)], { maxBuffer: 1 << 26 });
  if (result.error) throw new Error(`${program} can't be run`, { cause: result.error });
  return result.stdout;
}

function deceives(name: string): boolean {
  return (['poppler', 'mupdf'] as const).some((viewer) => !look(name, viewer).equals(honestLook[viewer]));
}

/** Pages, or what stands on them, as PDF.js has them and as they are signed. */
async function deceivesPdfjs(file: Uint8Array): Promise<boolean> {
  const pages = await pdfjsPages(file).catch(() => []);
  return pages.length > 0 && String(pages) !== trueText;
}

async function verify(name: string, file: Uint8Array): Promise<VerificationReport> {
  await writeFile(bench.path(name), file);
  return verifyPdf(bench.path(name), bench.trust({ fetcher }));
}

/** All signatures valid, and nothing else said about them: what a person takes for a good file. */
function pdfsigAccepts(name: string): boolean {
  const result = spawnSync('pdfsig', ['-nssdir', nss, '-no-ocsp', bench.path(name)], { encoding: 'utf8' });
  if (result.error) throw new Error("pdfsig can't be run", { cause: result.error });
  const verdicts = result.stdout.match(/Signature Validation: .*/g) ?? [];
  return verdicts.length > 0 && verdicts.every((verdict) => verdict.endsWith('Signature is Valid.'));
}

test('the victims are honest: every file that is attacked is valid before', async () => {
  const { signed, certified } = victim;
  for (const file of [signed, ...Object.values(certified), victim.signAgain(signed)]) {
    expect(await verify('victim.pdf', file)).toMatchObject({ verdict: 'valid' });
  }
});

describe.each(Object.entries(families))('%s', (family, attacks) => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (_, attack: Attack) => {
    const file = attack.make(victim);
    const { verdict, signatures } = await verify('attack.pdf', file);
    expect(verdict).toMatch(/^(invalid|indeterminate|unreadable)$/);
    if (verdict !== 'unreadable') {
      const findings = signatures.flatMap(({ reasons }) => reasons);
      expect(findings).not.toEqual([]);
      // Nothing that only says "who knows": the file itself is named as faulty.
      expect(
        findings.some((reason) => !/^(revocation-unknown|chain-untrusted|signing-time)/.test(reason)),
      ).toBe(true);
    }
    accepted.set(family, (accepted.get(family) ?? 0) + (pdfsigAccepts('attack.pdf') ? 1 : 0));
    if (attack.shows === 'other page')
      expect(deceives('attack.pdf') || (await deceivesPdfjs(file))).toBe(true);
  });

  test('has at least six variants', () => expect(attacks.length).toBeGreaterThanOrEqual(6));
});
