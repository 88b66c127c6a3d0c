/** Addresses of interfaces, and the IP table an interface is in. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import type { BridgeDomain } from '../../dataplane/l2/bridge-domains.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { bridges } from '../l2/bridges.js';
import { unnumbered } from './unnumbered.js';

export const addresses = defineKind({
  name: 'addresses',
  title: 'addresses',
  usesTable: (_, tableId, v6, { interfaces }) =>
    [...interfaces.withHidden()].some((itf) => (v6 ? itf.table6 : itf.table4) === tableId),
  handlers: {
    sw_interface_add_del_address: (fields, { dataplane }) => {
      const itf = ownerAt(dataplane, Number(fields.sw_if_index));
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
      const used = ownerAt(dataplane, itf.swIfIndex)?.addresses ?? [];
      if (used.some((address) => address.v6 === v6)) return Retval.ADDRESS_FOUND_FOR_INTERFACE;
      dataplane.setTable(itf, tableId, v6);
      return Retval.OK;
    },

    sw_interface_get_table: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return { retval: Retval.INVALID_SW_IF_INDEX, vrf_id: NO_INTERFACE };
      return { vrf_id: fields.is_ipv6 ? itf.table6 : itf.table4 };
    },
  },
});

/** The interface whose addresses this one has: its own, or those that an unnumbered one uses. */
function ownerAt(dataplane: Dataplane, swIfIndex: number): Interface | undefined {
  return dataplane.interfaces.get(dataplane.of(unnumbered).get(swIfIndex) ?? swIfIndex);
}

/** Addresses of interfaces, as the CLI shows them. */
export function addressesText(dataplane: Dataplane, interfaces: readonly Interface[]): string {
  const lines = interfaces.flatMap((itf) => {
    const bridge = dataplane.of(bridges).bridgeOf(itf.swIfIndex);
    const bvi = bridge?.domain.bvi === itf.swIfIndex ? 'bvi' : ' ';
    const owner = ownerAt(dataplane, itf.swIfIndex) ?? itf;
    return [
      `${itf.name} (${itf.adminUp ? 'up' : 'dn'}):${owner === itf ? '' : ` \n  unnumbered, use ${owner.name}`}`,
      ...(bridge ? [`  L2 bridge ${domainText(dataplane, bridge.domain)} shg ${bridge.shg} ${bvi}`] : []),
      ...[false, true].flatMap((v6) =>
        owner.addresses
          .filter((each) => each.v6 === v6)
          .map((each) => `  L3 ${each.text}${tableText(dataplane, v6 ? itf.table6 : itf.table4, v6)}`),
      ),
    ];
  });
  return [...lines, ''].join('\n');
}

function tableText({ tables }: Dataplane, tableId: number, v6: boolean): string {
  if (tableId === 0) return '';
  return ` ip${v6 ? 6 : 4} table-id ${tableId} fib-idx ${tables.find(tableId, v6)?.index}`;
}

/** A domain that has been deleted since is -1. */
function domainText(dataplane: Dataplane, domain: BridgeDomain): string {
  const isThere = dataplane.of(bridges).find(domain.id) === domain;
  return isThere ? `bd-id ${domain.id} idx ${domain.index}` : 'bd-id -1 idx -1';
}
