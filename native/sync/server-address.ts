import { AppError } from '../../contract/failure.ts';

/** 127.0.0.0/8 in the one form that URL gives every spelling of it: 127.1, 0x7f.1, 2130706433. */
const loopback4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
/** ::1, and 127.0.0.0/8 mapped into IPv6. */
const loopback6 = /^\[(::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})\]$/;

/**
 * Whether an address is this very computer, whoever answers name servers' questions: the loopback networks by number,
 * and `localhost`. Not `localhost.` and names below it, which some systems ask a name server for; not 0.0.0.0, which
 * is no address to send to.
 */
function isThisComputer({ hostname }: URL): boolean {
  return hostname === 'localhost' || loopback4.test(hostname) || loopback6.test(hostname);
}

/** Whether what is sent there can be read or changed by nobody on the way, and names nobody ("https://user@host"). */
export function isSafeAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisComputer(url));
}

/** Fails with `server-insecure` {url} unless the province's server is reached by HTTPS, or is this computer. */
export function requireSafeAddress(text: string): void {
  if (isSafeAddress(text)) return;
  // Without what somebody may have taken for a place for a password.
  const { protocol = '', host = '' } = URL.parse(text) ?? {};
  throw new AppError('server-insecure', host ? { url: `${protocol}//${host}` } : {});
}
