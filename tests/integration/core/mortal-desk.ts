import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentId } from '../../../contract/identity.ts';
import type { SignPdf } from '../../../native/core/ports.ts';
import { DocumentCache } from '../../../native/store/document-cache.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { Outbox } from '../../../native/store/outbox.ts';
import { SignedFiles } from '../../../native/store/signed-file.ts';
import { OutboxSender } from '../../../native/sync/outbox-sender.ts';
import { SoftwareToken } from './software-token.ts';
import { appendSignature, TestDesk } from './test-desk.ts';

/**
 * A leader's desk in a process of its own, which signs the one draft there is and kills itself where it is told to:
 * after a step has been taken, and before the next. Without a kill point it runs until the server has confirmed.
 *
 * Arguments: folder of the profile, folder of the test's PKI, server's URL, kill point or `none`.
 */
export const killPoints = [
  'signing-begun',
  'half-signed',
  'signed',
  'adopted',
  'signed-row',
  'outbox-row',
  'committed',
  'before-sending',
  'marked-sending',
  'answer-cached',
  'confirmed-row',
] as const;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is taken at once by this very process; nothing after it runs.
  throw new Error('outlived SIGKILL');
}

/** Makes a method fatal, before its work or after it. */
function fatal<T extends object, K extends keyof T>(of: T, name: K, when: 'before' | 'after'): void {
  const method = of[name];
  if (typeof method !== 'function') throw new Error(`${String(name)} is no method`);
  const deadly = function (this: unknown, ...args: unknown[]) {
    if (when === 'before') die();
    const result: unknown = Reflect.apply(method, this, args);
    if (result instanceof Promise) return result.then(die);
    return die();
  };
  Object.defineProperty(of, name, { value: deadly });
}

function signPdf(point: string): SignPdf {
  return async (job) => {
    if (point === 'signing-begun') die();
    if (point === 'half-signed') {
      writeFileSync(job.target, readFileSync(job.source).subarray(0, 10));
      die();
    }
    await appendSignature(job);
    if (point === 'signed') die();
  };
}

const arming: Readonly<Record<string, () => void>> = {
  // The first file taken in is the downloaded draft; it is the signed one that counts.
  adopted: armSecondAdoption,
  'signed-row': () => fatal(SignedFiles.prototype, 'add', 'after'),
  'outbox-row': () => fatal(Outbox.prototype, 'add', 'after'),
  committed: () => fatal(OutboxSender.prototype, 'tryNow', 'before'),
  'before-sending': () => fatal(Outbox.prototype, 'markSending', 'before'),
  'marked-sending': () => fatal(Outbox.prototype, 'markSending', 'after'),
  'answer-cached': () => fatal(DocumentCache.prototype, 'put', 'after'),
  'confirmed-row': () => fatal(Outbox.prototype, 'markConfirmed', 'after'),
};

function armSecondAdoption(): void {
  const { adopt } = FileStore.prototype;
  FileStore.prototype.adopt = async function (path, expected) {
    const stored = await adopt.call(this, path, expected);
    return path.includes('partial') ? stored : die();
  };
}

async function main([profile, pki, url, point]: string[]): Promise<void> {
  if (!profile || !pki || !url || !point) throw new Error('profile, pki, url and kill point are needed');
  const certificate = new X509Certificate(readFileSync(join(pki, 'leader.pem')));
  const key = createPrivateKey(readFileSync(join(pki, 'leader.key')));
  const leader = { certificate, key, encoded: certificate.raw.toString('base64') };
  const identities = { leader, clerk: leader, specialist: leader, communeClerk: leader };
  const province = { url, identities, authority: { certificate } };
  const desk = await TestDesk.create(province, 'leader', { profile, parts: { signPdf: signPdf(point) } });
  await desk.signIn();
  const { id } = await desk.until(() => desk.core.documents.list('outgoing')[0]);
  // After the first page: a pull's own `put` must not be taken for the answer's.
  arming[point]?.();
  const shown = await desk.core.show(documentId.parse(id));
  if (shown.task === 'sign') await desk.sign(shown.document.id, 'approve', { key: SoftwareToken.key('01') });
  await desk.untilState(shown.document.id, 'awaitingNumber');
  await desk.close();
}

if (process.argv[1]?.endsWith('mortal-desk.ts')) await main(process.argv.slice(2));
