/** The examples for Kubernetes: they fit together, and an agent with their configuration answers their probes. */

import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { duration } from '../../src/agent/config/duration.js';
import { closedPart } from '../../src/cli/init/service.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { directoryWith, recordingLog } from '../agent/support.js';
import { startAs } from '../support/as-user.js';
import { builtTree, root } from '../support/built.js';
import { excuse, needsRoot } from '../support/excused.js';
import { testMock } from '../support/mock.js';

const folder = join(root, 'deploy', 'kubernetes');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

interface Named {
  readonly name: string;
}
interface Probe {
  readonly httpGet: { readonly host?: string; readonly path: string; readonly port: string };
}
interface Container extends Named {
  readonly args: readonly string[];
  readonly env: readonly (Named & { value: string })[];
  readonly ports: readonly (Named & { containerPort: number })[];
  readonly volumeMounts: readonly (Named & { mountPath: string })[];
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number };
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}
interface Volume extends Named {
  readonly configMap?: Named;
  readonly secret?: { readonly secretName: string; readonly defaultMode: number };
}
interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly hostNetwork?: boolean;
  readonly securityContext: { readonly fsGroup?: number };
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}
interface Manifest {
  readonly kind: string;
  readonly metadata: Named;
  readonly data?: Record<string, string>;
  readonly spec?: { readonly template?: { readonly spec: Pod } };
}

/** A file's objects. Kubernetes reads YAML 1.1, where 0440 is octal. */
function load(file: string) {
  const text = readFileSync(join(folder, file), 'utf8');
  const manifests = parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Manifest);
  const pod = manifests.find(({ spec }) => spec?.template)?.spec?.template?.spec as Pod;
  const container = pod.containers.find(({ name }) => name === 'vppmux') as Container;
  const config = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'vppmux')?.data ?? {};
  return { text, manifests, pod, container, config, http: parse(config['http.conf']) as Record<string, string> };
}

describe.each(files)('deploy/kubernetes/%s', (file) => {
  const { text, manifests, pod, container, config, http } = load(file);

  it('volumes, mounts, configuration and secrets: name each other', () => {
    const volumes = new Set(pod.volumes.map(({ name }) => name));
    for (const { volumeMounts } of pod.containers) {
      for (const { name } of volumeMounts) expect(volumes).toContain(name);
    }
    const maps = manifests.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
    for (const { configMap } of pod.volumes) if (configMap) expect(maps).toContain(configMap.name);
    const secret = pod.volumes.find((volume) => volume.secret)?.secret;
    expect(text).toContain(`create secret generic ${secret?.secretName}`);
    for (const key of ['read-token', 'write-token']) {
      expect(http[key]).toBe(`credential:${key}`);
      expect(text).toContain(`--from-literal=${key}=$(openssl rand -hex 32)`);
    }
    const mount = (name: string) => container.volumeMounts.find((each) => each.name === name)?.mountPath;
    expect(container.env).toContainEqual({ name: 'CREDENTIALS_DIRECTORY', value: mount('vppmux-tokens') });
    expect(container.args).toEqual(['run', '--config-dir', mount('vppmux-config')]);
  });

  it('the configuration: is one that the agent starts with, and ends within the grace period', async () => {
    const { log, lines } = recordingLog('warn');
    await createAgent({ builtIns, configDir: directoryWith(config), env: {}, log });
    expect(lines).toEqual([]);
    const stopMs = duration().parse(parse(config['agent.yaml'])['stop-timeout']);
    expect(stopMs).toBeLessThan(pod.terminationGracePeriodSeconds * 1000);
  });

  it('the probes: reach the port that the agent listens on', () => {
    const port = Number(http.endpoint.split(':').at(-1));
    expect(container.ports).toEqual([{ name: 'http', containerPort: port }]);
    const { startupProbe, livenessProbe, readinessProbe } = container;
    const probes = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet);
    expect(probes.map(({ path }) => path)).toEqual(['/liveness', '/liveness', '/readiness']);
    for (const probe of probes) expect(probe).toMatchObject({ port: 'http' });
    // The kubelet's loopback is the pod's only where both have the node's network.
    const host = http.endpoint.startsWith('127.') ? '127.0.0.1' : undefined;
    for (const probe of probes) expect(probe.host).toBe(host);
    expect(pod.hostNetwork ?? false).toBe(host !== undefined);
  });
});

describe('a pod with them', () => {
  beforeAll(builtTree);

  /** As the kubelet mounts a ConfigMap or a Secret: links to a folder that it exchanges as a whole. */
  function mounted(dir: string, data: Record<string, string>, mode: number, gid: number): string {
    mkdirSync(join(dir, '..2026'), { recursive: true });
    symlinkSync('..2026', join(dir, '..data'));
    for (const [name, text] of Object.entries(data)) {
      writeFileSync(join(dir, '..2026', name), text);
      chownSync(join(dir, '..2026', name), 0, gid);
      chmodSync(join(dir, '..2026', name), mode);
      symlinkSync(join('..data', name), join(dir, name));
    }
    return dir;
  }

  it.for(files)('%s: the agent is alive, ready, and knows its tokens', async (file, context) => {
    needsRoot(context);
    const closed = closedPart(join(root, 'bin', 'vppmux.js')) ?? closedPart(process.execPath);
    if (closed !== undefined) excuse(context, `other users may not enter ${closed}`);
    const { pod, container, config, http } = load(file);
    const { runAsUser: uid, runAsGroup: gid } = container.securityContext;
    const { fsGroup = gid } = pod.securityContext;

    const mock = await testMock();
    chmodSync(dirname(mock.socket), 0o755);
    chownSync(mock.socket, 0, fsGroup);
    chmodSync(mock.socket, 0o770);
    const base = directoryWith({});
    chmodSync(base, 0o755);
    const tokens = { 'read-token': `${'r'.repeat(32)}`, 'write-token': `${'w'.repeat(32)}` };
    const { defaultMode } = pod.volumes.find(({ secret }) => secret)?.secret ?? { defaultMode: 0 };
    const secrets = mounted(join(base, 'secrets'), tokens, defaultMode, fsGroup);
    const freePort = { 'http.conf': config['http.conf'].replace(':9191', ':0') };
    const dir = mounted(join(base, 'config'), { ...config, ...freePort }, 0o644, 0);

    const command = [process.execPath, join(root, 'bin', 'vppmux.js'), 'run', '--config-dir', dir];
    const agent = startAs({ uid, gid, groups: [fsGroup] }, [...command, '--socket', mock.socket], {
      CREDENTIALS_DIRECTORY: secrets,
      HOME: '/',
    });
    const port = (await agent.said(/listening at http:[^" ]+:(\d+)/))[1];
    // From outside of the pod, as far as a machine without a network has one.
    const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const address = outside.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
    const host = http.endpoint.startsWith('0.0.0.0') && address !== undefined ? address : '127.0.0.1';
    const ask = async (path: string, token?: string) => {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return (await fetch(`http://${host}:${port}${path}`, { headers })).status;
    };
    expect(await ask(container.livenessProbe.httpGet.path)).toBe(200);
    await expect.poll(() => ask(container.readinessProbe.httpGet.path)).toBe(200);
    expect([await ask('/api'), await ask('/api', tokens['read-token'])]).toEqual([401, 200]);
    agent.child.kill('SIGTERM');
    expect(await agent.ended).toBe(0);
  });
});
