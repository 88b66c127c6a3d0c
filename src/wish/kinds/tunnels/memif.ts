/**
 * memif interfaces: `x-vppmux: { memif: { memif1/0: { role: slave } } }`. The name has the numbers of the socket and of the interface.
 * VPP does not tell the secret and the numbers of queues, and the sizes only of a connected slave: they count when it is created.
 */

import { z } from 'zod';
import { bool, form, named } from '../../form-parts.js';
import { readSecret, type SecretSource, secret } from '../../secret.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found } from '../kind.js';
import { FIRST_SOCKET, socketsOf } from './memif-socket.js';

const ROLES = ['master', 'slave'] as const;
const MODES = ['ethernet', 'ip'] as const;

interface Memif {
  readonly role: (typeof ROLES)[number];
  readonly mode: (typeof MODES)[number];
  readonly ringSize?: number;
  readonly bufferSize?: number;
  /** Only a slave's buffers can be used without copying. */
  readonly zeroCopy?: boolean;
  /** Wanted values only: VPP does not tell them. */
  readonly rxQueues?: number;
  readonly txQueues?: number;
  readonly secret?: SecretSource;
}

const DEFAULT_RING = 1024;
const DEFAULT_BUFFER = 2048;
/** `MEMIF_MAX_LOG2_RING_SIZE` */
const MOST_RING = 16_384;
/** The message has room for so many bytes, and a NUL. */
const MOST_SECRET = 23;

const isPowerOf2 = (size: number) => (size & (size - 1)) === 0;
const queues = z.int().min(1).max(255);

const schema = named(
  /^memif(?:0|[1-9]\d{0,8})\/(?:0|[1-9]\d{0,8})$/,
  'must be memif, the number of its socket, a slash, and its own number',
  form(
    { role: z.enum(ROLES) },
    {
      mode: z.enum(MODES),
      'ring-size': z.int().min(2).max(MOST_RING).refine(isPowerOf2, 'must be a power of two'),
      'buffer-size': z.int().min(64).max(65_535),
      'rx-queues': queues,
      'tx-queues': queues,
      'zero-copy': bool,
      secret,
    },
  ),
);

const memifsOf = ({ extra }: Wish) => Object.entries((extra.memif as z.output<typeof schema> | undefined) ?? {});

const numbersOf = (name: string) => name.slice('memif'.length).split('/') as [socket: string, id: string];

export const memifKind = defineKind<Memif>({
  name: 'memif',
  family: 'interface',
  ownership: 'wished',
  messages: ['memif_create', 'memif_delete', 'memif_dump'],
  section: { key: 'memif', schema },
  *check(wish) {
    const roles = new Map<string, string>();
    const sockets = socketsOf(wish);
    for (const [name, { role }] of memifsOf(wish)) {
      const [socket] = numbersOf(name);
      const path = ['x-vppmux', 'memif', name];
      if (socket !== FIRST_SOCKET && !Object.hasOwn(sockets, socket)) {
        yield { path, message: `memif ${name} needs socket ${socket}, which does not exist in memif-sockets` };
      }
      const first = roles.get(socket) ?? role;
      roles.set(socket, first);
      if (role !== first) {
        const message = `memif ${name} is a ${role}, but others of socket ${socket} are not: a socket has one role`;
        yield { path: [...path, 'role'], message };
      }
    }
  },
  *wanted(wish) {
    for (const [name, itf] of memifsOf(wish)) {
      const { role, mode = 'ethernet' } = itf;
      const value: Memif = {
        ...{ role, mode, ringSize: itf['ring-size'] ?? DEFAULT_RING, bufferSize: itf['buffer-size'] ?? DEFAULT_BUFFER },
        ...{ rxQueues: itf['rx-queues'] ?? 1, txQueues: itf['tx-queues'] ?? 1 },
        ...(role === 'slave' && { zeroCopy: itf['zero-copy'] ?? true }),
        ...(itf.secret && { secret: itf.secret }),
      };
      yield { name, value, path: ['x-vppmux', 'memif', name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('memif_dump')).flatMap((details): Found<Memif>[] => {
      const name = vpp.nameOf(details.sw_if_index);
      const mode = MODES[details.mode as number];
      if (name === undefined || mode === undefined) return [];
      const role = ROLES[details.role as number];
      const isConnected = role === 'slave' && details.buffer_size !== 0;
      const value: Memif = {
        ...{ role, mode },
        ...(isConnected && { ringSize: details.ring_size as number, bufferSize: details.buffer_size as number }),
        ...(role === 'slave' && { zeroCopy: details.zero_copy as boolean }),
      };
      return [{ name, value, index: details.sw_if_index as number }];
    }),
  needs({ name }) {
    const [socket] = numbersOf(name);
    return socket === FIRST_SOCKET ? [] : [`memif-socket/${socket}`];
  },
  same: (wanted, found) =>
    (Object.keys(found.value) as (keyof Memif)[]).every((key) => found.value[key] === wanted.value[key]),
  create({ name, value }, refs) {
    const [socket, id] = numbersOf(name).map(Number);
    const source = value.secret;
    return [
      {
        name: refs.newest('memif_create_v2', 'memif_create'),
        fields: {
          ...{ role: ROLES.indexOf(value.role), mode: MODES.indexOf(value.mode), id, socket_id: socket },
          ...{ ring_size: value.ringSize, buffer_size: value.bufferSize, no_zero_copy: value.zeroCopy === false },
          ...{ rx_queues: value.rxQueues, tx_queues: value.txQueues },
          ...(source && { secret: refs.secret(() => secretOf(source)) }),
        },
      },
    ];
  },
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [
    { name: 'memif_delete', fields: { sw_if_index: refs.interface(name) }, settledBy: ['INVALID_SW_IF_INDEX'] },
  ],
  describe(found, { extra }) {
    if (found.length > 0) extra.memif = Object.fromEntries(found.map(({ name, value }) => [name, described(value)]));
  },
});

function secretOf(source: SecretSource): string {
  const text = readSecret(source);
  if (text.length > MOST_SECRET) throw new Error(`the secret of a memif has ${MOST_SECRET} characters at most`);
  return text;
}

function described({ role, mode, ringSize, bufferSize, zeroCopy }: Memif) {
  return {
    role,
    ...(mode !== 'ethernet' && { mode }),
    ...(ringSize !== undefined && ringSize !== DEFAULT_RING && { 'ring-size': ringSize }),
    ...(bufferSize !== undefined && bufferSize !== DEFAULT_BUFFER && { 'buffer-size': bufferSize }),
    ...(zeroCopy === false && { 'zero-copy': false }),
  };
}
