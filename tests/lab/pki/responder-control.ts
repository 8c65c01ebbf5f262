export const services = ['ocsp', 'crl', 'crt', 'tsa'] as const;
export type Service = (typeof services)[number];

/**
 * How a service behaves: as it should; `refuse` cuts the connection; `stall` takes the request and never answers;
 * `nonsense` answers 200 with a web page, as a hotel's sign-in page does.
 */
export const behaviours = ['normal', 'refuse', 'stall', 'nonsense'] as const;
export type Behaviour = (typeof behaviours)[number];

/**
 * Behaviour and request count of each service, in memory that the responders' thread and the lab share: a change holds
 * at once, and a count is exact even while the test's own thread is busy.
 */
export class ResponderControl {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(services.length * 2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  behave(service: Service, behaviour: Behaviour): void {
    Atomics.store(this.#cells, services.indexOf(service), behaviours.indexOf(behaviour));
  }

  behaviour(service: Service): Behaviour {
    return behaviours[Atomics.load(this.#cells, services.indexOf(service))] ?? 'normal';
  }

  countRequest(service: Service): void {
    Atomics.add(this.#cells, services.length + services.indexOf(service), 1);
  }

  requests(service: Service): number {
    return Atomics.load(this.#cells, services.length + services.indexOf(service));
  }
}
