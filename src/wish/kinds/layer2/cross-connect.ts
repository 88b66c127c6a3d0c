/** Cross connects of layer 2: `l2xc`. What the interface receives goes out of another; the way back is a cross connect of its own. */

import { interfacesOf } from '../interfaces-of.js';
import { type CliLine, defineKind, type Found } from '../kind.js';
import { leaveLines } from './bridge-member.js';
import { foundRewrite, rewriteMessage, type TagRewrite, wantedRewrite } from './tag-rewrite.js';

interface CrossConnect {
  /** Undefined where VPP still names an interface that was deleted. */
  readonly to?: string;
  readonly rewrite: TagRewrite;
}

export const crossConnectKind = defineKind<CrossConnect>({
  name: 'l2xc',
  ownership: 'all',
  messages: ['l2_xconnect_dump', 'sw_interface_set_l2_xconnect'],
  *wanted(wish) {
    for (const { name, itf, path } of interfacesOf(wish)) {
      if (!('l2xc' in itf) || itf.l2xc === undefined) continue;
      yield { name, value: { to: itf.l2xc, rewrite: wantedRewrite(wish, name) }, path: [...path, 'l2xc'] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('l2_xconnect_dump')).flatMap(({ rx_sw_if_index, tx_sw_if_index }): Found<CrossConnect>[] => {
      const details = vpp.interfaces.get(rx_sw_if_index as number);
      const to = vpp.nameOf(tx_sw_if_index);
      if (details === undefined) return [];
      const value = { ...(to !== undefined && { to }), rewrite: foundRewrite(details) };
      return [{ name: details.interface_name, value }];
    }),
  needs: ({ name, value: { to } }) => [`interface/${name}`, ...(to === undefined ? [] : [`interface/${to}`])],
  create: ({ name, value }, refs) => [
    {
      name: 'sw_interface_set_l2_xconnect',
      fields: {
        ...{ rx_sw_if_index: refs.interface(name), tx_sw_if_index: refs.interface(value.to as string), enable: true },
      },
    },
    rewriteMessage(name, value.rewrite, refs),
  ],
  change(found, wanted, refs) {
    if (found.value.to === wanted.value.to) return [rewriteMessage(wanted.name, wanted.value.rewrite, refs)];
    return this.create(wanted, refs);
  },
  // VPP forgets the rewriting of tags with it, and does not look at the other end.
  remove: ({ name }, refs) => [
    {
      name: 'sw_interface_set_l2_xconnect',
      fields: { rx_sw_if_index: refs.interface(name), tx_sw_if_index: refs.interface(name), enable: false },
    },
  ],
  describe(found, draft) {
    for (const { name, value } of found) {
      if (value.to === undefined) continue;
      draft.interface(name).l2xc = value.to;
      draft.interface(value.to);
    }
  },
  cli(before, after) {
    if (after === undefined) return before === undefined ? [] : leaveLines(before);
    const { name, value } = after;
    const rewrite: CliLine = { block: 'sync', line: `set interface l2 tag-rewrite ${name} ${value.rewrite}` };
    if (before?.value.to === value.to) return [rewrite];
    return [{ block: 'sync', line: `set interface l2 xconnect ${name} ${value.to}` }, rewrite];
  },
});
