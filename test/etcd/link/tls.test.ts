/** TLS and least rights: agents with certificates, whose names are users of etcd. */

import { copyFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient, type EtcdOptions } from '../../../src/etcd/index.js';
import { type EtcdCluster, type EtcdTls, etcdMissing, startEtcd } from '../../support/etcd.js';
import { type EtcdCertificates, makeCertificates } from '../../support/etcd-certificates.js';
import { type Account, enableAuth } from '../../support/etcd-requests.js';
import { readWatch } from '../../support/etcd-watch.js';
import { excused } from '../../support/needs.js';

/** An agent reads its wish, and writes its state: nothing else, and nothing of others. */
const agent = (name: string): Account => ({
  ...{ name, password: `${name}-password` },
  ...{ reads: [`/fleet/agents/${name}/config/`, '/fleet/groups/'], writes: [`/fleet/agents/${name}/state/`] },
});

describe('TLS and roles, on etcd', excused(etcdMissing('openssl')), () => {
  let certificates: EtcdCertificates;
  let cluster: EtcdCluster;
  let one: EtcdTls;
  let two: EtcdTls;
  const clientOf = (options: Omit<EtcdOptions, 'endpoints'>) => {
    const client = new EtcdClient({ endpoints: [...cluster.endpoints], requestTimeoutMs: 2000, ...options });
    onTestFinished(() => client.close());
    return client;
  };
  const root = () => clientOf({ tls: one, user: 'root', password: 'root-password' });

  beforeAll(async () => {
    certificates = makeCertificates();
    one = certificates.client('agent-1');
    two = certificates.client('agent-2');
    cluster = await startEtcd(1, { tls: certificates.server });
    const options = { endpoints: [...cluster.endpoints], tls: one };
    await enableAuth(options, 'root-password', [agent('agent-1'), agent('agent-2')]);
  });
  afterAll(async () => {
    await cluster?.close();
    certificates?.remove();
  });

  it('a certificate is enough: its common name is the user, who writes below its own label only', async () => {
    const etcd = clientOf({ tls: one });
    await etcd.put('/fleet/agents/agent-1/state/health', 'ok');
    expect((await etcd.get('/fleet/agents/agent-1/state/health'))?.value.toString()).toBe('ok');
    expect((await etcd.list({ prefix: '/fleet/groups/' })).kvs).toEqual([]);
    for (const refused of [
      () => etcd.put('/fleet/agents/agent-1/config/wish', 'mine'),
      () => etcd.put('/fleet/agents/agent-2/state/health', 'bad'),
      () => etcd.get('/fleet/agents/agent-2/config/wish'),
      () => etcd.list({ prefix: '/fleet/agents/' }),
      () => etcd.delete({ prefix: '/fleet/' }),
      () => etcd.transact({ success: [{ put: '/fleet/agents/agent-2/state/health', value: 'bad' }] }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'ETCD_PERMISSION', outcome: 'not-sent' });
    }
  });

  it("another agent's certificate: is refused under this agent's label", async () => {
    const etcd = clientOf({ tls: two });
    const error = await etcd.put('/fleet/agents/agent-1/state/health', 'ok').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_PERMISSION', key: '/fleet/agents/agent-1/state/health' });
    expect(error.message).toContain('the name in the certificate');
  });

  it('a watch without permission: ends with the refusal', async () => {
    const reader = readWatch(clientOf({ tls: two }).watch({ prefix: '/fleet/agents/agent-1/' }));
    expect(await reader.error).toMatchObject({ code: 'ETCD_PERMISSION' });
    const later = readWatch(clientOf({ tls: two }).watch({ prefix: '/fleet/agents/agent-1/' }, { fromRevision: 1 }));
    expect(await later.error).toMatchObject({ code: 'ETCD_PERMISSION' });
  });

  it('the wish of an agent: arrives, and state on a lease is written', async () => {
    const etcd = clientOf({ tls: one });
    const reader = readWatch(etcd.watch({ prefix: '/fleet/agents/agent-1/config/' }));
    await root().put('/fleet/agents/agent-1/config/wish', '1');
    await reader.knows('/fleet/agents/agent-1/config/wish', '1');
    const keys = etcd.keep({ ttlSeconds: 30 });
    keys.set('/fleet/agents/agent-1/state/alive', 'yes');
    await keys.settled();
  });

  it('a certificate of another CA: is refused by etcd', async () => {
    const stranger = certificates.stranger('agent-1');
    const error = await clientOf({ tls: stranger })
      .get('/fleet')
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_TLS', outcome: 'not-sent' });
    expect(error.message).toContain('etcd does not take the client certificate');
  });

  it('no certificate: is refused by etcd', async () => {
    const error = await clientOf({ tls: { ca: one.ca } })
      .get('/fleet')
      .catch((thrown) => thrown);
    expect(error.message).toContain('does not take the client certificate');
  });

  it('a CA that has not signed the certificate of etcd: is an error of this side', async () => {
    const error = await clientOf({ tls: { ...one, ca: two.cert } })
      .get('/fleet')
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_TLS', outcome: 'not-sent' });
    expect(error.message).toContain('signed by another CA (tls.ca)');
  });

  it('a server name: is checked against the certificate of etcd', async () => {
    expect(await clientOf({ tls: { ...one, serverName: 'etcd.test' } }).get('/fleet/groups/none')).toBeUndefined();
    const error = await clientOf({ tls: { ...one, serverName: 'other.test' } })
      .get('/fleet')
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_TLS' });
    expect(error.message).toContain('tls.serverName');
  });

  it('a file that is not there: is named', async () => {
    const error = await clientOf({ tls: { ...one, key: '/none.key' } })
      .get('/fleet')
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_TLS' });
    expect(error.message).toContain('tls.key cannot be read');
  });

  it('a renewed certificate: is used with the next connection', async () => {
    const file = `${one.cert}.renewed`;
    copyFileSync(two.cert, file);
    copyFileSync(two.key, `${file}.key`);
    const tls = { ca: one.ca, cert: file, key: `${file}.key` };
    await expect(clientOf({ tls }).put('/fleet/agents/agent-1/state/x', '1')).rejects.toMatchObject({
      code: 'ETCD_PERMISSION',
    });
    copyFileSync(one.cert, file);
    copyFileSync(one.key, `${file}.key`);
    await clientOf({ tls }).put('/fleet/agents/agent-1/state/x', '1');
  });

  it('user and password: are another user than the certificate has', async () => {
    const etcd = clientOf({ tls: one, user: 'agent-2', password: 'agent-2-password' });
    await etcd.put('/fleet/agents/agent-2/state/health', 'ok');
    await expect(etcd.put('/fleet/agents/agent-1/state/health', 'ok')).rejects.toMatchObject({
      code: 'ETCD_PERMISSION',
    });
  });

  it('a wrong password: is refused, and said nowhere', async () => {
    const etcd = clientOf({ tls: one, user: 'agent-2', password: 'secret-of-mine' });
    const error = await etcd.get('/fleet').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_AUTH', request: 'Auth/Authenticate' });
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('secret-of-mine');
    expect(await readWatch(etcd.watch('/fleet')).error).toMatchObject({ code: 'ETCD_AUTH' });
  });
});

