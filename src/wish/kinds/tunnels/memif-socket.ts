/** Socket files that memif interfaces meet at: `x-vppmux: { memif-sockets: { 1: /run/vpp/memif-1.sock } }`. */

import { z } from 'zod';
import { named } from '../../form-parts.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';

interface MemifSocket {
  readonly filename: string;
}

/** VPP has this one from the start, and does not let it go. */
export const FIRST_SOCKET = '0';

/** Bytes of a Linux socket's path. */
const MOST_BYTES = 107;

const filename = z
  .string()
  .regex(/^(?:\/|abstract:)/, 'must be an absolute path, or abstract: and a name')
  .refine((text) => Buffer.byteLength(text) <= MOST_BYTES, `must have ${MOST_BYTES} bytes at most`);

const schema = named(/^[1-9]\d{0,8}$/, 'must be the number of a socket, from 1', filename);

/** Paths by the sockets' numbers. */
export const socketsOf = ({ extra }: Wish): Readonly<Record<string, string>> =>
  (extra['memif-sockets'] as z.output<typeof schema> | undefined) ?? {};

const change = ({ name, value }: KindObject<MemifSocket>, refs: References, is_add: boolean) => ({
  name: refs.newest('memif_socket_filename_add_del_v2', 'memif_socket_filename_add_del'),
  fields: { is_add, socket_id: Number(name), socket_filename: value.filename },
});

export const memifSocketKind = defineKind<MemifSocket>({
  name: 'memif-socket',
  ownership: 'wished',
  messages: ['memif_socket_filename_add_del', 'memif_socket_filename_dump'],
  section: { key: 'memif-sockets', schema },
  *wanted(wish) {
    for (const [name, filename] of Object.entries(socketsOf(wish))) {
      yield { name, value: { filename }, path: ['x-vppmux', 'memif-sockets', name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('memif_socket_filename_dump'))
      .map(({ socket_id, socket_filename }): Found<MemifSocket> => {
        return { name: String(socket_id), value: { filename: socket_filename as string } };
      })
      .filter(({ name }) => name !== FIRST_SOCKET),
  needs: () => [],
  create: (wanted, refs) => [change(wanted, refs, true)],
  remove: (found, refs) => [{ ...change(found, refs, false), settledBy: ['INVALID_ARGUMENT'] }],
  describe(found, { extra }) {
    if (found.length > 0)
      extra['memif-sockets'] = Object.fromEntries(found.map(({ name, value }) => [name, value.filename]));
  },
});
