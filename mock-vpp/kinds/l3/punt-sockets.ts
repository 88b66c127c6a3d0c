/**
 * Sockets of clients that VPP punts packets to, as in a VPP that is configured with a punt socket of its own. Facts of
 * VPP 26.06, odd ones included.
 */
import type { Fields } from '../../../src/mux/internal.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { PuntType, UDP } from './punts.js';

/** The socket of VPP that clients send packets to. */
const OWN_SOCKET = '/run/vpp/punt.sock';
const HEADER_VERSION = 1;
const ALL_PORTS = 65535;
/** Ids of exceptions that there are; VPP takes 0, too. */
const LAST_EXCEPTION = 4;

export interface PuntSocket {
  readonly punt: Fields;
  readonly pathname: string;
}

export const puntSockets = defineKind({
  name: 'puntSockets',
  title: 'punt sockets',
  /** Sockets by what is punted to them. */
  state: () => new Map<string, PuntSocket>(),
  handlers: {
    punt_socket_register: ({ punt, header_version, pathname }, _, sockets) => {
      const found = partOf(punt as Fields);
      if (found === undefined || found.retval !== Retval.OK) return undefined; // VPP answers nothing
      const { type, part } = found;
      const isRefused = type === PuntType.L4 && (part.protocol !== UDP || part.port === ALL_PORTS);
      if (isRefused || header_version !== HEADER_VERSION) return { retval: Retval.UNSPECIFIED, pathname: OWN_SOCKET };
      sockets.set(found.key, { punt: punt as Fields, pathname: String(pathname) });
      return { pathname: OWN_SOCKET };
    },

    // One that is not there is not refused.
    punt_socket_deregister: ({ punt }, _, sockets) => {
      const found = partOf(punt as Fields);
      if (found === undefined) return Retval.UNSPECIFIED;
      if (found.retval === Retval.OK) sockets.delete(found.key);
      return found.retval;
    },

    punt_socket_dump: ({ type }, _, sockets) =>
      [...sockets.values()].filter(({ punt }) => punt.type === type).map((socket): Fields => ({ ...socket })),
  },
});

/** The part of a punt that counts, and its key; undefined for a type that there is not. */
function partOf({ type, punt }: Fields) {
  const name = { [PuntType.L4]: 'l4', [PuntType.IP_PROTO]: 'ip_proto', [PuntType.EXCEPTION]: 'exception' }[
    Number(type)
  ];
  if (name === undefined) return undefined;
  const part = (punt as Record<string, Fields>)[name];
  const key = [name, ...Object.values(part)].join(' ');
  return { type, part, key, retval: refusalOf(part) };
}

function refusalOf({ id, af }: Fields): number {
  if (id !== undefined) return Number(id) <= LAST_EXCEPTION ? Retval.OK : Retval.UNSPECIFIED;
  return af === 0 || af === 1 ? Retval.OK : Retval.INVALID_ADDRESS_FAMILY;
}
