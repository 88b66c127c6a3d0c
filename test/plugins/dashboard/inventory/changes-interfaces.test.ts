/** Requests after which the dashboard reads interfaces again. */

import { expect, it } from 'vitest';
import { changedDetails, changesInterfaces } from '../../../../src/plugins/dashboard/inventory/changes-interfaces.js';
import type { ChannelMessage } from '../../../../src/sdk/index.js';

it.each([
  ['sw_interface_set_flags', true],
  ['sw_interface_add_del_address', true],
  ['sw_interface_set_table', true],
  ['sw_interface_set_l2_bridge', true],
  ['create_loopback', true],
  ['delete_subif', true],
  ['bridge_domain_add_del_v2', true],
  ['vxlan_add_del_tunnel_v3', true],
  ['memif_create_v2', true],
  ['ip_table_add_del', true],
  ['ip_route_add_del_v2', false],
  ['ip_neighbor_add_del', false],
  ['acl_add_replace', false],
  ['cli_inband', false],
])('%s: %s', (name, changes) => {
  expect(changesInterfaces(name)).toBe(changes);
});

it.each<[string, object, object, number | 'all' | undefined]>([
  ['sw_interface_add_del_address', { sw_if_index: 3 }, {}, 3],
  ['sw_interface_set_table', { sw_if_index: 4 }, {}, 4],
  ['create_loopback', {}, { sw_if_index: 5 }, 5],
  ['ip_table_add_del', {}, {}, 'all'],
  ['sw_interface_set_flags', { sw_if_index: 3 }, {}, undefined],
  ['sw_interface_set_mac_address', { sw_if_index: 3 }, {}, 3],
])('%s %j, answered %j: addresses and tables of %s', (name, asked, answered, index) => {
  const message = (name: string, fields: object) => ({ name, fields }) as ChannelMessage;
  const reply = { ...message(`${name}_reply`, answered), request: message(name, asked) };
  expect(changedDetails(reply)).toBe(index);
});

it('a request that does not fit its definition: all', () => {
  const unreadable = (name: string) =>
    Object.defineProperty({ name }, 'fields', {
      get: () => {
        throw new Error('TRUNCATED');
      },
    }) as ChannelMessage;
  const reply = Object.assign(unreadable('sw_interface_set_table_reply'), {
    request: unreadable('sw_interface_set_table'),
  });
  expect(changedDetails(reply)).toBe('all');
});
