import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig, readImage } from '../../../native/core/config.ts';

const whole = { serverUrl: 'http://127.0.0.1:8080', modulePaths: ['driver.so'], trustAnchorFiles: [] };

function profile(config: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'antin-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return folder;
}

test('defaults are filled in, and paths are the profile’s', async () => {
  const folder = profile(whole);
  expect(await readConfig(folder)).toEqual({
    ...whole,
    modulePaths: [join(folder, 'driver.so')],
    tokenPollMs: 1000,
    tokenIdleMinutes: 15,
    standingLoginMinutes: 0,
    changesWaitSeconds: 20,
    obsoleteHashUntil: '2028-12-31',
    allowPrivateNetworks: false,
    profile: folder,
    anchors: [],
  });
});

test.each([
  ['no JSON', '{', 'JSON'],
  ['another address', { ...whole, serverUrl: 'ftp://x' }, 'serverUrl'],
  ['a misspelt setting', { ...whole, tokenPolMs: 5 }, 'config.json'],
  ['a wrong number', { ...whole, changesWaitSeconds: 900 }, 'changesWaitSeconds'],
  ['an anchor that is not there', { ...whole, trustAnchorFiles: ['gone.pem'] }, 'trustAnchorFiles'],
  ['an anchor that is none', { ...whole, trustAnchorFiles: ['config.json'] }, 'trustAnchorFiles'],
])('%s is named', async (_, config, setting) => {
  await expect(readConfig(profile(config))).rejects.toMatchObject({
    code: 'input-invalid',
    params: { file: 'config.json', setting },
  });
});

test('no configuration at all is one without a server: files on this computer', async () => {
  const config = await readConfig(join(tmpdir(), 'antin-nowhere'));
  expect(config.serverUrl).toBeUndefined();
  expect(config).toMatchObject({ modulePaths: [], anchors: [], standingLoginMinutes: 0 });
});

test('an image that is missing is unusable, one that is not set is none', async () => {
  const config = await readConfig(profile({ ...whole, sealImage: 'gone.png' }));
  expect(await readImage(config, 'approvalImage')).toBeNull();
  await expect(readImage(config, 'sealImage')).rejects.toMatchObject({ code: 'image-unusable' });
});
