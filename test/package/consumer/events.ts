// Compiled where the packed file is installed, strictly and without skipLibCheck: the union of an event stream.
import { connect, type EventFields, type EventItem, type Fields, type Gap, type Resync } from 'vppmux';
import type { EventItem as OfThePluginDoor } from 'vppmux/plugin';

export async function follow(): Promise<number> {
  const ch = (await connect()).channel();
  let lost = 0;
  for await (const item of ch.events('sw_interface_event')) {
    if ('gap' in item) lost += item.gap;
    else if ('resync' in item) console.log(item.resync.generation + 1, item.resync.reason.length);
    else console.log(Number(item.sw_if_index), item.flags, item.graceful, item.restart);
  }
  ch.events('sw_interface_event')
    .observe()
    .subscribe((item) => {
      if ('gap' in item) lost += item.gap;
    });
  return lost;
}

export function parts(item: EventItem & OfThePluginDoor): Gap | Resync | Fields {
  if ('resync' in item) return item;
  if ('gap' in item) return item;
  const event: EventFields = item;
  const byAnyName: Fields = event;
  const { pid } = event;
  return { ...byAnyName, pid };
}

// @ts-expect-error: a marker is a number, and not just anything
export const text = (item: EventItem): string => ('gap' in item ? item.gap : '');
