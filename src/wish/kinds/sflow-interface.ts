/** Interfaces that sFlow samples: `sflow: true`. */

import type { Fields } from '../../mux/index.js';
import { defineKind, type Found, type References } from './kind.js';
import { NONE, type VppSnapshot } from './snapshot.js';

const sample = (name: string, refs: References, enable_disable: boolean) => [
  {
    name: 'sflow_enable_disable',
    // The request wants a sw_if_index, whatever the field is called; the details have the index of the hardware.
    fields: { hw_if_index: refs.interface(name), enable_disable },
    settledBy: ['VALUE_EXIST'],
  },
];

/** VPP goes on sampling what gets the place of a deleted interface. */
export const sflowInterfaceKind = defineKind<Record<string, never>>({
  name: 'sflow-interface',
  ownership: 'all',
  messages: ['sflow_enable_disable', 'sflow_interface_dump'],
  *wanted({ file }) {
    for (const [name, { sflow }] of Object.entries(file.interfaces ?? {})) {
      if (sflow === true) yield { name, value: {}, path: ['interfaces', name, 'sflow'] };
    }
  },
  async read(vpp) {
    const list = await vpp.dump('sflow_interface_dump', { hw_if_index: NONE });
    if (list.length === 0) return [];
    const names = await hardwareNames(vpp);
    return list.flatMap(({ hw_if_index }): Found<Record<string, never>>[] => {
      const name = names.get(hw_if_index as number);
      return name === undefined ? [] : [{ name, value: {} }];
    });
  },
  needs: ({ name }) => [`interface/${name}`],
  create: ({ name }, refs) => sample(name, refs, true),
  remove: ({ name }, refs) => sample(name, refs, false),
  describe(found, draft) {
    for (const { name } of found) draft.interface(name).sflow = true;
  },
  cli: (before, after) => [
    after === undefined
      ? { block: 'prune', line: `sflow enable-disable ${before?.name} disable` }
      : { block: 'sync', line: `sflow enable ${after.name}` },
  ],
});

/** Names of interfaces by `hw_if_index`, which no message tells. */
async function hardwareNames(vpp: VppSnapshot): Promise<ReadonlyMap<number, string>> {
  const { reply } = (await vpp.request('cli_inband', { cmd: 'show hardware-interfaces brief' })) as Fields;
  const names = new Map<number, string>();
  for (const line of String(reply).split('\n')) {
    const [name, index, link] = line.trim().split(/ +/);
    if (/^\d+$/.test(index ?? '') && ['up', 'down'].includes(link)) names.set(Number(index), name);
  }
  return names;
}
