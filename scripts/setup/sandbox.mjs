import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** @param {string} file */
function setting(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // A kernel without this setting has no such restriction.
    return null;
  }
}

/**
 * Why Chromium's sandbox can't run here, or null where it can: as an ordinary user, with the helper that is root's and
 * has the set-user-id bit, or else with user namespaces.
 *
 * @param {string} program Electron's binary
 */
export function sandboxObstacle(program) {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'it never runs as root';
  const helper = path.join(path.dirname(program), 'chrome-sandbox');
  if (existsSync(helper)) {
    const { uid, mode } = statSync(helper);
    if (uid === 0 && (mode & 0o4005) === 0o4005) return null;
  }
  const refused =
    setting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    setting('/proc/sys/user/max_user_namespaces') === '0' ||
    setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1';
  return refused ? 'its helper is not set up, and user namespaces are switched off' : null;
}
