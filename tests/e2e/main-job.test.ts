import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import {
  mutool,
  opensslVerifies,
  pdfsig,
  qpdfComplaints,
  signedRanges,
  trustDatabase,
} from '../conformance/signing-judges.ts';
import { type Played, playMainJob } from './scenario/play.ts';
import { Stage } from './scenario/stage.ts';

/** The whole main job takes half a minute here; a busy machine needs more. */
const playMs = 240_000;

describe('the main job, in real windows', () => {
  const moments: string[] = [];
  let stage: Stage;
  let played: Played;
  let folder: string;
  let trust: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'antin-judges-'));
    stage = await Stage.set();
    trust = trustDatabase(folder, stage.lab.trustFile);
    played = await playMainJob(stage, async (moment) => void moments.push(moment));
  }, playMs);

  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('runs from the token plugged in to the receipt at the sender', () => {
    expect(moments.at(0)).toBe('no-token');
    expect(moments).toContain('waiting');
    expect(moments.at(-1)).toBe('received');
  });

  it('leaves each version as the byte-for-byte prefix of the next', () => {
    const [draft, approved, sealed, ...more] = played.versions.map((path) => readFileSync(path));
    expect(more).toHaveLength(0);
    if (!draft || !approved || !sealed) throw new Error('a version is missing');
    expect(draft.equals(readFileSync(stage.lab.papers.documents.decision))).toBe(true);
    expect(approved.subarray(0, draft.length).equals(draft)).toBe(true);
    expect(sealed.subarray(0, approved.length).equals(approved)).toBe(true);
  });

  it('satisfies pdfsig, with the chain trusted through the lab’s root', () => {
    const [, approved = '', sealed = ''] = played.versions;
    const leader = { signer: 'Giám đốc Sở', valid: true, trusted: true, type: 'ETSI.CAdES.detached' };
    expect(pdfsig(approved, trust)).toMatchObject([{ ...leader, whole: true }]);
    expect(pdfsig(sealed, trust)).toMatchObject([
      leader,
      { signer: 'Sở Khoa học và Công nghệ tỉnh Thử Nghiệm', valid: true, trusted: true, whole: true },
    ]);
  });

  it('satisfies mutool, qpdf and openssl', () => {
    const [, approved = '', sealed = ''] = played.versions;
    expect(mutool(approved)).toEqual(['unchanged']);
    // mutool calls any later revision an edit; the last signature has none behind it.
    expect(mutool(sealed)).toEqual(['edited', 'unchanged']);
    for (const file of [approved, sealed]) {
      expect(qpdfComplaints(file)).toEqual([]);
      for (const signature of signedRanges(readFileSync(file))) {
        opensslVerifies(folder, signature, stage.lab.trustFile);
      }
    }
  });

  it('put a time stamp into the seal before the document went out', async () => {
    const [, , sealed = ''] = played.versions;
    const { anchors } = stage.lab;
    const report = await verifyPdf(sealed, { anchors, fetcher: new HttpFetcher({ allowPrivate: true }) });
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 'b' }, { level: 't' }] });
  });

  it('issued the document once, although the line failed in between', async () => {
    const { commune } = played;
    await commune.goesTo('Văn bản đến');
    expect(await commune.page.getByRole('row').count()).toBe(1);
  });

  it('said nothing wrong on any console', () => {
    const { leader, clerk, commune } = played;
    expect([leader, clerk, commune].flatMap(({ app }) => app.consoleErrors)).toEqual([]);
  });
});
