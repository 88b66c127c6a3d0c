/**
 * Options of linux-cp: `x-vppmux.lcp`. They count for pairs that are made from then on, and stay where no wish names them: VPP may have
 * got them from its startup.conf.
 */

import { z } from 'zod';
import { bool, form } from '../../form-parts.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type Wanted } from '../kind.js';

const KEY = 'lcp';
const NETNS = 'default-netns';
const SYNC = 'sync-unnumbered';

/** VPP's own at its start. */
const USUAL: Readonly<Record<string, string | boolean>> = { [NETNS]: '', [SYNC]: true };

const NETNS_NAME = /^[A-Za-z0-9_.-]{0,31}$/;

const section = form(
  {},
  {
    [NETNS]: z.string().regex(NETNS_NAME, 'must be the name of a network namespace, or empty for that of VPP'),
    [SYNC]: bool,
  },
);

const optionsOf = ({ extra }: Wish) => (extra[KEY] ?? {}) as Readonly<Record<string, string | boolean | undefined>>;

const set = ({ name, value }: Wanted<string | boolean>) => [
  name === NETNS
    ? { name: 'lcp_default_ns_set', fields: { netns: value } }
    : { name: 'lcp_sync_unnumbered_set', fields: { is_enable: value } },
];

/** One object for each option. */
export const lcpOptionKind = defineKind<string | boolean>({
  name: 'lcp-option',
  ownership: 'wished',
  messages: ['lcp_default_ns_set', 'lcp_default_ns_get'],
  section: { key: KEY, schema: section },
  *wanted(wish) {
    for (const [name, value] of Object.entries(optionsOf(wish))) {
      if (value !== undefined) yield { name, value, path: [OWN_KEY, KEY, name] };
    }
  },
  async read(vpp) {
    const options: Found<string | boolean>[] = [];
    const { netns } = await vpp.request('lcp_default_ns_get');
    // VPP does not write the field while it has no namespace, so that remains of other messages are in it.
    options.push({ name: NETNS, value: NETNS_NAME.test(netns as string) ? (netns as string) : '' });
    if (vpp.has('lcp_sync_unnumbered_get')) {
      const { is_enable: isOn } = await vpp.request('lcp_sync_unnumbered_get');
      options.push({ name: SYNC, value: isOn as boolean });
    }
    return options;
  },
  needs: () => [],
  create: set,
  change: (_found, wanted) => set(wanted),
  describe(found, { extra }) {
    const unusual = found.filter(({ name, value }) => value !== USUAL[name]);
    if (unusual.length > 0) extra[KEY] = Object.fromEntries(unusual.map(({ name, value }) => [name, value]));
  },
});
