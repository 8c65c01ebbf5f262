import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalFileCard } from '../../../contract/local-file.ts';
import type { CoreConfig } from '../../../native/core/config.ts';
import { Core } from '../../../native/core/core.ts';
import { Log } from '../../../native/core/log.ts';
import type { CoreParts } from '../../../native/core/ports.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { draftPdf } from '../core/draft-pdf.ts';
import { SoftwareToken } from '../core/software-token.ts';
import { WillingPerson } from '../core/willing-person.ts';
import { TestProvince } from '../server/test-province.ts';

const key = SoftwareToken.key('01');

let province: TestProvince;
let folder: string;
let person: WillingPerson;
let core: Core;
let target: string | null;

async function open(): Promise<Core> {
  const identity = province.identities.leader;
  const config: CoreConfig = {
    ...{
      modulePaths: [],
      trustAnchorFiles: [],
      tokenPollMs: 0,
      changesWaitSeconds: 5,
      discoverModules: false,
    },
    obsoleteHashUntil: '2028-12-31',
    ...{ tokenIdleMinutes: 15, standingLoginMinutes: 0, allowPrivateNetworks: false },
    ...{ profile: join(folder, 'profile'), anchors: [province.authority.certificate] },
  };
  const parts: CoreParts = {
    tokens: new SoftwareToken({ '01': { identity, holder: 'person' }, '02': { identity, holder: 'agency' } }),
    signPdf,
    verifyPdf: (path, options) => verifyPdf(path, { ...options, offline: true }),
    readPdf: async () => ({ findings: [], isFinished: true }),
    validateCertificate: async () => ({ trusted: true, revocation: 'good', reasons: [], chain: [] }),
    now: () => new Date(),
    person: () => person,
    filePicker: () => ({
      ...{ pickModule: async () => null, pickCertificate: async () => null, reveal: async () => undefined },
      ...{ pickTarget: async () => target, pickDocuments: async () => [] },
    }),
  };
  mkdirSync(config.profile, { recursive: true });
  return Core.open(config, parts, new Log(() => undefined));
}

beforeEach(async () => {
  province = await TestProvince.create(1);
  folder = mkdtempSync(join(tmpdir(), 'antin-files-'));
  person = new WillingPerson();
  target = null;
  core = await open();
});