describe('tokens of users, on etcd', excused(etcdMissing()), () => {
  it('etcd restarted, so that it knows no token: requests and watches get another one', async () => {
    const cluster = await startEtcd();
    const etcd = new EtcdClient({ endpoints: [...cluster.endpoints], user: 'agent-1', password: 'agent-1-password' });
    onTestFinished(async () => {
      await etcd.close();
      await cluster.close();
    });
    // Before authentication is turned on, a user needs no token.
    await etcd.put('/fleet/agents/agent-1/config/wish', '1');
    await enableAuth({ endpoints: [...cluster.endpoints] }, 'root-password', [agent('agent-1')]);
    const reader = readWatch(etcd.watch({ prefix: '/fleet/agents/agent-1/config/' }, { fromRevision: 1 }));
    await reader.knows('/fleet/agents/agent-1/config/wish', '1');
    for (let round = 0; round < 2; round++) {
      await cluster.members[0].kill();
      await cluster.members[0].start();
      await etcd.put('/fleet/agents/agent-1/state/round', `${round}`);
      await etcd.get('/fleet/agents/agent-1/state/round');
    }
    const root = new EtcdClient({ endpoints: [...cluster.endpoints], user: 'root', password: 'root-password' });
    await root.put('/fleet/agents/agent-1/config/wish', '2');
    await root.close();
    await reader.knows('/fleet/agents/agent-1/config/wish', '2');
    expect(reader.changes).toHaveLength(2);
  });
});
