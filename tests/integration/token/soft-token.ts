import { execFile, fork } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SoftTokenOrder } from './soft-token-maker.ts';

export const softHsm = '/usr/lib/softhsm/libsofthsm2.so';

const run = promisify(execFile);

export interface KeyPlan {
  type: 'RSA' | 'EC';
  /** As openssl writes it: `/C=VN/O=…/CN=…`. */
  subject: string;
  /** Many tokens keep no public key objects beside their private keys. */
  publicKeyObject?: boolean;
  keyUsage?: string;
  /** The certificate of another key lies under this key's id: what a botched renewal leaves behind. */
  foreignCertificate?: boolean;
  /** The certificate has no CKA_ID: some personalising programs leave it out. */
  certificateWithoutId?: boolean;
  /** The key wants the PIN with each signature (CKA_ALWAYS_AUTHENTICATE). */
  alwaysAuthenticate?: boolean;
}

export interface SoftToken {
  label: string;
  serial: string;
  pin: string;
  keys: { id: string; certificate: X509Certificate }[];
}

/** Digits, as on a PIN pad, from the system's randomness. */
function randomPin(): string {
  return Array.from(randomBytes(8), (byte) => String(byte % 10)).join('');
}

/** One that the offices' rule allows. */
export function randomGoodPin(): string {
  return `Aa${randomPin()}`;
}

function generate(type: KeyPlan['type']): KeyObject {
  return type === 'RSA'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

async function makeKey(folder: string, plan: KeyPlan): Promise<SoftTokenOrder['contents'][number]> {
  const stored = generate(plan.type);
  const certified = plan.foreignCertificate ? generate(plan.type) : stored;
  const file = join(folder, `${randomBytes(8).toString('hex')}.pem`);
  await writeFile(file, certified.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  const usage = plan.keyUsage ?? 'critical,digitalSignature,nonRepudiation';
  const { stdout } = await run('openssl', [
    ...['req', '-x509', '-new', '-key', file, '-sha256', '-days', '30', '-utf8', '-subj', plan.subject],
    ...['-addext', `keyUsage=${usage}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
  ]);
  return {
    id: randomBytes(20).toString('hex'),
    privateKey: stored.export({ format: 'der', type: 'pkcs8' }),
    certificate: new X509Certificate(stdout).raw,
    publicKeyObject: plan.publicKeyObject ?? true,
    certificateWithoutId: plan.certificateWithoutId ?? false,
    alwaysAuthenticate: plan.alwaysAuthenticate ?? false,
  };
}

/** A folder with a SoftHSM2 of its own. Set SOFTHSM2_CONF to `configuration` before a token process starts. */
export async function prepareSoftHsm(folder: string, mechanisms = 'ALL'): Promise<string> {
  await access(softHsm).catch(() => {
    throw new Error(`softhsm2 is missing: ${softHsm}`);
  });
  await mkdir(join(folder, 'tokens'), { recursive: true });
  const configuration = join(folder, 'softhsm2.conf');
  const lines = [
    `directories.tokendir = ${join(folder, 'tokens')}`,
    'log.level = ERROR',
    'slots.removable = true',
    `slots.mechanisms = ${mechanisms}`,
  ];
  await writeFile(configuration, `${lines.join('\n')}\n`);
  return configuration;
}

/** Puts another token into a folder prepared before. */
export async function makeSoftToken(folder: string, label: string, plans: KeyPlan[]): Promise<SoftToken> {
  const keys = join(folder, 'keys');
  await mkdir(keys, { recursive: true });
  const contents = await Promise.all(plans.map((plan) => makeKey(keys, plan)));
  const order: SoftTokenOrder = { label, pin: randomPin(), soPin: randomPin(), contents };
  const child = fork(fileURLToPath(new URL('./soft-token-maker.ts', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, SOFTHSM2_CONF: join(folder, 'softhsm2.conf') },
  });
  const serials = await new Promise<string[]>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string[]));
    child.once('exit', () => reject(new Error('the process that makes soft tokens ended')));
    child.send({ modulePath: softHsm, orders: [order] });
  });
  return {
    label,
    serial: serials[0] ?? '',
    pin: order.pin,
    keys: contents.map(({ id, certificate }) => ({ id, certificate: new X509Certificate(certificate) })),
  };
}
