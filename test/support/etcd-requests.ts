/** Requests to etcd that only tests send: of users and roles, and behind the back of a client. */

import { rangeOf } from '../../src/etcd/kv/ranges.js';
import { revoke } from '../../src/etcd/lease/lease-requests.js';
import { Link } from '../../src/etcd/link/link.js';
import { type Method, Rpc } from '../../src/etcd/link/rpc.js';
import { type EtcdOptions, settingsOf } from '../../src/etcd/options.js';
import { HEADER_RESPONSE } from '../../src/etcd/wire/messages.js';
import { COMPACT, RANGE } from '../../src/etcd/wire/methods.js';
import {
  bytes,
  type Encodable,
  type Fields,
  id,
  int,
  type MessageType,
  message,
  one,
  text,
} from '../../src/etcd/wire/protobuf.js';

const method = <Q extends Fields>(name: string, request: MessageType<Q>) =>
  ({ name, request, answer: HEADER_RESPONSE, repeatable: false }) satisfies Method<Q, typeof HEADER_RESPONSE.fields>;

const PERMISSION = message('Permission', { type: int(1), key: bytes(2), rangeEnd: bytes(3) });
const READ = 0;
const READ_WRITE = 2;
const DEACTIVATE = 2;
const NO_SPACE = 1;

const METHODS = {
  userAdd: method('Auth/UserAdd', message('', { name: text(1), password: text(2) })),
  roleAdd: method('Auth/RoleAdd', message('', { name: text(1) })),
  grant: method('Auth/RoleGrantPermission', message('', { name: text(1), perm: one(2, PERMISSION) })),
  grantRole: method('Auth/UserGrantRole', message('', { user: text(1), role: text(2) })),
  revokeRole: method('Auth/UserRevokeRole', message('', { user: text(1), role: text(2) })),
  password: method('Auth/UserChangePassword', message('', { name: text(1), password: text(2) })),
  enable: method('Auth/AuthEnable', message('', {})),
  disarm: method('Maintenance/Alarm', message('', { action: int(1), member: id(2), alarm: int(3) })),
  defragment: method('Maintenance/Defragment', message('', {})),
  moveLeader: method('Maintenance/MoveLeader', message('', { target: id(1) })),
};

/** Sends requests with one connection, and closes it. */
export async function withRpc<T>(options: EtcdOptions, work: (rpc: Rpc) => Promise<T>): Promise<T> {
  const settings = settingsOf(options);
  const link = new Link(settings, () => {});
  try {
    return await work(new Rpc(link, settings));
  } finally {
    link.close();
  }
}

export function send<K extends keyof typeof METHODS>(
  rpc: Rpc,
  name: K,
  input: Encodable<(typeof METHODS)[K]['request']>,
): Promise<unknown> {
  return rpc.request(METHODS[name] as Method<Fields, Fields>, input as object);
}

export const leaseRevoked = (endpoints: readonly string[], lease: bigint) =>
  withRpc({ endpoints: [...endpoints] }, (rpc) => revoke(rpc, lease));

/** Moves the leader; `endpoint` has to be that of the present one. */
export const leaderMoved = (endpoint: string, to: bigint) =>
  withRpc({ endpoints: [endpoint] }, (rpc) => send(rpc, 'moveLeader', { target: to }));

/** Makes room in an etcd whose database was full. */
export const roomMade = (endpoint: string) =>
  withRpc({ endpoints: [endpoint] }, async (rpc) => {
    const { header } = await rpc.request(RANGE, { key: Buffer.from('x') });
    await rpc.request(COMPACT, { revision: header?.revision ?? 0, physical: true });
    await send(rpc, 'defragment', {});
    await send(rpc, 'disarm', { action: DEACTIVATE, member: header?.memberId, alarm: NO_SPACE });
  });

export interface Account {
  readonly name: string;
  /** '' for one that comes with a certificate. */
  readonly password: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Makes users with a role each, and turns authentication on. `root` may do everything. */
export async function enableAuth(
  options: EtcdOptions,
  rootPassword: string,
  accounts: readonly Account[],
): Promise<void> {
  await withRpc(options, async (rpc) => {
    await send(rpc, 'userAdd', { name: 'root', password: rootPassword });
    await send(rpc, 'roleAdd', { name: 'root' });
    await send(rpc, 'grantRole', { user: 'root', role: 'root' });
    for (const { name, password, reads, writes } of accounts) {
      await send(rpc, 'userAdd', { name, password });
      await send(rpc, 'roleAdd', { name });
      for (const prefix of reads) await send(rpc, 'grant', { name, perm: { type: READ, ...rangeOf({ prefix }) } });
      for (const prefix of writes)
        await send(rpc, 'grant', { name, perm: { type: READ_WRITE, ...rangeOf({ prefix }) } });
      await send(rpc, 'grantRole', { user: name, role: name });
    }
    await send(rpc, 'enable', {});
  });
}
