/** The topic `interface:INDEX`. */

import { countersOf, ratesOf, readOf } from '../counters/interface-counters.js';
import type { InterfaceTopic } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';
import { rowOf, rowsOf } from './interfaces.js';

export function interfaceTopic({ interfaceReads, inventory, ageMs }: Sources): TopicSource<InterfaceTopic> {
  return (argument) => {
    if (!/^\d{1,10}$/.test(argument)) throw new Error(`"${argument}" is no sw_if_index`);
    const index = Number(argument);
    const close = inventory.view();
    return {
      close,
      async read() {
        const read = await interfaceReads.get(ageMs()).catch(() => undefined);
        const own = read && readOf(read, index);
        const row = rowOf(own, inventory.interfaces.get(index));
        if (row === undefined) throw new Error(`VPP has no interface with sw_if_index ${index}`);
        const children = [...inventory.interfaces].filter(([, { parent }]) => parent === index);
        return {
          index,
          row,
          threads: Object.fromEntries(
            (own?.now.threads ?? []).map((now, thread) => [
              thread,
              ratesOf(now, own?.before?.threads[thread], own?.seconds),
            ]),
          ),
          counters: own === undefined ? {} : countersOf(own),
          subInterfaces: Object.fromEntries(
            Object.entries(rowsOf(read, new Map(children))).filter(([child]) =>
              children.some(([at]) => at === Number(child)),
            ),
          ),
          inventory: inventory.state,
        };
      },
    };
  };
}
