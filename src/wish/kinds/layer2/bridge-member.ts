/**
 * Interfaces of bridge domains: `interfaces` and `bvi` of `bridgedomains`. An interface has one domain, so that each is known by its name.
 * One that goes to another domain leaves the first before: that may be deleted.
 */

import type { Fields } from '../../../mux/index.js';
import { subName } from '../../wish.js';
import { instanceOf } from '../interfaces-of.js';
import { type CliLine, defineKind, type Found, type KindObject, type Wanted } from '../kind.js';
import { NONE } from '../snapshot.js';
import { nameOf } from './bridge-domain.js';
import { foundRewrite, rewriteMessage, type TagRewrite, wantedRewrite } from './tag-rewrite.js';

interface BridgeMember {
  readonly domain: string;
  /** Whether the domain is routed through it. */
  readonly isBvi: boolean;
  readonly rewrite: TagRewrite;
}

/** `L2_API_PORT_TYPE_` */
const PORT = { NORMAL: 0, BVI: 1 } as const;

export const bridgeMemberKind = defineKind<BridgeMember>({
  name: 'bridge-member',
  ownership: 'all',
  messages: ['bridge_domain_dump', 'sw_interface_set_l2_bridge'],
  *wanted(wish) {
    for (const [key, { bvi, interfaces = [] }] of Object.entries(wish.file.bridgedomains ?? {})) {
      const domain = nameOf(instanceOf(key));
      const member = (name: string, isBvi: boolean, ...place: (string | number)[]): Wanted<BridgeMember> => {
        const value = { domain, isBvi, rewrite: wantedRewrite(wish, name) };
        return { name, value, path: ['bridgedomains', key, ...place] };
      };
      if (bvi !== undefined) yield member(bvi, true, 'bvi');
      for (const [at, name] of interfaces.entries()) yield member(name, false, 'interfaces', at);
    }
  },
  async read(vpp) {
    const domains = await vpp.dump('bridge_domain_dump', { bd_id: NONE, sw_if_index: NONE });
    return domains.flatMap(({ bd_id, bvi_sw_if_index: bvi, sw_if_details }) =>
      (sw_if_details as Fields[]).flatMap(({ sw_if_index: index }): Found<BridgeMember>[] => {
        const details = vpp.interfaces.get(index as number);
        if (details === undefined) return [];
        const value = { domain: nameOf(bd_id), isBvi: index === bvi, rewrite: foundRewrite(details) };
        return [{ name: details.interface_name, value }];
      }),
    );
  },
  needs: ({ name, value }) => [`interface/${name}`, `bridge-domain/${value.domain}`],
  create: ({ name, value }, refs) => [
    {
      name: 'sw_interface_set_l2_bridge',
      fields: {
        ...{ rx_sw_if_index: refs.interface(name), bd_id: instanceOf(value.domain), shg: 0, enable: true },
        port_type: value.isBvi ? PORT.BVI : PORT.NORMAL,
      },
    },
    rewriteMessage(name, value.rewrite, refs),
  ],
  change(found, { name, value }, refs) {
    if (found.value.domain !== value.domain || found.value.isBvi !== value.isBvi) return undefined;
    return [rewriteMessage(name, value.rewrite, refs)];
  },
  // VPP forgets the rewriting of tags with it.
  remove: ({ name, value }, refs) => [
    {
      name: 'sw_interface_set_l2_bridge',
      fields: {
        ...{ rx_sw_if_index: refs.interface(name), bd_id: instanceOf(value.domain), shg: 0, enable: false },
        port_type: PORT.NORMAL,
      },
    },
  ],
  describe(found, draft) {
    draft.file.bridgedomains ??= {};
    const { bridgedomains: domains } = draft.file;
    for (const { name, value } of found) {
      domains[value.domain] ??= {};
      const entry = domains[value.domain];
      if (value.isBvi) entry.bvi = name;
      else {
        entry.interfaces = [...(entry.interfaces ?? []), name];
        draft.interface(name);
      }
      // A bridge domain of VPP's has none; that of a wish has to be that of its members.
      entry.mtu ??= draft.layer3(name).mtu as number | undefined;
    }
  },
  cli(before, after) {
    if (after === undefined) return before === undefined ? [] : leaveLines(before);
    const { name, value } = after;
    const rewrite: CliLine = { block: 'sync', line: `set interface l2 tag-rewrite ${name} ${value.rewrite}` };
    if (before !== undefined) return [rewrite];
    const line = `set interface l2 bridge ${name} ${instanceOf(value.domain)}`;
    return value.isBvi ? [{ block: 'sync', line: `${line} bvi` }] : [{ block: 'sync', line }, rewrite];
  },
});

/** Lines that take an interface out of layer 2. */
export function leaveLines({ name }: KindObject): readonly CliLine[] {
  const tags: CliLine = { block: 'prune', line: `set interface l2 tag-rewrite ${name} disable` };
  return [...(subName(name) === undefined ? [] : [tags]), { block: 'prune', line: `set interface l3 ${name}` }];
}
