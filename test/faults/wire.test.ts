/**
 * A million frames, random and mutated from real ones, at a connection with work in flight. Where the
 * headers tell the truth the session goes on, and answers what it is asked next; where one lies the
 * connection ends, everything settles typed, and it comes back.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Channel, type Connection, connect, VppmuxError } from '../../src/mux/index.js';
import { loadSchema, type Schema } from '../../src/mux/internal.js';
import { until } from '../support/mock.js';
import { needs } from '../support/needs.js';
import { runs } from '../support/scale.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { scratch } from '../support/vpp.js';
import { heldBytes } from './memory.js';
import { isLie, type Mutation, mutate, mutations, noise } from './mutation.js';
import { WireServer, withContext } from './wire-server.js';

const FRAMES = 200;
const LIMIT = 1024 * 1024;
const MiB = 2 ** 20;
/** Until something that has to come counts as a hang, milliseconds. */
const PATIENCE = 120_000;

describe('bytes of any kind from the other side', needs(sharedMissing), () => {
  const { path, remove } = scratch();
  let schema: Schema;
  let server: WireServer;
  let vpp: Connection;
  /** Reads its events as they come; the other one never does. */
  let seen = 0;
  const outcomes = new Map<string, number>();

  beforeAll(async () => {
    schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    server = new WireServer(schema);
    await server.listen(path('api.sock'));
    const options = {
      health: { probe: false },
      reconnect: { delayMs: 1, maxDelayMs: 1 },
      replyTimeoutMs: 60_000,
    } as const;
    const connecting = connect({ socket: path('api.sock'), schema, maxFrameBytes: LIMIT, ...options });
    await answered(connecting);
    vpp = await connecting;
    vpp
      .channel()
      .events('sw_interface_event', { subscribe: false })
      .observe()
      .subscribe({ next: () => seen++, error: () => {} });
    await vpp.channel({ replyBuffer: 100 }).events('sw_interface_event', { subscribe: false }).ready();
  });
  afterAll(() => {
    vpp?.destroy();
    server?.close();
    remove();
  });

  /** Answers honestly until `promise` has settled. */
  async function answered<T>(promise: Promise<T>): Promise<void> {
    let over = false;
    const done = () => {
      over = true;
    };
    promise.then(done, done);
    await until(() => {
      if (server.asked.length > 0) server.answerAll();
      return over;
    }, PATIENCE);
  }

  /** Requests and dumps in each of the three ways. */
  function work(ch: Channel): Promise<unknown>[] {
    return [
      ch.request('control_ping'),
      ch.request('show_version'),
      ch.request('show_version', {}, { anyRetval: true }),
      ch.dump('sw_interface_dump').toArray(),
      readToEnd(ch.dump('ip_route_v2_dump')),
      ch
        .dump('sw_interface_dump')
        .observe()
        .forEach(() => {}),
    ];
  }

  /** The bytes that are sent, and whether the stream is still in step after them. */
  function script(all: readonly Mutation[]): { bytes: Buffer; broken: boolean } {
    const { asked, recorded } = server;
    const frames = all.map((mutation) => {
      const { name, context } = asked[mutation.whose % asked.length];
      const fitting = mutation.frame % 4 > 0 ? server.answersTo(name) : recorded;
      const frame = fitting[mutation.frame % fitting.length];
      const whole = withContext(frame, context, schema);
      return mutate(whole, mutation, schema.message(frame.name).def.contextOffset);
    });
    return { bytes: Buffer.concat(frames), broken: all.some(isLie) };
  }

  const trial = async (all: Mutation[], sizeSeed: number) => {
    const { generation } = vpp.status;
    const ch = vpp.channel();
    const before = Array.from({ length: 5 }, () => work(ch).map(judged)).flat();
    await until(() => server.asked.length >= before.length, PATIENCE);
    const { bytes, broken } = script(all);
    const read = vpp.stats().bytesIn + bytes.length;
    const sizes = noise(Buffer.alloc(64), sizeSeed);
    let turn = 0;
    server.send(bytes, () => 1 + sizes[turn++ % sizes.length] ** 2);
    if (broken) server.drop();
    await until(() => vpp.status.generation > generation || vpp.stats().bytesIn >= read, PATIENCE);
    if (broken) {
      await until(() => vpp.status.generation > generation && vpp.state === 'ready', PATIENCE);
      await Promise.all(before);
    }
    // The connection answers as ever, and nothing is left of what has been.
    const honest = Promise.all([ch.request('show_version'), ch.dump('sw_interface_dump').toArray()]);
    await answered(Promise.all([honest, ...before]));
    await Promise.all(before);
    const [version, interfaces] = await honest;
    expect(version).toMatchObject({ program: 'vpe' });
    expect(interfaces.length).toBe(server.recorded.filter(({ name }) => name === 'sw_interface_details').length);
    expect(vpp.status.generation).toBe(broken ? generation + 1 : generation);
    ch.close();
    await until(() => {
      if (server.asked.length > 0) server.answerAll(); // the mux's own questions after a handshake
      return vpp.stats().inFlight === 0;
    }, PATIENCE);
  };

  /** Its outcome is counted; anything but a value or a typed error fails the trial. */
  async function judged(promise: Promise<unknown>): Promise<void> {
    let outcome = 'answered';
    try {
      await promise;
    } catch (error) {
      if (!(error instanceof VppmuxError)) throw error;
      outcome = error.code;
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  it('a million frames: goes on or ends typed and reconnects, in bounded memory', { timeout: 900_000 }, async () => {
    const { seed, numRuns } = runs('wire', { short: 150, long: 1_000_000 / FRAMES });
    const start = await heldBytes();
    const property = fc.asyncProperty(
      fc.oneof(mutations(FRAMES, false), mutations(FRAMES, true)),
      fc.nat(0x7fffffff),
      trial,
    );
    await fc.assert(property, { seed, numRuns, endOnFailure: true });
    const grown = (await heldBytes()) - start;
    const { generation } = vpp.status;
    const { strayReplies, lateReplies, unknownMessages, gaps, trailingMessages } = vpp.stats();
    console.log(
      `${numRuns * FRAMES} frames, ${generation - 1} reconnects; ${JSON.stringify(Object.fromEntries(outcomes))};`,
      JSON.stringify({ strayReplies, lateReplies, unknownMessages, trailingMessages, events: seen, gaps }),
      `memory ${(grown / MiB).toFixed(1)} MiB over the start`,
    );
    for (const outcome of ['answered', 'CONNECTION_LOST', 'TRUNCATED', 'UNEXPECTED_REPLY', 'FRAME_TOO_LARGE']) {
      expect([...outcomes.keys()]).toContain(outcome);
    }
    expect(grown).toBeLessThan(8 * MiB);
  });
});

describe('the handshake', needs(sharedMissing), () => {
  const { path, remove } = scratch();
  afterAll(remove);

  it('answered with anything: connects, or fails typed', { timeout: 900_000 }, async () => {
    const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    const results = new Map<string, number>();
    const parameters = runs('handshake', { short: 100, long: 5000 });
    const server = new WireServer(schema);
    await server.listen(path('api.sock'));
    onTestFinished(() => server.close());
    const property = fc.asyncProperty(mutations(1, true), fc.nat(9), async ([mutation], copies) => {
      server.welcome = (honest) => {
        let bytes: Buffer = Buffer.from(honest);
        for (let i = 0; i <= copies; i++) bytes = mutate(bytes, { ...mutation, at: mutation.at * (i + 1) }, 6);
        return bytes;
      };
      server.endAfterWelcome = true;
      const result = await connect({
        socket: path('api.sock'),
        schema,
        maxFrameBytes: LIMIT,
        health: { probe: false },
      }).then(
        (connection) => {
          connection.destroy();
          return 'connected';
        },
        (error: unknown) => {
          if (!(error instanceof VppmuxError)) throw error;
          return error.code;
        },
      );
      results.set(result, (results.get(result) ?? 0) + 1);
    });
    await fc.assert(property, { ...parameters, endOnFailure: true });
    console.log(JSON.stringify(Object.fromEntries(results)));
    expect([...results.keys()]).toEqual(expect.arrayContaining(['connected', 'HANDSHAKE_FAILED']));
  });
});

async function readToEnd(details: AsyncIterable<unknown>): Promise<void> {
  for await (const _each of details);
}
