/**
 * A million frames, mutated from requests that the mock serves, by clients that it should not trust. It goes on, as VPP does: a
 * frame that lies about its length costs its own connection at most, and no handler throws.
 */
import fc from 'fast-check';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { type MockVpp, startMock } from '../../mock-vpp/index.js';
import { handlersOf } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
import type { Schema } from '../../src/mux/internal.js';
import { ownSchema } from '../support/mock.js';
import { RawClient } from '../support/raw-client.js';
import { runs } from '../support/scale.js';
import { scratch } from '../support/vpp.js';
import { isLie, type Mutation, mutate, mutations } from './mutation.js';
import { answers, requestFrames } from './request-frames.js';

const FRAMES = 200;
/** Trials with one run of the mock: what they have made goes with it. */
const TRIALS = 25;
const served = Object.keys(handlersOf(KINDS)).filter((name) => !name.includes('*') && name !== 'sockclnt_create');

let schema: Schema;
beforeAll(async () => {
  schema = await ownSchema();
});

async function hostile(mock: MockVpp, all: readonly Mutation[]): Promise<'answered' | 'ended' | 'mute'> {
  const client = await RawClient.connect(mock.socket, schema, 'hostile');
  const real = requestFrames(client, schema, served);
  const frames = all.map((mutation) => {
    const frame = Buffer.from(real[mutation.frame % real.length]);
    return mutate(frame, mutation, 6);
  });
  client.send(Buffer.concat(frames));
  if (!all.some(isLie)) {
    const outcome = (await answers(client)) ? 'answered' : 'ended';
    client.close();
    return outcome;
  }
  // Bytes behind the lie may never be a frame again.
  const honest = await RawClient.connect(mock.socket, schema, 'between');
  for (let pings = 0; pings < 3; pings++) expect(await answers(honest)).toBe(true);
  honest.close();
  client.close();
  return 'mute';
}

it('a million mutated frames: the mock goes on, or ends that client', { timeout: 3_600_000 }, async () => {
  const { path, remove } = scratch();
  const failures = new Set<string>();
  const mock = await startMock({
    socket: path('api.sock'),
    setup: (dataplane) => void dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24'] }),
    log: (level, message) => {
      if (level === 'warn' && message.startsWith('the handler of')) failures.add(message);
    },
  });
  onTestFinished(async () => {
    await mock.stop();
    remove();
  });
  const outcomes = new Map<string, number>();
  let trials = 0;
  let frames = 0;
  const trial = async (all: Mutation[]) => {
    if (trials++ % TRIALS === 0) await mock.restart();
    const outcome = await hostile(mock, all);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    frames += all.length;
    const honest = await RawClient.connect(mock.socket, schema, 'honest');
    expect(await answers(honest)).toBe(true);
    honest.close();
  };
  const property = fc.asyncProperty(fc.oneof(mutations(FRAMES, false), mutations(FRAMES, true)), trial);
  await fc.assert(property, { ...runs('hostile clients of the mock', { short: 50, long: 5000 }), endOnFailure: true });
  console.log(`${frames} frames: ${JSON.stringify(Object.fromEntries(outcomes))}`);
  expect([...failures]).toEqual([]);
  expect(outcomes.get('answered') ?? 0).toBeGreaterThan(0);
  expect(outcomes.get('mute') ?? 0).toBeGreaterThan(0);
});
