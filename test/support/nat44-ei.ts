/** NAT44-EI with a loopback, for its contract tests. */
import { expect, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from './contract-client.js';

export const NONE = 0xffffffff;
/** Bits of nat44_ei_config_flags. */
export const [ADDR_ONLY, INSIDE, OUTSIDE] = [8, 16, 32];

/** Disabled again after the test. */
export async function nat44Ei(isEnabled = true) {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const plugin = (enable: boolean, fields: Fields = {}) =>
    vpp.retval('nat44_ei_plugin_enable_disable', { enable, ...fields });
  if (isEnabled) expect(await plugin(true)).toBe(0);
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('nat44_ei_plugin_enable_disable', { enable: false });
  });
  const onLoop =
    (name: string) =>
    (fields: Fields = {}) =>
      vpp.retval(`nat44_ei_${name}`, { is_add: true, sw_if_index: loop, ...fields });
  return {
    ...{ vpp, loop, plugin },
    addresses: (first: string, last: string, fields: Fields = {}) =>
      vpp.retval('nat44_ei_add_del_address_range', {
        ...{ first_ip_address: first, last_ip_address: last, vrf_id: NONE, is_add: true },
        ...fields,
      }),
    feature: (fields: Fields = {}) => onLoop('interface_add_del_feature')({ flags: INSIDE, ...fields }),
    output: onLoop('add_del_output_interface'),
    outputFeature: onLoop('interface_add_del_output_feature'),
    addressOf: onLoop('add_del_interface_addr'),
    mapping: (fields: Fields = {}) =>
      vpp.retval('nat44_ei_add_del_static_mapping', {
        ...{ is_add: true, local_ip_address: '10.0.0.1', external_ip_address: '192.0.2.10' },
        ...{ local_port: 80, external_port: 8080, protocol: 6, vrf_id: NONE, external_sw_if_index: NONE, tag: 'web' },
        ...fields,
      }),
    identity: (fields: Fields = {}) =>
      vpp.retval('nat44_ei_add_del_identity_mapping', {
        ...{ is_add: true, ip_address: '192.0.2.10', port: 53, protocol: 17, vrf_id: NONE, sw_if_index: NONE },
        ...{ tag: 'dns', ...fields },
      }),
    address: (prefix: string, is_add = true) =>
      vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix }),
    pool: async () => (await vpp.dump('nat44_ei_address_dump')).map((each) => [each.ip_address, each.vrf_id]),
    features: async () => (await vpp.dump('nat44_ei_interface_dump')).map((each) => [each.sw_if_index, each.flags]),
    outputs: async () => {
      const details = await vpp.dump('nat44_ei_output_interface_get');
      // The request's own reply ends the list.
      return details.filter((each) => each.retval === undefined).map((each) => each.sw_if_index);
    },
    outputFeatures: async () =>
      (await vpp.dump('nat44_ei_interface_output_feature_dump'))
        .filter((each) => each.sw_if_index === loop)
        .map((each) => [each.sw_if_index, each.flags]),
    mappings: async () =>
      (await vpp.dump('nat44_ei_static_mapping_dump')).map((each) => [
        ...[each.flags, `${each.local_ip_address}:${each.local_port}`],
        ...[`${each.external_ip_address}:${each.external_port}`, each.external_sw_if_index, each.vrf_id],
      ]),
    identities: async () =>
      (await vpp.dump('nat44_ei_identity_mapping_dump')).map((each) => [
        ...[each.flags, `${each.ip_address}:${each.port}`, each.protocol, each.sw_if_index, each.vrf_id],
      ]),
    hasTable: async (id: number) =>
      (await vpp.dump('ip_table_dump')).some(({ table }) => {
        const { table_id, is_ip6 } = table as Fields;
        return table_id === id && !is_ip6;
      }),
  };
}
