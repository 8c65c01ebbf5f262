import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../contract/failure.ts';

const path = z.string().min(1).max(4096);

/** `config.json` in the profile folder. Relative paths are relative to the profile. */
const configFile = z.strictObject({
  serverUrl: z.url({ protocol: /^https?$/ }),
  /** PKCS#11 modules that an administrator has chosen. */
  modulePaths: z.array(path).max(32),
  /** Whether the system is searched for others, too; by default only where none is chosen. */
  discoverModules: z.boolean().optional(),
  trustAnchorFiles: z.array(path).max(64),
  approvalImage: path.optional(),
  sealImage: path.optional(),
  /** The time-stamp service (RFC 3161) for sealed documents; without one they are issued at baseline B. */
  tsaUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Certificates' addresses for OCSP and CRLs may lie in private networks, as a province's own do. */
  allowPrivateNetworks: z.boolean().default(false),
  /** How often tokens are looked for, in milliseconds; 0: only when asked. */
  tokenPollMs: z.int().min(0).max(600_000).default(1000),
  /** A login on a token ends when none has been used for this many minutes. */
  tokenIdleMinutes: z.number().min(0.01).max(480).default(15),
  /** How long the server may hold back an answer without news, in seconds. */
  changesWaitSeconds: z.int().min(0).max(30).default(20),
});

export interface CoreConfig extends z.infer<typeof configFile> {
  readonly profile: string;
  readonly anchors: X509Certificate[];
}

const imageLimitBytes = 4 * 1024 * 1024;
const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

async function readText(file: string, setting: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('input-invalid', { file: 'config.json', setting }, { cause: error });
  }
}

async function readAnchors(file: string): Promise<X509Certificate[]> {
  const blocks = (await readText(file, 'trustAnchorFiles')).match(certificateBlock) ?? [];
  try {
    if (blocks.length === 0) throw new Error('no certificate in the file');
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    throw new AppError(
      'input-invalid',
      { file: 'config.json', setting: 'trustAnchorFiles' },
      { cause: error },
    );
  }
}

/**
 * Reads a profile's configuration and its trust anchors. Fails with `input-invalid`, naming the setting that is
 * wrong: a program that started with half a configuration would fail later, and less clearly.
 */
export async function readConfig(profile: string): Promise<CoreConfig> {
  const text = await readText(join(profile, 'config.json'), 'config.json');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError('input-invalid', { file: 'config.json', setting: 'JSON' }, { cause: error });
  }
  const checked = configFile.safeParse(parsed);
  if (!checked.success) {
    const setting = checked.error.issues[0]?.path.join('.') || 'config.json';
    throw new AppError('input-invalid', { file: 'config.json', setting }, { cause: checked.error });
  }
  const config = checked.data;
  const anchorFiles = config.trustAnchorFiles.map((file) => resolve(profile, file));
  const anchors = (await Promise.all(anchorFiles.map(readAnchors))).flat();
  const modulePaths = config.modulePaths.map((file) => resolve(profile, file));
  return { ...config, modulePaths, profile: resolve(profile), anchors };
}

/**
 * A stamp's image, read afresh each time so that a changed one counts at once; `image-unusable` where it can't be.
 */
export async function readImage(
  config: CoreConfig,
  setting: 'approvalImage' | 'sealImage',
): Promise<Uint8Array | null> {
  const file = config[setting];
  if (file === undefined) return null;
  const absolute = resolve(config.profile, file);
  try {
    if ((await stat(absolute)).size > imageLimitBytes) throw new Error('image too large');
    return await readFile(absolute);
  } catch (error) {
    throw new AppError('image-unusable', {}, { cause: error });
  }
}
