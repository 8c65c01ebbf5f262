import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way through. */
export type Passage =
  | 'pass'
  /** Dropped before the server sees it. */
  | 'drop'
  /** The server does its work, and its answer is lost. */
  | 'loseAnswer'
  /** Held until the far end is gone, without the server having seen it. */
  | 'hold'
  /** The server does its work; then held. */
  | 'holdAnswer'
  /** Part of the answer's body, then the line breaks. */
  | 'cutAnswer';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Stands between a client and a server, and breaks the line where a test wants it. */
export class GateProxy {
  readonly seen: SeenRequest[] = [];
  /** Decides for each request; `pass` where it isn't set. */
  rule: (request: SeenRequest) => Passage = () => 'pass';
  /** What the server is made to say instead; its own answer where this isn't set. */
  lie: (request: SeenRequest, answer: Answer) => Answer = (_, answer) => answer;
  /** Told when a request has been held, with or without the server's doing. */
  onHeld: (request: SeenRequest) => void = () => undefined;
  readonly #target: () => string;
  readonly #server: Server;

  constructor(target: () => string) {
    this.#target = target;
    this.#server = createServer((incoming, outgoing) => void this.#handle(incoming, outgoing));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests whose path contains `part`. */
  count(part: string): number {
    return this.seen.filter(({ path }) => path.includes(part)).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/' } = incoming;
    const seen = { method, path, body: body.toString('latin1') };
    this.seen.push(seen);
    const passage = this.rule(seen);
    if (passage === 'drop') return void outgoing.destroy();
    if (passage === 'hold') return this.onHeld(seen);
    const told = await this.#forward(incoming, body).catch(() => null);
    const answer = told && this.lie(seen, told);
    if (answer === null || passage === 'loseAnswer') return void outgoing.destroy();
    if (passage === 'holdAnswer') return this.onHeld(seen);
    outgoing.writeHead(
      answer.status,
      answer === told ? told.headers : { 'content-type': answer.headers['content-type'] },
    );
    if (passage === 'pass') return void outgoing.end(answer.body);
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => outgoing.destroy());
  }

  #forward(incoming: IncomingMessage, body: Buffer) {
    const { method, url, headers } = incoming;
    return new Promise<Answer>((resolve, reject) => {
      const onward = request(new URL(url ?? '/', this.#target()), { method, headers }, async (response) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of response) chunks.push(chunk as Buffer);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        } catch (error) {
          reject(error);
        }
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }
}
