/** Flowprobe: interfaces whose flows VPP would report by IPFIX, and the parameters of all. */
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

const DEFAULT = 0xffffffff;
/** In seconds. */
const TIMERS = { active: 15, passive: 120 } as const;
/** Bits of the layers to record. */
const LAYERS = 7;
/** Largest `which`: IPv4, IPv6, L2; and in VPP's own table two more. */
const LAST_WHICH = 2;
const LAST_VARIANT = 4;
const Direction = { TX: 1, BOTH: 2 } as const;

interface Probe {
  readonly which: number;
  readonly direction: number;
}

export class Flowprobe {
  layers = 0;
  active: number = TIMERS.active;
  passive: number = TIMERS.passive;
  /** By sw_if_index. VPP keeps those of interfaces that go. */
  readonly probes = new Map<number, Probe>();
}

export const flowprobe = defineKind({
  name: 'flowprobe',
  title: 'flowprobe',
  state: () => new Flowprobe(),
  handlers: {
    flowprobe_params: setParams(false),
    flowprobe_set_params: setParams(true),

    flowprobe_get_params: (_, _call, { layers, active, passive }) => ({
      record_flags: layers,
      active_timer: active,
      passive_timer: passive,
    }),

    flowprobe_interface_add_del: onInterface(({ swIfIndex }, fields, _, { layers, probes }) => {
      const [which, direction] = [Number(fields.which), Number(fields.direction)];
      if (which > LAST_WHICH || direction > Direction.BOTH) return Retval.INVALID_VALUE;
      if (layers === 0) return Retval.CANNOT_ENABLE_DISABLE_FEATURE;
      const known = probes.get(swIfIndex);
      if (known !== undefined && (fields.is_add || known.which !== which)) return Retval.ENTRY_ALREADY_EXISTS;
      if (known === undefined && !fields.is_add) return Retval.NO_SUCH_ENTRY;
      if (fields.is_add) probes.set(swIfIndex, { which, direction });
      else probes.delete(swIfIndex);
      return Retval.OK;
    }),

    // The older request: its `which` is named as bits, and VPP takes it for the number of the newer one.
    flowprobe_tx_interface_add_del: onInterface(({ swIfIndex }, fields, _, { layers, probes }) => {
      if (layers === 0) return Retval.CANNOT_ENABLE_DISABLE_FEATURE;
      const which = Number(fields.which);
      const known = probes.get(swIfIndex);
      if (known !== undefined && (fields.is_add || known.which !== which)) {
        return Retval.CANNOT_ENABLE_DISABLE_FEATURE;
      }
      // VPP writes behind its table.
      if (which > LAST_VARIANT) return Retval.INVALID_VALUE;
      if (fields.is_add) probes.set(swIfIndex, { which, direction: Direction.TX });
      else probes.delete(swIfIndex);
      return Retval.OK;
    }),

    flowprobe_interface_dump: (fields, _, { probes }) => {
      const asked = Number(fields.sw_if_index);
      return [...probes]
        .filter(([swIfIndex, { which }]) => which <= LAST_WHICH && [NO_INTERFACE, swIfIndex].includes(asked))
        .sort(([a], [b]) => a - b)
        .map(([swIfIndex, { which, direction }]) => ({ which, direction, sw_if_index: swIfIndex }));
    },
  },
});

/** The newer request checks the timers; neither changes anything while interfaces are probed. */
function setParams(checksTimers: boolean): KindHandler<Flowprobe> {
  return (fields, _, flowprobe) => {
    const [active, passive] = [Number(fields.active_timer), Number(fields.passive_timer)];
    if (checksTimers && passive > 0 && active > passive) return Retval.INVALID_VALUE;
    if (flowprobe.probes.size > 0) return Retval.UNSUPPORTED;
    flowprobe.layers = Number(fields.record_flags) & LAYERS;
    flowprobe.active = active === DEFAULT ? TIMERS.active : active;
    flowprobe.passive = passive === DEFAULT ? TIMERS.passive : passive;
    return Retval.OK;
  };
}
