import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Behaviour, ResponderControl, type Service } from './responder-control.ts';

/** The PKI's services on 127.0.0.1. `behave` lets one of them fail on purpose, `requests` tells what was asked. */
export class Responders {
  /** Without a final slash. */
  readonly url: string;
  readonly #worker: Worker;
  readonly #control: ResponderControl;

  private constructor(url: string, worker: Worker, control: ResponderControl) {
    this.url = url;
    this.#worker = worker;
    this.#control = control;
  }

  /** Starts listening on a free port. `folder` is the PKI's; it may be filled later, before the first request. */
  static async start(folder: string): Promise<Responders> {
    const control = new ResponderControl();
    const worker = new Worker(new URL('./responder-thread.ts', import.meta.url), {
      workerData: { folder, memory: control.memory },
      execArgv: [],
    });
    // A lab that nobody closed must not keep its process alive.
    worker.unref();
    const [{ port }] = (await once(worker, 'message')) as [{ port: number }];
    return new Responders(`http://127.0.0.1:${port}`, worker, control);
  }

  behave(service: Service, behaviour: Behaviour): void {
    this.#control.behave(service, behaviour);
  }

  /** How many requests have come for a service since the start. */
  requests(service: Service): number {
    return this.#control.requests(service);
  }

  async close(): Promise<void> {
    const exited = once(this.#worker, 'exit');
    this.#worker.ref();
    this.#worker.postMessage('close');
    await exited;
  }
}
