/** Features of interfaces on the arcs of VPP's graph, counted as often as they are enabled. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { mpls } from '../routing/mpls.js';
import { FEATURE_ARCS } from './feature-arcs.js';

/** Arc and feature of TCP segmentation. */
const GSO = [
  ['ip4-output', 'gso-ip4'],
  ['ip6-output', 'gso-ip6'],
  ['l2-output-ip4', 'gso-l2-ip4'],
  ['l2-output-ip6', 'gso-l2-ip6'],
] as const;

const hasAddress = ({ addresses }: Interface, v6: boolean) => addresses.some((address) => address.v6 === v6);

/** Features that VPP enables by itself: each while this is true. */
const OWN: Readonly<Record<string, (itf: Interface, dataplane: Dataplane) => boolean>> = {
  'ip4-unicast ip4-not-enabled': (itf) => !hasAddress(itf, false),
  'ip4-multicast ip4-not-enabled': (itf) => !hasAddress(itf, false),
  'ip6-unicast ip6-not-enabled': (itf) => !hasAddress(itf, true),
  'ip6-multicast ip6-not-enabled': (itf) => !hasAddress(itf, true),
  'mpls-input mpls-not-enabled': ({ swIfIndex }, dataplane) => !dataplane.of(mpls).isEnabled(swIfIndex),
  'arp arp-disabled': (itf) => !hasAddress(itf, false),
  'arp arp-reply': (itf) => hasAddress(itf, false),
};

/** Arcs whose tables have every interface, since VPP enables features of its own on them. */
const OWN_ARCS = new Set(Object.keys(OWN).map((key) => key.split(' ')[0]));

export class Features {
  /** Arc → the highest interface that was ever in its table: VPP makes room when a feature of it is enabled or disabled. */
  private readonly reached = new Map<string, number>();
  /** `ARC FEATURE` → how often clients have enabled it; less than 0 for one of VPP's own. */
  private readonly counts = new Map<Interface, Map<string, number>>();

  constructor(private readonly dataplane: Dataplane) {}

  /** Whether the arc's table has the interface. */
  reaches({ swIfIndex }: Interface, arc: string): boolean {
    return OWN_ARCS.has(arc) || swIfIndex <= (this.reached.get(arc) ?? -1);
  }

  isEnabled(itf: Interface, arc: string, feature: string): boolean {
    const key = `${arc} ${feature}`;
    return this.own(itf, key) + (this.counts.get(itf)?.get(key) ?? 0) > 0;
  }

  /** Enables once more, or once less; less than not at all does nothing. */
  count(itf: Interface, arc: string, feature: string, enable: boolean): void {
    this.reached.set(arc, Math.max(itf.swIfIndex, this.reached.get(arc) ?? -1));
    if (!enable && !this.isEnabled(itf, arc, feature)) return;
    const counts = this.counts.get(itf) ?? new Map<string, number>();
    const key = `${arc} ${feature}`;
    counts.set(key, (counts.get(key) ?? 0) + (enable ? 1 : -1));
    this.counts.set(itf, counts);
  }

  forget(itf: Interface): void {
    this.counts.delete(itf);
  }

  private own(itf: Interface, key: string): number {
    return OWN[key]?.(itf, this.dataplane) ? 1 : 0;
  }
}

export const features = defineKind({
  name: 'features',
  title: 'features on arcs',
  state: (dataplane) => new Features(dataplane),
  interfaceDeleted: (features, itf) => features.forget(itf),
  handlers: {
    feature_enable_disable: onInterface((itf, fields, _, features) => {
      const { arc, feature } = namesOf(fields);
      if (!FEATURE_ARCS.get(arc)?.has(feature)) return Retval.INVALID_VALUE;
      features.count(itf, arc, feature, Boolean(fields.enable));
      return Retval.OK;
    }),

    // VPP takes what it does not know for enabled, and all features for an interface that is not in the arc's table.
    feature_is_enabled: (fields, { dataplane }, features) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return { retval: Retval.INVALID_SW_IF_INDEX };
      const { arc, feature } = namesOf(fields);
      const isKnown = FEATURE_ARCS.get(arc)?.has(feature) === true && features.reaches(itf, arc);
      return { is_enabled: !isKnown || features.isEnabled(itf, arc, feature) };
    },

    feature_gso_enable_disable: onInterface((itf, fields, _, features) => {
      for (const [arc, feature] of GSO) features.count(itf, arc, feature, Boolean(fields.enable_disable));
      return Retval.OK;
    }),
  },
});

const namesOf = ({ arc_name, feature_name }: Fields) => ({ arc: String(arc_name), feature: String(feature_name) });
