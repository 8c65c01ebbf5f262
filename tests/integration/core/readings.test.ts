import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileFinding } from '../../../contract/file-finding.ts';
import { TestProvince } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

/** Comparing a file's readings: once a file, before a signature, and no longer than the desk is open. */
const differs: FileFinding = {
  code: 'reading-differs',
  weight: 'blocks',
  page: 1,
  params: { reader: 'PDF.js' },
};
let province: TestProvince;
let leader: TestDesk;
let compared: string[];
let read: (signal: AbortSignal) => Promise<{ findings: FileFinding[]; isFinished: boolean }>;

beforeEach(async () => {
  compared = [];
  read = async () => ({ findings: [differs], isFinished: true });
  province = await (await TestProvince.create(1)).start();
  leader = await TestDesk.create(province, 'leader', {
    parts: {
      readPdf: (path, { signal }) => {
        compared.push(path);
        return read(signal);
      },
      verifyPdf: async () => ({ verdict: 'unsigned', signatures: [] }),
    },
  });
});
afterEach(async () => {
  await leader.remove();
  await province.remove();
});

async function opened() {
  await leader.signIn();
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const { id } = draft;
  await leader.untilState(id, draft.state);
  await leader.until(async () => (await leader.core.show(id)).fileHeld);
  return { id, state: draft.state };
}

test('a draft that is read differently is told so, and isn’t signed', async () => {
  const { id: draft } = await opened();
  const { verification } = await leader.until(async () => {
    const shown = await leader.core.show(draft);
    return shown.verification !== null && shown;
  });
  expect(verification).toMatchObject({ verdict: 'unsigned', findings: [differs] });
  await expect(leader.sign(draft, 'approve', { key: SoftwareToken.key('01') })).rejects.toMatchObject({
    code: 'document-deceptive',
    params: { finding: 'reading-differs', page: 1 },
  });
});

test('a file is compared once, whatever becomes of its verdicts; what wasn’t finished is tried again', async () => {
  read = async () => ({ findings: [differs], isFinished: compared.length > 1 });
  const { id: draft, state } = await opened();
  const judged = () => leader.until(async () => (await leader.core.show(draft)).verification !== null);
  for (let round = 0; round < 3; round++) {
    await judged();
    await leader.close();
    // Another day's verdict, of the same bytes.
    const later = new Date(Date.now() + (round + 1) * 86_400_000);
    Object.assign(leader.parts, { now: () => later });
    await leader.open();
    await leader.signIn();
    await leader.untilState(draft, state);
  }
  await judged();
  expect(compared).toHaveLength(2);
});

test('a desk that is closed waits for no comparison', async () => {
  const begun = Promise.withResolvers<void>();
  read = (signal) => {
    begun.resolve();
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const { id: draft } = await opened();
  await leader.core.show(draft);
  await begun.promise;
  await leader.close();
  expect(leader.logLines.join('\n')).not.toContain('verification');
});
