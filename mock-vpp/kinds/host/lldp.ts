/** LLDP: the interfaces that announce themselves. No neighbour is ever heard. Facts of VPP 26.06, odd ones included. */

import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { type Announcement, type LldpConfig, lldpDetails, lldpText } from './lldp-text.js';

/** In seconds. */
const LONGEST_INTERVAL = 3600;
const LONGEST_HOLD = 100;

const NO_ADDRESSES = ['0.0.0.0', '::'];

/** A hardware interface that announces itself. VPP keeps the entry of one that goes. */
export interface Announced extends Pick<Announcement, 'description' | 'ip4' | 'ip6' | 'oid'> {
  readonly index: number;
  readonly hardware: number;
  readonly swIfIndex: number;
  /** When it began, in milliseconds of performance.now(). */
  readonly since: number;
}

export class Lldp {
  readonly announced = new Pool<Announced>();
  config: LldpConfig = { systemName: '', txHold: 4, txInterval: 30 };

  announcements({ interfaces }: Dataplane): Announcement[] {
    return [...this.announced.values()].flatMap(({ swIfIndex, since, ...rest }) => {
      const itf = interfaces.get(swIfIndex);
      if (itf === undefined) return [];
      const { name, mac, adminUp, deviceType } = itf;
      const age = adminUp ? ((performance.now() - since) / 1000) % this.config.txInterval : undefined;
      return [{ ...rest, name, isUp: adminUp, age, echo: deviceType === 'Loopback' ? mac : undefined }];
    });
  }
}

export const lldp = defineKind({
  name: 'lldp',
  title: 'LLDP',
  state: () => new Lldp(),
  commands: {
    'show lldp': {
      help: 'show lldp [detail]',
      takesWords: true,
      run: (lldp, { dataplane, words: [word, ...left] }) => {
        const announcements = lldp.announcements(dataplane);
        if (word === 'detail') return { text: lldpDetails(lldp.config, announcements), left };
        return { text: lldpText(announcements), left: word === undefined ? [] : [word, ...left] };
      },
    },
  },
  handlers: {
    // VPP sets what comes before the part that it refuses. 0 and an empty name leave a part as it is.
    lldp_config: (fields, _, lldp) => {
      const [txHold, txInterval] = [Number(fields.tx_hold), Number(fields.tx_interval)];
      lldp.config = { ...lldp.config, systemName: String(fields.system_name) || lldp.config.systemName };
      if (txHold > LONGEST_HOLD) return Retval.INVALID_VALUE;
      lldp.config = { ...lldp.config, txHold: txHold || lldp.config.txHold };
      if (txInterval > LONGEST_INTERVAL) return Retval.INVALID_VALUE;
      lldp.config = { ...lldp.config, txInterval: txInterval || lldp.config.txInterval };
      return Retval.OK;
    },

    // VPP looks at the interface with this index, and then takes the index for that of hardware.
    sw_interface_set_lldp: onInterface(({ swIfIndex }, fields, { dataplane }, { announced }: Lldp) => {
      const itf = hardwareAt(dataplane, swIfIndex);
      if (!itf?.device.isEthernet) return Retval.INVALID_VALUE;
      const known = [...announced.values()].find((each) => each.hardware === swIfIndex);
      if (!fields.enable) {
        if (known !== undefined) announced.remove(known.index);
      } else if (known === undefined) {
        const made = { hardware: swIfIndex, swIfIndex: itf.swIfIndex, since: performance.now(), ...textsOf(fields) };
        announced.add((index) => ({ index, ...made }));
      }
      return Retval.OK;
    }),

    lldp_dump: (fields, { vpp, dataplane }, { announced }) =>
      pageOfPool(announced, Number(fields.cursor), vpp.pageSize, ({ hardware, swIfIndex }) => ({
        sw_if_index: hardwareAt(dataplane, hardware)?.swIfIndex ?? swIfIndex,
      })),
  },
});

function textsOf({
  port_desc,
  mgmt_ip4,
  mgmt_ip6,
  mgmt_oid,
}: Fields): Pick<Announcement, 'description' | 'ip4' | 'ip6' | 'oid'> {
  const [ip4, ip6] = [mgmt_ip4, mgmt_ip6].map((address) => (NO_ADDRESSES.includes(`${address}`) ? '' : `${address}`));
  const oid = Buffer.from(mgmt_oid as Uint8Array)
    .toString('latin1')
    .split('\0', 1)[0];
  return { description: String(port_desc), ip4, ip6, oid };
}

function hardwareAt({ interfaces }: Dataplane, index: number): Interface | undefined {
  return [...interfaces.values()].find(({ sub, hardware }) => sub === undefined && hardware.index === index);
}
