/** Addresses of interfaces, and the IP table an interface is in. */
import type { Fields } from '../../src/mux/internal.js';
import { byName } from '../cli-layout.js';
import type { Dataplane } from '../dataplane/dataplane.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { defineKind } from '../kind.js';
import { Retval } from '../retvals.js';
import { bridges } from './bridges.js';

export const addresses = defineKind({
  name: 'addresses',
  title: 'addresses',
  commands: {
    'show interface address': {
      help: 'Show addresses of interfaces',
      run: (_, { dataplane }) => addressesText(dataplane),
    },
  },
  handlers: {
    sw_interface_add_del_address: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (fields.del_all) {
        dataplane.addresses.removeAll(itf);
        return Retval.OK;
      }
      const { prefix } = fields;
      // The codec has a text for every prefix of a possible length.
      if (typeof prefix !== 'string') return Retval.ADDRESS_LENGTH_MISMATCH;
      return fields.is_add ? dataplane.addresses.add(itf, prefix) : dataplane.addresses.remove(itf, prefix);
    },

    ip_address_dump: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      const v6 = Boolean(fields.is_ipv6);
      const found = itf?.addresses.filter((address) => address.v6 === v6) ?? [];
      return found.map((address): Fields => ({ sw_if_index: itf?.swIfIndex, prefix: address.text }));
    },

    sw_interface_set_table: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      const v6 = Boolean(fields.is_ipv6);
      const tableId = Number(fields.vrf_id);
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (!dataplane.hasTable(tableId, v6)) return Retval.NO_SUCH_FIB;
      if (itf.addresses.some((address) => address.v6 === v6)) return Retval.ADDRESS_FOUND_FOR_INTERFACE;
      if (v6) itf.table6 = tableId;
      else itf.table4 = tableId;
      return Retval.OK;
    },

    sw_interface_get_table: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return { retval: Retval.INVALID_SW_IF_INDEX, vrf_id: NO_INTERFACE };
      return { vrf_id: fields.is_ipv6 ? itf.table6 : itf.table4 };
    },
  },
});

function addressesText(dataplane: Dataplane): string {
  const lines = byName(dataplane.interfaces.values()).flatMap((itf) => {
    const bridge = dataplane.of(bridges).bridgeOf(itf.swIfIndex);
    const bvi = bridge?.domain.bvi === itf.swIfIndex ? 'bvi' : '';
    return [
      `${itf.name} (${itf.adminUp ? 'up' : 'dn'}):`,
      ...(bridge
        ? [`  L2 bridge bd-id ${bridge.domain.id} idx ${bridge.domain.index} shg ${bridge.shg} ${bvi || ' '}`]
        : []),
      ...[false, true].flatMap((v6) =>
        itf.addresses.filter((each) => each.v6 === v6).map((each) => `  L3 ${each.text}`),
      ),
    ];
  });
  return [...lines, ''].join('\n');
}
