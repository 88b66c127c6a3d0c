/**
 * A million frames, mutated from requests, by clients of an API socket. VPP gets whole messages of its own, none that harms it and none
 * under another's index; and a client beside them gets its own answers, in order, and nothing else.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { handlersOf } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
import { conditional, forbidden } from '../../src/mux/hazards/find.js';
import type { Schema } from '../../src/mux/internal.js';
import { ownSchema, until } from '../support/mock.js';
import type { RawClient } from '../support/raw-client.js';
import { type RelayWorld, relayWorld } from '../support/relay-world.js';
import { runs } from '../support/scale.js';
import { isLie, type Mutation, mutate, mutations } from './mutation.js';
import { answers, requestFrames } from './request-frames.js';

const FRAMES = 200;
/** Trials with one VPP: what they have made goes with it. */
const TRIALS = 25;
const NEVER_SERVED = [
  'memclnt_create',
  'memclnt_delete',
  'sock_init_shm',
  'rpc_call',
  'cli',
  'app_attach',
  'rx_thread_exit',
];

let schema: Schema;
beforeAll(async () => {
  schema = await ownSchema();
});

/** Requests that the mock serves, registrations, and those that are never sent on. */
function requests(client: RawClient): Buffer[] {
  const served = Object.keys(handlersOf(KINDS)).filter((name) => !name.includes('*') && name !== 'sockclnt_delete');
  const wants = [...client.ids.keys()].filter((name) => name.startsWith('want_') && !name.endsWith('_reply'));
  return requestFrames(client, schema, [...new Set([...served, ...wants, ...NEVER_SERVED])]);
}

/** A client beside the hostile ones, which asks all the time; `end` resolves with the number of its exchanges. */
function witness(client: RawClient): { end(): Promise<number> } {
  let isOver = false;
  let exchanges = 0;
  const loop = (async () => {
    while (!isOver) {
      const contexts = ['control_ping', 'show_version', 'control_ping'].map((name) => client.post(name));
      const heard = [];
      for (const _ of contexts) heard.push((await client.message()).fields.context);
      expect(heard).toEqual(contexts);
      exchanges += contexts.length;
    }
    return exchanges;
  })();
  loop.catch(() => {}); // seen by `end`
  return {
    end: () => {
      isOver = true;
      return loop;
    },
  };
}

/** Faults of the messages that VPP has got. */
function faultsAt({ mock }: RelayWorld): string[] {
  const [{ registration }] = mock.clients;
  return mock.receivedMessages().flatMap(({ name, fields }) => {
    const found = [];
    if (forbidden(name) && name !== 'sockclnt_create') found.push(`${name} was sent on`);
    if ('client_index' in fields && fields.client_index !== registration) found.push(`${name} of another client`);
    for (const { when, lookup } of conditional(name) ?? []) {
      if (lookup === undefined && when?.holds(fields)) found.push(`${name}: ${when.text}`);
    }
    return found;
  });
}

describe('a million mutated frames from clients', () => {
  it('VPP sees only what it may, and the other clients notice nothing', { timeout: 3_600_000 }, async () => {
    const faults = new Set<string>();
    const outcomes = { answered: 0, ended: 0, mute: 0 };
    let [trials, frames, exchanges] = [0, 0, 0];
    let world: RelayWorld | undefined;
    let beside: ReturnType<typeof witness> | undefined;

    const fresh = async (): Promise<RelayWorld> => {
      await finish();
      const made = await relayWorld({
        mock: {
          keep: 4 * FRAMES,
          setup: (dataplane) => void dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24'] }),
          log: (level, text) => {
            const isWrong = text.includes('dropped without an answer') || text.startsWith('the handler of');
            if (isWrong && (level === 'debug' || level === 'warn')) faults.add(text);
          },
        },
      });
      beside = witness(await made.client('witness'));
      return made;
    };

    const finish = async () => {
      if (world === undefined) return;
      exchanges += (await beside?.end()) ?? 0;
      const { api, connection, mock, warnings } = world;
      await until(() => api.clients().length === 1);
      // VPP takes back no watch on an interface that was deleted meanwhile: it says so, and each is a line in the log.
      const stuck = () =>
        warnings.filter((line) => /could not be switched off: .*INVALID_SW_IF_INDEX/.test(line)).length;
      await until(() => mock.clients.flatMap(({ wants }) => wants).length <= stuck());
      await until(() => connection.stats().inFlight === 0);
      expect(connection.stats()).toMatchObject({ waiting: 0, channels: 1 });
      await connection.close();
      await mock.stop();
    };

    const hostile = async (all: readonly Mutation[], { client, mock }: RelayWorld): Promise<keyof typeof outcomes> => {
      const one = await client('hostile');
      const real = requests(one);
      const bytes = all.map((mutation) => mutate(Buffer.from(real[mutation.frame % real.length]), mutation, 6));
      mock.forget();
      one.send(Buffer.concat(bytes));
      const isMute = all.some(isLie);
      // Bytes behind a lie may never be a frame again: then another client shows that all has been handled.
      const asked = isMute ? await client('between') : one;
      const isAnswered = await answers(asked);
      if (isMute) expect(isAnswered).toBe(true);
      for (const each of [one, asked]) each.close();
      return isMute ? 'mute' : isAnswered ? 'answered' : 'ended';
    };

    const trial = async (all: Mutation[]) => {
      if (trials++ % TRIALS === 0) world = await fresh();
      outcomes[await hostile(all, world as RelayWorld)]++;
      frames += all.length;
      for (const fault of faultsAt(world as RelayWorld)) faults.add(fault);
      expect([...faults]).toEqual([]);
    };
    const property = fc.asyncProperty(fc.oneof(mutations(FRAMES, false), mutations(FRAMES, true)), trial);
    await fc.assert(property, { ...runs('hostile clients of a relay', { short: 50, long: 5000 }), endOnFailure: true });
    await finish();
    console.log(`${frames} frames: ${JSON.stringify(outcomes)}; ${exchanges} exchanges of a client beside them`);
    expect(outcomes.answered).toBeGreaterThan(0);
    expect(outcomes.mute).toBeGreaterThan(0);
    expect(exchanges).toBeGreaterThan(100);
  });
});
