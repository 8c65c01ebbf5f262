import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { type Fetcher, FetchFailure, type FetchLimits } from './fetcher.ts';

/**
 * Asks over HTTP. The addresses come out of certificates, so out of hostile files: only http and https, bounded in time, size
 * and redirects, and never to this computer or the office's own network, which a document could otherwise make the
 * program probe (server-side request forgery). Certificates' own URLs need no TLS: what comes back is signed.
 */
export class HttpFetcher implements Fetcher {
  readonly #allowPrivate: boolean;

  /** `allowPrivate` lets private and loopback addresses through: for an office with its own responder, and for tests. */
  constructor({ allowPrivate = false }: { allowPrivate?: boolean } = {}) {
    this.#allowPrivate = allowPrivate;
  }

  get(url: string, limits: FetchLimits): Promise<Uint8Array> {
    return this.#follow(url, null, '', limits);
  }

  post(url: string, body: Uint8Array, contentType: string, limits: FetchLimits): Promise<Uint8Array> {
    return this.#follow(url, body, contentType, limits);
  }

  async #follow(
    url: string,
    body: Uint8Array | null,
    contentType: string,
    limits: FetchLimits,
  ): Promise<Uint8Array> {
    // One clock over all redirects and the whole body, so that a slow drip can't hold a verification up.
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const signal = limits.signal ? AbortSignal.any([deadline, limits.signal]) : deadline;
    let target = parse(url);
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const answer = await this.#ask(target, body, contentType, signal);
      const status = answer.statusCode ?? 0;
      if (status === 200) return await readBody(answer, limits.maxBytes);
      answer.destroy();
      const location = answer.headers.location;
      if (status < 300 || status >= 400 || !location) throw new FetchFailure(`status ${status}`, { status });
      target = parse(location, target);
    }
    throw new FetchFailure('too many redirects');
  }

  #ask(
    url: URL,
    body: Uint8Array | null,
    contentType: string,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !this.#mayAsk(host)) throw new FetchFailure('private address');
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method: body ? 'POST' : 'GET',
        headers: body ? { 'Content-Type': contentType, 'Content-Length': body.length } : {},
        lookup: this.#lookup,
        signal,
        agent: false,
      });
      request.on('response', resolve);
      request.on('error', (error) => reject(new FetchFailure('no answer', { cause: error })));
      // An answer that switches protocols (101) is neither of the two, and after it no deadline ends anything.
      request.on('close', () => reject(new FetchFailure('no answer')));
      request.end(body ?? undefined);
    });
  }

  /** Checked at the name's resolution and used for the connection: checking first and resolving again could differ. */
  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => this.#mayAsk(address));
      const first = allowed[0];
      if (!first) return callback(new FetchFailure('private address'), '', 0);
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };

  #mayAsk(address: string): boolean {
    return this.#allowPrivate || !isPrivate(address);
  }
}

const maxRedirects = 3;

function parse(url: string, base?: URL): URL {
  const parsed = URL.parse(url, base?.href);
  if (parsed?.username !== '' || parsed.password !== '') throw new FetchFailure('address');
  // Directories (ldap:) are a protocol that an office's network may well answer, so that it is refused by its name.
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new FetchFailure(`protocol ${parsed.protocol.slice(0, 20)}`);
  }
  return parsed;
}

async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of answer as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > maxBytes) throw new FetchFailure('answer too large');
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof FetchFailure ? error : new FetchFailure('answer cut short', { cause: error });
  }
  return Buffer.concat(pieces);
}

/** Addresses that aren't the public Internet (IANA special-purpose registries). */
const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // Addresses that carry an IPv4 address within, for which somebody on the way would connect: compatible, translated, Teredo, 6to4.
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv6');
}

function isPrivate(address: string): boolean {
  const family = isIP(address);
  // BlockList matches IPv4-mapped IPv6 addresses (::ffff:127.0.0.1) against the IPv4 rules itself.
  return family === 0 || privateAddresses.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