afterEach(async () => {
  await core.close();
  await province.remove();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, bytes: Uint8Array | string = draftPdf('Van ban')): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function opened(...paths: string[]): Promise<LocalFileCard[]> {
  await core.localFiles.open(paths);
  await core.localFiles.settled();
  return core.localFiles.list().files;
}

async function one(path: string): Promise<LocalFileCard & { digest: NonNullable<LocalFileCard['digest']> }> {
  const file = (await opened(path)).at(0);
  if (file?.digest == null) throw new Error(`not opened: ${file?.failure?.code}`);
  return { ...file, digest: file.digest };
}

describe('opening', () => {
  test.each([
    ['no PDF', () => put('a.pdf', 'text'), 'pdf-not-a-pdf'],
    ['an empty file', () => put('a.pdf', ''), 'pdf-not-a-pdf'],
    ['a vanished file', () => join(folder, 'gone.pdf'), 'file-missing'],
    ['a file below a file', () => join(put('a.pdf'), 'b.pdf'), 'file-missing'],
    [
      'a link',
      () => {
        symlinkSync(put('a.pdf'), join(folder, 'link.pdf'));
        return join(folder, 'link.pdf');
      },
      'file-is-link',
    ],
    [
      'a pipe',
      () => {
        execFileSync('mkfifo', [join(folder, 'pipe.pdf')]);
        return join(folder, 'pipe.pdf');
      },
      'file-unreadable',
    ],
    [
      'a huge file',
      () => {
        const path = put('huge.pdf', '%PDF-1.7');
        truncateSync(path, 2 * 1024 ** 3 + 1);
        return path;
      },
      'file-too-large',
    ],
  ])('%s is refused by its own reason', async (_, make, code) => {
    const [file] = await opened(make());
    expect(file).toMatchObject({ state: 'refused', digest: null, failure: { code } });
  });

  test('of a folder all that a person saw in it, in its own folders too, and nothing by a link', async () => {
    const deep = join(folder, 'in', 'một', 'hai');
    mkdirSync(deep, { recursive: true });
    for (const name of ['b.pdf', 'a.pdf', '.hidden.pdf'])
      writeFileSync(join(folder, 'in', name), draftPdf(name));
    writeFileSync(join(deep, 'c.pdf'), draftPdf('c'));
    symlinkSync(folder, join(folder, 'in', 'around'));
    const files = await opened(join(folder, 'in'));
    expect(files.map(({ name }) => name).sort()).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
  });

  test('the same file again is the same line, read anew', async () => {
    const path = put('a.pdf');
    const first = await one(path);
    writeFileSync(path, draftPdf('Van ban khac'));
    const second = await one(path);
    expect(core.localFiles.list().files).toHaveLength(1);
    expect(second.id).toBe(first.id);
    expect(second.digest).not.toBe(first.digest);
  });

  test('letters and their marks that a system keeps apart are shown as one', async () => {
    const file = await one(put('Quyết định.pdf'.normalize('NFD')));
    expect(file.name).toBe('Quyết định.pdf'.normalize('NFC'));
  });

  test('recent files are told of at the next start, and which is gone', async () => {
    await opened(put('a.pdf'), put('b.pdf'));
    await core.close();
    rmSync(join(folder, 'b.pdf'));
    core = await open();
    const { files, recent } = core.localFiles.list();
    expect(files).toEqual([]);
    expect(Object.fromEntries(recent.map(({ name, isMissing }) => [name, isMissing]))).toEqual({
      'a.pdf': false,
      'b.pdf': true,
    });
  });

  test('the copies of one run are gone with the next', async () => {
    const { digest } = await one(put('a.pdf'));
    expect((await core.heldFiles.locate(digest)).bytes).toBeGreaterThan(0);
    await core.close();
    core = await open();
    await expect(core.heldFiles.locate(digest)).rejects.toMatchObject({ code: 'session-missing' });
    const left = readdirSync(join(folder, 'profile', 'files'), { recursive: true }).map(String);
    expect(left.some((name) => name.includes(digest))).toBe(false);
  });
});

describe('signing', () => {
  test('saves beside the original under a free name, which it leaves as it is', async () => {
    const path = put('Công văn.pdf');
    const before = readFileSync(path);
    const { id, digest } = await one(path);
    writeFileSync(join(folder, 'Cong-van-da-ky.pdf'), 'somebody’s own');
    const signed = await core.localSigning.sign({ id, digest }, { stamp: { act: 'approve' }, key });
    expect(signed).toMatchObject({ name: 'Cong-van-da-ky-2.pdf', state: 'open', signedFrom: id });
    const after = readFileSync(join(folder, 'Cong-van-da-ky-2.pdf'));
    expect(after.subarray(0, before.length)).toEqual(before);
    expect(readFileSync(path)).toEqual(before);
    expect(readFileSync(join(folder, 'Cong-van-da-ky.pdf'), 'utf8')).toBe('somebody’s own');
    expect(person.questions).toMatchObject([{ act: 'approve', documents: [{ subject: 'Công văn.pdf' }] }]);
  });

  test('signs what was shown, whatever became of the file since', async () => {
    const path = put('a.pdf');
    const shown = readFileSync(path);
    const { id, digest } = await one(path);
    writeFileSync(path, draftPdf('exchanged'));
    await core.localSigning.sign({ id, digest }, { stamp: { act: 'plain' }, key });
    const signed = readFileSync(join(folder, 'a-da-ky.pdf'));
    expect(signed.subarray(0, shown.length)).toEqual(shown);
  });

  test('another file than was shown is signed by nobody', async () => {
    const path = put('a.pdf');
    const { id, digest } = await one(path);
    writeFileSync(path, draftPdf('exchanged'));
    await one(path);
    const signing = core.localSigning.sign({ id, digest }, { stamp: { act: 'plain' }, key });
    await expect(signing).rejects.toMatchObject({ code: 'document-changed' });
    expect(person.questions).toEqual([]);
  });

  test('nothing is signed without a person’s yes, and nothing is left then', async () => {
    const { id, digest } = await one(put('a.pdf'));
    person.answers = () => ({ answer: 'refused', why: 'cancelled', seconds: 0 });
    const signing = core.localSigning.sign({ id, digest }, { stamp: { act: 'plain' }, key });
    await expect(signing).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(folder).sort()).toEqual(['a.pdf', 'profile']);
  });

  test('an agency’s stamp by a person’s key is refused before anybody is asked', async () => {
    const { id, digest } = await one(put('a.pdf'));
    const stamp = { act: 'appendix', referenceCode: '05/QĐ-SKHCN' } as const;
    const signing = core.localSigning.sign({ id, digest }, { stamp, key });
    await expect(signing).rejects.toMatchObject({ code: 'not-permitted' });
    expect(person.questions).toEqual([]);
  });

  test('the person reads once more what was typed, and that nobody has approved it', async () => {
    const { id, digest } = await one(put('a.pdf'));
    const directive = { act: 'directive', text: 'Giao Văn phòng tham mưu.' } as const;
    await core.localSigning.sign({ id, digest }, { stamp: directive, key });
    await core.localSigning.sign({ id, digest }, { stamp: { act: 'seal' }, key: SoftwareToken.key('02') });
    expect(person.questions).toMatchObject([
      { act: 'directive', stamp: directive },
      { act: 'seal', documents: [{ unapproved: true }] },
    ]);
    expect(person.questions[0]?.documents[0]?.unapproved).toBeUndefined();
  });

  test('what can’t be saved stays, over the next start, until a person says where', async () => {
    const inner = join(folder, 'in');
    mkdirSync(inner);
    const path = join(inner, 'a.pdf');
    writeFileSync(path, draftPdf('Van ban'));
    const { id, digest } = await one(path);
    rmSync(inner, { recursive: true });
    const signed = await core.localSigning.sign({ id, digest }, { stamp: { act: 'plain' }, key });
    expect(signed).toMatchObject({ state: 'unsaved', folder: null, failure: { code: 'write-failed' } });
    await core.close();
    core = await open();
    const [left] = core.localFiles.list().files;
    expect(left).toMatchObject({ name: 'a-da-ky.pdf', state: 'unsaved' });
    if (!left) return;
    core.localFiles.close([left.id]);
    target = join(folder, 'saved.pdf');
    expect(await core.localSigning.saveAs(left.id)).toEqual({ path: target });
    expect(core.localFiles.list().files).toMatchObject([{ name: 'saved.pdf', state: 'open' }]);
    expect(readFileSync(target).length).toBeGreaterThan(0);
  });

  test('many with one PIN, each for itself', async () => {
    const paths = ['a.pdf', 'b.pdf', 'c.pdf'].map((name) => put(name, draftPdf(name)));
    const files = await opened(...paths);
    const items = files.flatMap(({ id, digest }) => (digest ? [{ id, digest }] : []));
    writeFileSync(join(folder, 'b.pdf'), draftPdf('exchanged'));
    await one(join(folder, 'b.pdf'));
    await core.localSigning.signAll(items, { stamp: { act: 'plain' }, key });
    const events = core.events.watch(AbortSignal.timeout(20_000));
    while (core.batches.state()?.phase !== 'ended') await events.next();
    const states = core.batches.state()?.items.map(({ subject, state }) => [subject, state]) ?? [];
    expect(Object.fromEntries(states)).toEqual({ 'a.pdf': 'signed', 'b.pdf': 'failed', 'c.pdf': 'signed' });
    expect(person.questions).toHaveLength(1);
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('-da-ky.pdf'))
        .sort(),
    ).toEqual(['a-da-ky.pdf', 'c-da-ky.pdf']);
  });
});

test('there is nothing to sign in to, and whoever sits here says whom to trust', async () => {
  await expect(core.signIn({ key })).rejects.toMatchObject({ code: 'server-missing' });
  expect(core.connection()).toMatchObject({ status: 'signedOut', withoutServer: true });
  expect(core.trust.state().anchors.length).toBeGreaterThan(0);
});
