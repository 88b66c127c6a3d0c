/** VPP's own resolver of names: its servers, and whether it runs. There is no server that it could ask. */
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export class Resolver {
  isEnabled = false;
  /** Addresses of servers, in hex, of four bytes or sixteen. */
  readonly servers = new Set<string>();
}

export const dns = defineKind({
  name: 'dns',
  title: 'resolver of names',
  state: () => new Resolver(),
  handlers: {
    dns_enable_disable: (fields, _, resolver) => {
      if (fields.enable && resolver.servers.size === 0) return Retval.NO_NAME_SERVERS;
      resolver.isEnabled = Boolean(fields.enable);
      return Retval.OK;
    },

    dns_name_server_add_del: (fields, _, { servers }) => {
      const bytes = Buffer.from(fields.server_address as Uint8Array);
      const server = bytes.subarray(0, fields.is_ip6 ? 16 : 4).toString('hex');
      if (fields.is_add) servers.add(server);
      else if (!servers.delete(server)) return Retval.NAME_SERVER_NOT_FOUND;
      return Retval.OK;
    },
  },
});
