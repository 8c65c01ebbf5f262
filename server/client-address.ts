import { BlockList, isIP, isIPv6 } from 'node:net';
import { AppError } from '../contract/failure.ts';

/**
 * Who really calls, where proxies stand in front: what they say of an address is believed only as far as the named
 * ones reach, from the right, since whatever a client wrote itself stands further left.
 */
export class ClientAddress {
  readonly #trusted = new BlockList();

  /**
   * @param trusted addresses or networks ("10.1.2.3", "10.0.0.0/8", "fd00::/8"); fails with `input-invalid` for
   * anything else
   */
  constructor(trusted: readonly string[]) {
    for (const each of trusted) this.#add(each);
  }

  /** `peer`: the connection's other end; `forwarded`: the X-Forwarded-For headers, joined by commas. */
  of(peer: string, forwarded: string | undefined): string {
    let client = plainAddress(peer);
    const named = (forwarded ?? '').split(',').reverse();
    for (const each of named) {
      if (!this.#isTrusted(client)) return client;
      const next = plainAddress(
        each
          .trim()
          .replace(/^\[(.*)\](:\d+)?$/, '$1')
          .replace(/^([\d.]+):\d+$/, '$1'),
      );
      // A proxy that writes something else hides its client; the nearest address that is one then counts.
      if (isIP(next) === 0) return client;
      client = next;
    }
    return client;
  }

  #isTrusted(address: string): boolean {
    return isIP(address) !== 0 && this.#trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }

  #add(entry: string): void {
    const [address = '', bits, ...rest] = entry.split('/');
    const version = isIP(address);
    const longest = version === 4 ? 32 : 128;
    const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    // All addresses at once would let anybody choose theirs.
    if (version === 0 || rest.length > 0 || !(prefix >= 1 && prefix <= longest)) {
      throw new AppError('input-invalid', { field: 'trusted-proxy' });
    }
    this.#trusted.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }
}

/** An IPv4 address that came in through an IPv6 socket is the IPv4 address; zones are a matter of this computer. */
function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  return mapped ?? bare;
}

/**
 * What one subscriber has: an IPv4 address, or the 64 bits of an IPv6 network, of which they have 2^64 addresses to
 * choose from.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
