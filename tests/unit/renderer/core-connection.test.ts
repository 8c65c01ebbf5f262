import { afterEach, describe, expect, test } from 'vitest';
import { sealPin } from '../../../contract/sealed-pin.ts';
import { ActBoard } from '../../../renderer/core/act-board.ts';
import { CoreConnection } from '../../../renderer/core/core-connection.ts';
import { FakeCore } from './fake-core/fake-core.ts';
import { desk, idOf, outgoing, token } from './fake-core/samples.ts';

const ports: MessagePort[] = [];
function join(core: FakeCore, connection: CoreConnection): MessagePort {
  const { port1, port2 } = new MessageChannel();
  core.serve(port1);
  connection.attach(port2);
  ports.push(port1, port2);
  return port1;
}
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const key = { modulePath: '/lab/module.so', tokenSerial: token().serial, certificateId: '0a01' };

describe('the connection to the core', () => {
  test('waits for its port, then calls', async () => {
    const core = await FakeCore.create();
    const connection = new CoreConnection(
      () => undefined,
      () => undefined,
    );
    const asked = connection.call((client, options) => client.session.state({}, options));
    join(core, connection);
    expect(await asked).toEqual({ status: 'signedOut' });
  });

  test('says core-stopped where no port comes in time', async () => {
    const connection = new CoreConnection(
      () => undefined,
      () => undefined,
    );
    await expect(connection.call((client) => client.session.state({}), 20)).rejects.toMatchObject({
      code: 'core-stopped',
    });
  });

  test('ends calls under way when the core is lost, and goes on with the next port', async () => {
    const core = await FakeCore.create();
    let connected = 0;
    const connection = new CoreConnection(
      () => undefined,
      () => {
        connected += 1;
      },
    );
    join(core, connection);
    core.state.hold = 'token';
    const signing = connection.call((client, options) => client.session.signIn({ key }, options));
    const ended = expect(signing).rejects.toMatchObject({ code: 'core-stopped', retryable: true });
    connection.lost();
    await ended;
    expect(connection.status.get()).toBe('stopped');
    join(await FakeCore.create(), connection);
    expect(await connection.call((client, options) => client.outbox.list({}, options))).toEqual([]);
    expect(connection.status.get()).toBe('connected');
    expect(connected).toBe(2);
  });

  test('passes the core’s failures on with code and params', async () => {
    const core = await FakeCore.create();
    const connection = new CoreConnection(
      () => undefined,
      () => undefined,
    );
    join(core, connection);
    core.state.failNext = { code: 'pin-incorrect', params: { finalTry: true }, retryable: false };
    await expect(
      connection.call((client, options) => client.session.signIn({ key }, options)),
    ).rejects.toMatchObject({ code: 'pin-incorrect', params: { finalTry: true } });
  });

  test('takes no answer that breaks the contract', async () => {
    const core = await FakeCore.create();
    const connection = new CoreConnection(
      () => undefined,
      () => undefined,
    );
    join(core, connection);
    core.state.connection = { ...core.state.connection, waiting: -1 };
    await expect(
      connection.call((client, options) => client.connection.state({}, options)),
    ).rejects.toMatchObject({ code: 'internal' });
  });

  test('hears what changes', async () => {
    const core = await FakeCore.create();
    const heard: string[] = [];
    const told = new Promise<void>((resolve) => {
      const connection = new CoreConnection(
        ({ topic }) => {
          heard.push(topic);
          resolve();
        },
        () => undefined,
      );
      join(core, connection);
    });
    // The watcher begins on its own time: announce until it has heard.
    const timer = setInterval(() => core.announce('outbox'), 10);
    await told.finally(() => clearInterval(timer));
    expect(heard[0]).toBe('outbox');
  });

  test('carries a PIN only sealed', async () => {
    const core = await FakeCore.create();
    const connection = new CoreConnection(
      () => undefined,
      () => undefined,
    );
    const { port1, port2 } = new MessageChannel();
    const { port1: far, port2: near } = new MessageChannel();
    ports.push(port1, port2, far, near);
    const seen: string[] = [];
    port1.addEventListener('message', ({ data }) => {
      seen.push(String(data));
      far.postMessage(data);
    });
    far.addEventListener('message', ({ data }) => port1.postMessage(data));
    port1.start();
    far.start();
    core.serve(near);
    connection.attach(port2);
    const secret = String(Math.random()).slice(2, 10);
    const pinKey = await connection.call((client, options) => client.tokens.pinKey({}, options));
    const bytes = new TextEncoder().encode(secret);
    const pin = await sealPin(bytes, pinKey);
    expect([...bytes]).toEqual(Array(8).fill(0));
    await connection.call((client, options) => client.session.signIn({ key, pin }, options));
    expect(core.pins).toEqual([secret]);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.join()).not.toContain(secret);
  });
});

describe('the board of acts', () => {
  const id = idOf(1);

  test('shows steps, then how it ended, and keeps it until it is closed', async () => {
    const board = new ActBoard();
    let finish = (): void => undefined;
    const finished = new Promise<null>((resolve) => {
      finish = () => resolve(null);
    });
    const done = board.run(id, 'approve', 'Về việc họp', () => finished);
    board.step(id, 'token');
    expect(board.entries.get().get(id)).toMatchObject({ kind: 'running', step: 'token' });
    board.dismiss(id);
    expect(board.entries.get().get(id)?.kind).toBe('running');
    finish();
    await done;
    expect(board.entries.get().get(id)?.kind).toBe('done');
    board.dismiss(id);
    expect(board.entries.get().size).toBe(0);
  });

  test('signs a document once, however often it is asked meanwhile', async () => {
    const board = new ActBoard();
    let times = 0;
    const act = async () => {
      times += 1;
      await Promise.resolve();
      return null;
    };
    await Promise.all([board.run(id, 'approve', '', act), board.run(id, 'approve', '', act)]);
    expect(times).toBe(1);
  });

  test('keeps what there is to know of an act that went well', async () => {
    const board = new ActBoard();
    const warning = { code: 'certificate-unchecked', params: {}, retryable: false } as const;
    await board.run(id, 'approve', '', () => Promise.resolve(warning));
    expect(board.entries.get().get(id)).toMatchObject({ kind: 'done', warning });
  });

  test('keeps a failure’s code and nothing of what was thrown', async () => {
    const board = new ActBoard();
    await board.run(id, 'seal', '', () => Promise.reject(new Error('pin 1234')));
    const status = board.entries.get().get(id);
    expect(status).toMatchObject({ kind: 'failed', failure: { code: 'internal' } });
    expect(JSON.stringify(status)).not.toContain('1234');
  });
});

test('the fake core keeps to the contract', async () => {
  const core = await FakeCore.create();
  core.state.documents = [desk(outgoing(1, 'Về việc họp', 'sign', 1000), 'sign')];
  core.state.boxes = { toSign: [idOf(1)] };
  const connection = new CoreConnection(
    () => undefined,
    () => undefined,
  );
  join(core, connection);
  const cards = await connection.call((client, options) => client.documents.list({ box: 'toSign' }, options));
  expect(cards).toHaveLength(1);
  const one = await connection.call((client, options) => client.documents.get({ id: idOf(1) }, options));
  expect(one.task).toBe('sign');
});
