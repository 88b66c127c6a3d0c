/** LLDP: the interfaces that announce themselves. No neighbour is ever heard. Facts of VPP 26.06, odd ones included. */

import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** In seconds. */
const LONGEST_INTERVAL = 3600;
const LONGEST_HOLD = 100;

/** A hardware interface that announces itself. VPP keeps the entry of one that goes. */
export interface Announced {
  readonly index: number;
  readonly hardware: number;
  readonly swIfIndex: number;
}

export const lldp = defineKind({
  name: 'lldp',
  title: 'LLDP',
  state: () => new Pool<Announced>(),
  handlers: {
    lldp_config: ({ tx_hold, tx_interval }) =>
      Number(tx_hold) > LONGEST_HOLD || Number(tx_interval) > LONGEST_INTERVAL ? Retval.INVALID_VALUE : Retval.OK,

    // VPP looks at the interface with this index, and then takes the index for that of hardware.
    sw_interface_set_lldp: onInterface(({ swIfIndex }, fields, { dataplane }, announced) => {
      const itf = hardwareAt(dataplane, swIfIndex);
      if (!itf?.device.isEthernet) return Retval.INVALID_VALUE;
      const known = [...announced.values()].find((each) => each.hardware === swIfIndex);
      if (!fields.enable) {
        if (known !== undefined) announced.remove(known.index);
      } else if (known === undefined) {
        announced.add((index) => ({ index, hardware: swIfIndex, swIfIndex: itf.swIfIndex }));
      }
      return Retval.OK;
    }),

    lldp_dump: (fields, { vpp, dataplane }, announced) =>
      pageOfPool(announced, Number(fields.cursor), vpp.pageSize, ({ hardware, swIfIndex }) => ({
        sw_if_index: hardwareAt(dataplane, hardware)?.swIfIndex ?? swIfIndex,
      })),
  },
});

function hardwareAt({ interfaces }: Dataplane, index: number): Interface | undefined {
  return [...interfaces.values()].find(({ sub, hardware }) => sub === undefined && hardware.index === index);
}
