/** The sample files: every option is there, with the default that the code has, and explained. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import interfaceLister from '../../examples/interface-lister/interface-lister.js';
import { defaultPlugins } from '../../src/agent/choose/load-plugin.js';
import { agentSchema } from '../../src/agent/config/agent-config.js';
import { apiSocketConfig } from '../../src/plugins/api-socket/config.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { captureConfig } from '../../src/plugins/capture/config.js';
import { dashboardConfig } from '../../src/plugins/dashboard/config.js';
import { desiredStateConfig } from '../../src/plugins/desired-state/config.js';
import { etcdConfig } from '../../src/plugins/etcd/config.js';
import { gatewayConfig } from '../../src/plugins/gateway/config.js';
import { govppConfig, OBSOLETE } from '../../src/plugins/govpp/config.js';
import { healthConfig } from '../../src/plugins/health/config.js';
import { httpConfig } from '../../src/plugins/http/config.js';
import { metricsConfig } from '../../src/plugins/metrics/config.js';
import { operationsConfig } from '../../src/plugins/operations/config.js';
import { policyConfig } from '../../src/plugins/policy/config.js';
import { remoteConfig } from '../../src/plugins/remote/config.js';
import { statsConfig } from '../../src/plugins/stats/config.js';
import { traceConfig } from '../../src/plugins/trace/config.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The clone runs it, for a first look; an agent that nobody has configured does not. */
const EXAMPLE = 'interface-lister';

const samples: Record<string, z.ZodType> = {
  'conf/agent.yaml': agentSchema([...defaultPlugins(builtIns), EXAMPLE]),
  'conf/api-socket.conf': apiSocketConfig,
  'conf/capture.conf': captureConfig,
  'conf/dashboard.conf': dashboardConfig,
  'conf/desired-state.conf': desiredStateConfig,
  'conf/etcd.conf': etcdConfig,
  'conf/gateway.conf': gatewayConfig,
  'conf/govpp.conf': govppConfig,
  'conf/health.conf': healthConfig,
  'conf/http.conf': httpConfig,
  'conf/metrics.conf': metricsConfig,
  'conf/operations.conf': operationsConfig,
  'conf/policy.yaml': policyConfig,
  'conf/remote.conf': remoteConfig,
  'conf/stats.conf': statsConfig,
  'conf/trace.conf': traceConfig,
  'examples/interface-lister/interface-lister.conf': interfaceLister.config,
};

describe.each(Object.entries(samples))('%s', (file, schema) => {
  const text = readFileSync(`${root}${file}`, 'utf8');
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

  it('says exactly what the code does without it', () => {
    expect(schema.parse(parse(text))).toEqual(schema.parse({}));
  });

  it('has every key, and no other', () => {
    expect(Object.keys(parse(text)).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s: is lower case with dashes, and has a comment above it', (key) => {
    expect(key).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const lines = text.split('\n');
    const line = lines.findIndex((candidate) => candidate.startsWith(`${key}:`));
    expect(lines[line - 1]).toMatch(/^# .*[.:]|^# /);
  });
});

it('the example plugin: runs in the clone, and not by default', () => {
  expect(defaultPlugins(builtIns)).toEqual(Object.keys(builtIns).filter((name) => name !== EXAMPLE));
  expect(parse(readFileSync(`${root}conf/agent.yaml`, 'utf8')).plugins).toContain(EXAMPLE);
});

it('conf: has a sample for every built-in plugin, and nothing else', () => {
  const files = readdirSync(`${root}conf`).map((file) => `conf/${file}`);
  expect(files.sort()).toEqual(
    Object.keys(samples)
      .filter((file) => file.startsWith('conf/'))
      .sort(),
  );
});

it('keys that mean nothing any more: are not in the sample', () => {
  const text = readFileSync(`${root}conf/govpp.conf`, 'utf8');
  expect(Object.keys(OBSOLETE).filter((key) => text.includes(`${key}:`))).toEqual([]);
});

it('conf: is what `vppmux init` writes, and the example', () => {
  const folder = `${root}templates/conf/`;
  const written = new Map(readdirSync(folder).map((name) => [name, readFileSync(folder + name, 'utf8')]));
  expect([...written.keys()].sort()).toEqual(readdirSync(`${root}conf`).sort());
  for (const [name, text] of written) {
    if (name === 'agent.yaml') continue;
    expect(text, name).toBe(readFileSync(`${root}conf/${name}`, 'utf8'));
  }
  const sample = parse(readFileSync(`${root}conf/agent.yaml`, 'utf8'));
  const plugins = sample.plugins.filter((name: string) => name !== EXAMPLE);
  expect(parse(written.get('agent.yaml') ?? '')).toEqual({ ...sample, plugins });
});
