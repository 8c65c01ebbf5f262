import { fork, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { TargetFile } from '../../../native/signing/target-file.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';

const root = scratchFolder();
let folder = '';
let count = 0;

beforeEach(() => {
  folder = path.join(root, String(count++));
  mkdirSync(folder);
});

async function failure(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

const at = (name: string) => path.join(folder, name);

async function writeWhole(target: string, content: string, replace = false): Promise<void> {
  const file = await TargetFile.create(target, replace);
  try {
    await file.write(Buffer.from(content), 0);
    await file.flush();
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

describe('a target', () => {
  it('has its name only when it is whole', async () => {
    const file = await TargetFile.create(at('a.pdf'), false);
    await file.write(Buffer.from('whole'), 0);
    expect(readdirSync(folder)).not.toContain('a.pdf');
    await file.commit();
    expect(readdirSync(folder)).toEqual(['a.pdf']);
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('whole');
  });

  it('leaves nothing where it is given up', async () => {
    const file = await TargetFile.create(at('a.pdf'), false);
    await file.write(Buffer.from('half'), 0);
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces only what it was told to replace', async () => {
    writeFileSync(at('a.pdf'), 'old');
    expect(await failure(TargetFile.create(at('a.pdf'), false))).toBe('file-exists');
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('old');
    await writeWhole(at('a.pdf'), 'new', true);
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('new');
  });

  it('a link that leads nowhere has taken the name, too', async () => {
    symlinkSync('/nowhere/at/all', at('a.pdf'));
    expect(await failure(TargetFile.create(at('a.pdf'), false))).toBe('file-exists');
  });

  it('does not replace a file that appears while it is being written', async () => {
    const file = await TargetFile.create(at('a.pdf'), false);
    await file.write(Buffer.from('ours'), 0);
    writeFileSync(at('a.pdf'), 'theirs');
    expect(await failure(file.commit())).toBe('file-exists');
    await file.discard();
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });

  it('of two for one name exactly one gets it', async () => {
    const results = await Promise.all(
      ['one', 'two'].map((content) => failure(writeWhole(at('a.pdf'), content))),
    );
    expect(results.toSorted()).toEqual(['file-exists', 'no failure']);
  });

  it('may have as long a name as the file system allows', async () => {
    await writeWhole(at(`${'a'.repeat(251)}.pdf`), 'x');
    expect(await failure(writeWhole(at(`${'a'.repeat(300)}.pdf`), 'x'))).toBe('write-failed');
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('says so where the folder is none', async () => {
    expect(await failure(TargetFile.create(at('missing/a.pdf'), false))).toBe('write-failed');
    writeFileSync(at('file'), '');
    expect(await failure(TargetFile.create(at('file/a.pdf'), false))).toBe('write-failed');
  });

  it('a folder in its place is not replaced', async () => {
    mkdirSync(at('a.pdf'));
    expect(await failure(writeWhole(at('a.pdf'), 'x', true))).toBe('write-failed');
    expect(statSync(at('a.pdf')).isDirectory()).toBe(true);
  });
});

describe('copying', () => {
  const large = Buffer.alloc((3 << 20) + 17, 'antin');

  it('copies and digests in one pass', async () => {
    const source = writeFile(folder, 'source', large);
    const file = await TargetFile.create(at('a'), false);
    const hash = await file.copyFrom(source, large.length, 'sha256');
    const read = await file.digestOutside('sha256', 0, 0, large.length);
    expect(Buffer.from(read)).toEqual(hash.digest());
    await file.commit();
    expect(readFileSync(at('a')).equals(large)).toBe(true);
  });

  it('notices a source that shrinks meanwhile', async () => {
    const source = writeFile(folder, 'source', large);
    truncateSync(source, 1 << 20);
    const file = await TargetFile.create(at('a'), false);
    expect(await failure(file.copyFrom(source, large.length, 'sha256'))).toBe('file-unreadable');
    await file.discard();
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('notices a source that is gone, or a folder', async () => {
    const file = await TargetFile.create(at('a'), false);
    expect(await failure(file.copyFrom(at('none'), 5, 'sha256'))).toBe('file-unreadable');
    expect(await failure(file.copyFrom(folder, 5, 'sha256'))).toBe('file-unreadable');
    await file.discard();
  });

  it('stops when it is told to', async () => {
    const source = writeFile(folder, 'source', large);
    const file = await TargetFile.create(at('a'), false);
    const signal = AbortSignal.abort();
    expect(await failure(file.copyFrom(source, large.length, 'sha256', signal))).toBe('cancelled');
    await file.discard();
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('takes no more than it was told, and its own mode: a source may be growing, or read-only', async () => {
    const source = writeFile(folder, 'source', large);
    chmodSync(source, 0o400);
    const file = await TargetFile.create(at('a'), false);
    await file.copyFrom(source, 1000, 'sha256');
    await file.write(Buffer.from('more'), 1000);
    await file.commit();
    expect(readFileSync(at('a')).equals(Buffer.concat([large.subarray(0, 1000), Buffer.from('more')]))).toBe(
      true,
    );
    writeFileSync(at('usual'), '');
    expect(statSync(at('a')).mode).toBe(statSync(at('usual')).mode);
  });

  it('reads back what was copied, and goes on behind it', async () => {
    const source = writeFile(folder, 'source', large);
    const file = await TargetFile.create(at('a'), false);
    await file.copyFrom(source, large.length, 'sha256');
    const hash = await file.readBack('sha256', large.length);
    await file.write(Buffer.from('signed<gap>signed'), large.length);
    const [start, end] = [large.length + 6, large.length + 11];
    const read = { hash, from: large.length };
    const digest = await file.digestOutside('sha256', start, end, end + 6, read);
    const expected = createHash('sha256').update(large).update('signedsigned').digest();
    expect(Buffer.from(digest)).toEqual(expected);
    await file.discard();
  });

  it('is given up while it is still read back', async () => {
    const source = writeFile(folder, 'source', Buffer.alloc(20 << 20, 'antin'));
    const file = await TargetFile.create(at('a'), false);
    await file.copyFrom(source, 20 << 20, 'sha256');
    const reading = file.readBack('sha256', 20 << 20).then(
      () => 'read',
      () => 'given up',
    );
    await file.discard();
    expect(['read', 'given up']).toContain(await reading);
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('reads a small file back whole, and tells one that has another length', async () => {
    const bytes = large.subarray(0, 1000);
    const file = await TargetFile.create(at('a'), false);
    const hash = await file.fill(bytes, 'sha256');
    expect(hash.digest()).toEqual(createHash('sha256').update(bytes).digest());
    expect(Buffer.from(await file.written(1000)).equals(bytes)).toBe(true);
    expect(await failure(file.written(999))).toBe('write-failed');
    expect(await failure(file.written(1001))).toBe('write-failed');
    await file.discard();
  });

  it('a digest over what was never written is a failure', async () => {
    const file = await TargetFile.create(at('a'), false);
    expect(await failure(file.digestOutside('sha256', 0, 0, 10))).toBe('write-failed');
    await file.discard();
  });
});

const child = fileURLToPath(new URL('./target-file-child.ts', import.meta.url));

describe('a process of its own', () => {
  it('on a full disk says so and leaves nothing', () => {
    const source = writeFile(folder, 'source', Buffer.alloc(1 << 20));
    // A limit on the size of files: the system then answers as a full disk does, without needing one.
    const script = `ulimit -f 100; trap "" XFSZ; exec "$@"`;
    const { stdout } = spawnSync(
      'bash',
      ['-c', script, 'bash', process.execPath, child, source, at('a.pdf')],
      { encoding: 'utf8' },
    );
    expect(stdout.trim()).toBe('disk-full');
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('killed in the midst leaves no target', async () => {
    const source = writeFile(folder, 'source', Buffer.alloc(1 << 20));
    const worker = fork(child, [source, at('a.pdf'), 'wait'], { execArgv: [] });
    await once(worker, 'message');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(readdirSync(folder).filter((name) => !name.startsWith('.antin-'))).toEqual(['source']);
  });
});
