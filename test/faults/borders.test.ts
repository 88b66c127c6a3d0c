/**
 * An agent whose neighbours mean harm: readers who send the worst texts and ask for all that is expensive, a plugin that
 * reports and throws what nobody should, an administrator who saves what is no configuration. With `npm run test:faults`
 * for a minute, with the loop watched; with `--short` a few rounds of the same.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { Board, Status } from '../../src/agent/plugin/services.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { Http } from '../../src/sdk/http.js';
import { directoryWith, recordingLog, taker } from '../agent/support.js';
import { ODDITIES } from '../support/oddities.js';
import { long } from '../support/scale.js';
import { heldBytes } from './memory.js';

const MINUTE = 60_000;
const MOST_STILL_MS = 200;
const MOST_KEPT = 16 * 1024 * 1024;
const ROUNDS = 3;

const TEXTS = [
  '1'.repeat(12_000),
  `${' '.repeat(6000)}x`,
  `${'%0a'.repeat(3000)}x`,
  '-'.repeat(9000),
  `${'a.'.repeat(5000)}`,
];
const PATHS = ['/openapi.json', '/docs', '/api', '/status', '/readiness', '/liveness', '/nothing'];
const CONFIGURATIONS = [
  'rules:\n  - { plugins: "*", messages: *_dump, action: refuse }\n',
  'rules: &a [*a]\n',
  `rules: ${'['.repeat(2000)}`,
  `a: &a x\nb: [${'*a, '.repeat(4000)}]\n`,
  `a: &a [${'x, '.repeat(500)}]\nb: [${'*a, '.repeat(500)}]\n`,
  'default: allow\n',
];

/** How long the loop stood still at most because of our own work: what others on the machine took is none of it. */
function watchLoop(): () => number {
  let most = 0;
  let [wall, cpu] = [performance.now(), process.cpuUsage()];
  const look = () => {
    const { user, system } = process.cpuUsage(cpu);
    most = Math.max(most, Math.min(performance.now() - wall, (user + system) / 1000));
    [wall, cpu] = [performance.now(), process.cpuUsage()];
  };
  const timer = setInterval(look, 5);
  return () => {
    clearInterval(timer);
    return most;
  };
}

/** An agent without a VPP, with a plugin whose services the test has in its hand. */
async function besieged() {
  const configDir = directoryWith({
    'agent.yaml': 'plugins: [govpp, policy, http, health, gateway, operations, bad]\n',
    'govpp.conf': 'binapi-socket-path: /nowhere/api.sock\n',
    'http.conf': 'endpoint: 127.0.0.1:0\nrate-limit: 0\n',
    'policy.yaml': 'default: allow\n',
  });
  const bad = taker({ status: Status, board: Board, http: Http }, 'bad');
  const { log } = recordingLog('silent');
  const agent = await createAgent({ builtIns: { ...builtIns, bad: bad.plugin }, configDir, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  return { agent, configDir, bad: bad.taken() };
}

it(
  'readers, a plugin and an administrator who mean harm: the agent answers, and keeps nothing',
  async () => {
    const { agent, configDir, bad } = await besieged();
    const client = agent.operations.open({ name: 'reader', access: 'read' });
    const statuses = new Set<number>();
    const ask = async (path: string) => {
      const answer = await fetch(`${bad.http.url}${path}`);
      await answer.arrayBuffer();
      statuses.add(answer.status);
    };
    const odd = Object.values(ODDITIES);
    const round = async (i: number) => {
      const make = odd[i % odd.length];
      writeFileSync(join(configDir, 'policy.yaml'), CONFIGURATIONS[i % CONFIGURATIONS.length]);
      agent.reload();
      bad.status.report({
        state: 'ok',
        reason: make() as string,
        details: { odd: make(), deep: { bytes: 5n, odd: make() } },
      });
      const stop = bad.board.subscribe(() => {
        throw make();
      });
      bad.status.degraded(`round ${i}`);
      stop();
      for (const path of PATHS) await ask(path);
      for (const text of TEXTS) await ask(`/api/route/list?limit=${text}`);
      // A typed fault and nothing else, whatever is in the input.
      await client.call('route.list', { limit: make() }).catch((error) => expect(typeof error.code).toBe('string'));
    };
    await round(0);
    const before = await heldBytes();
    const still = watchLoop();
    const until = performance.now() + MINUTE;
    for (let i = 1; long ? performance.now() < until : i <= ROUNDS; i++) await round(i);
    const mostMs = still();
    if (long) {
      console.log(`the loop stood still for ${Math.round(mostMs)} ms at most`);
      expect(mostMs).toBeLessThan(MOST_STILL_MS);
      expect((await heldBytes()) - before).toBeLessThan(MOST_KEPT);
    }
    expect([...statuses].filter((status) => ![200, 400, 404, 431, 503].includes(status))).toEqual([]);
    expect(agent.status.status.parts.find(({ name }) => name === 'policy')?.state).toBe('ok');
  },
  3 * MINUTE,
);
