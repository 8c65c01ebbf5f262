import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../contract/failure.ts';
import { obsoleteHashUntil } from '../../contract/gate.ts';
import { requireSafeAddress } from '../sync/server-address.ts';
import type { ServerPlace } from '../sync/server-line.ts';

const path = z.string().min(1).max(4096);

/** `config.json` in the profile folder. Relative paths are relative to the profile. */
const configFile = z.strictObject({
  /** The province's server: https, or this very computer. Left out where there are only files on this computer. */
  serverUrl: z.url({ protocol: /^https?$/ }).optional(),
  /**
   * PEM files of the authorities that vouch for that server, in place of those that the system trusts; for an
   * office's own.
   */
  serverAuthorityFiles: z.array(path).min(1).max(8).optional(),
  /** PKCS#11 modules that an administrator has chosen. */
  modulePaths: z.array(path).max(32).default([]),
  /** Whether the system is searched for others, too; by default only where none is chosen. */
  discoverModules: z.boolean().optional(),
  trustAnchorFiles: z.array(path).max(64).default([]),
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
  /**
   * For how many minutes a PIN serves for further signatures, each of which the person still confirms; 0: every
   * signature, and every batch, wants the PIN.
   */
  standingLoginMinutes: z.number().min(0).max(480).default(0),
  /** The last day, in Viet Nam, on which documents signed with SHA-1 are registered without an override. */
  obsoleteHashUntil: z.iso.date().default(obsoleteHashUntil),
  /** How long the server may hold back an answer without news, in seconds. */
  changesWaitSeconds: z.int().min(0).max(30).default(20),
});

export interface CoreConfig extends z.infer<typeof configFile> {
  readonly profile: string;
  readonly anchors: X509Certificate[];
  /** PEM; left out where the system's authorities count. For this server alone, and for no signature. */
  readonly serverAuthorities?: readonly string[];
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

async function readCertificates(file: string, setting: string): Promise<X509Certificate[]> {
  const blocks = (await readText(file, setting)).match(certificateBlock) ?? [];
  try {
    if (blocks.length === 0) throw new Error('no certificate in the file');
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    throw new AppError('input-invalid', { file: 'config.json', setting }, { cause: error });
  }
}

/**
 * Reads a profile's configuration and its trust anchors; without a file all is as by default. Fails with
 * `input-invalid`, naming the setting that is wrong, and with `server-insecure`: a program that started with half a
 * configuration would fail later, and less clearly.
 */
export async function readConfig(profile: string): Promise<CoreConfig> {
  const file = join(profile, 'config.json');
  const text = existsSync(file) ? await readText(file, 'config.json') : '{}';
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
  if (config.serverUrl !== undefined) requireSafeAddress(config.serverUrl);
  const certificates = async (files: readonly string[], setting: string) =>
    (await Promise.all(files.map((file) => readCertificates(resolve(profile, file), setting)))).flat();
  const anchors = await certificates(config.trustAnchorFiles, 'trustAnchorFiles');
  const { serverAuthorityFiles } = config;
  const serverAuthorities =
    serverAuthorityFiles &&
    (await certificates(serverAuthorityFiles, 'serverAuthorityFiles')).map((each) => each.toString());
  const modulePaths = config.modulePaths.map((file) => resolve(profile, file));
  return {
    ...config,
    modulePaths,
    profile: resolve(profile),
    anchors,
    ...(serverAuthorities && { serverAuthorities }),
  };
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

/** The province's server, and who vouches for it. Fails with `server-missing` where the profile names none. */
export function serverOf({ serverUrl, serverAuthorities }: CoreConfig): ServerPlace {
  if (serverUrl === undefined) throw new AppError('server-missing');
  return serverAuthorities ? { serverUrl, serverAuthorities } : { serverUrl };
}
