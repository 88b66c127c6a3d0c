/** VPP while its objects are read: each dump is sent once, however many kinds look at it. */

import type { Channel, Fields, Message, RequestOptions, Untyped } from '../../mux/index.js';

/** An interface as `sw_interface_details` has it, in the fields that kinds use. */
export interface InterfaceDetails extends Fields {
  readonly sw_if_index: number;
  readonly sup_sw_if_index: number;
  readonly interface_name: string;
  readonly interface_dev_type: string;
  readonly tag: string;
}

/** VPP's number for none, and in dumps for all. */
export const NONE = 0xffffffff;

/** Interfaces that are asked at a time. */
const LANES = 64;

export class VppSnapshot {
  /** By sw_if_index. */
  readonly interfaces: ReadonlyMap<number, InterfaceDetails>;
  private readonly dumps = new Map<string, Promise<Fields[]>>();

  /** Aborted, all that is asked rejects with `ABORTED`. */
  static async read(channel: Channel<Untyped>, signal?: AbortSignal): Promise<VppSnapshot> {
    const options = signal && { signal };
    const all = await channel.dump('sw_interface_dump', { sw_if_index: NONE }, options).toArray();
    return new VppSnapshot(channel, all as InterfaceDetails[], options);
  }

  private constructor(
    private readonly channel: Channel<Untyped>,
    details: readonly InterfaceDetails[],
    private readonly options: RequestOptions | undefined,
  ) {
    this.interfaces = new Map(details.map((each) => [each.sw_if_index, each]));
  }

  /** The details of a dump, or of a `_get`. Rejects with what `Channel.dump` does. */
  dump(name: string, fields: Fields = {}): Promise<Fields[]> {
    const key = `${name} ${JSON.stringify(fields)}`;
    let dump = this.dumps.get(key);
    if (dump === undefined) {
      dump = this.channel.dump(name, fields, this.options).toArray();
      this.dumps.set(key, dump);
    }
    return dump;
  }

  /** Hands each of a dump's details to `take` as it comes, and keeps none: of routes there may be a million. */
  async each(name: string, fields: Fields, take: (details: Fields) => void): Promise<void> {
    await this.channel.dump(name, fields, this.options).observe().forEach(take);
  }

  /** Asks something of each interface, so many at a time that the event loop is not held up. */
  async ofEach<Item>(ask: (itf: InterfaceDetails) => Promise<readonly Item[]>): Promise<Item[]> {
    const all: Item[] = [];
    const interfaces = this.interfaces.values();
    const lane = async () => {
      for (const itf of interfaces) for (const item of await ask(itf)) all.push(item);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return all;
  }

  /** The details of a dump, and nothing where the running VPP does not have the message. */
  async dumpIfKnown(name: string, fields: Fields = {}): Promise<Fields[]> {
    return this.has(name) ? this.dump(name, fields) : [];
  }

  /** Asks for one answer. */
  request(name: string, fields: Fields = {}): Promise<Fields> {
    return this.channel.request(name, fields, this.options);
  }

  /** Whether the running VPP has a message. */
  has(name: string): boolean {
    return this.channel.has(name) === true;
  }

  /** The definition of a message in the running VPP; undefined where it has none. */
  definition(name: string): Message | undefined {
    return this.channel.schema?.find(name);
  }

  /** The name of the first of these messages that the running VPP has, else of the first. */
  newest(...names: readonly [string, ...string[]]): string {
    return names.find((name) => this.has(name)) ?? names[0];
  }

  /** Name of an interface; undefined for one that came or went while the snapshot was read. */
  nameOf(swIfIndex: unknown): string | undefined {
    return this.interfaces.get(swIfIndex as number)?.interface_name;
  }

  /** Interfaces of these kinds of devices (`interface_dev_type`), without their sub-interfaces. */
  ofType(...types: readonly string[]): InterfaceDetails[] {
    return [...this.interfaces.values()].filter(
      (each) => types.includes(each.interface_dev_type) && each.sup_sw_if_index === each.sw_if_index,
    );
  }
}
