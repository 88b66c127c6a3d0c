/** Pipes: an Ethernet interface with two others on it, each of which receives what the other sends. */
import type { Fields } from '../../../src/mux/internal.js';
import { Instances } from '../../dataplane/instances.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const MAX_INSTANCES = 16_384;
const MTU = 9000;
/** `type` of the ends in their details. */
const PIPE_END = 3;

const DEVICE: Device = {
  ...{ type: 'Pipe', isEthernet: true, linkFollowsAdmin: true, takesMacs: true },
  subsFollowAdmin: true,
};

export interface Pipe {
  readonly instance: number;
  readonly itf: Interface;
  readonly ends: readonly [Interface, Interface];
}

export class Pipes {
  private readonly byInterface = new Map<Interface, Pipe>();
  readonly instances = new Instances();
  private readonly ends = new Set<Interface>();

  values(): Iterable<Pipe> {
    return this.byInterface.values();
  }

  at(itf: Interface): Pipe | undefined {
    return this.byInterface.get(itf);
  }

  isEnd(itf: Interface): boolean {
    return this.ends.has(itf);
  }

  add(pipe: Pipe): void {
    this.byInterface.set(pipe.itf, pipe);
    this.instances.take(pipe.instance);
    for (const end of pipe.ends) this.ends.add(end);
  }

  forget(itf: Interface): void {
    const pipe = this.at(itf);
    if (pipe === undefined) return;
    this.byInterface.delete(itf);
    this.instances.giveBack(pipe.instance);
    for (const end of pipe.ends) this.ends.delete(end);
  }
}

export const pipes = defineKind({
  name: 'pipes',
  title: 'pipes',
  state: () => new Pipes(),
  interfaceDetails: (pipes, itf) => (pipes.isEnd(itf) ? { type: PIPE_END } : {}),
  interfaceDeleted: (pipes, itf) => pipes.forget(itf),
  adminChanged: (pipes, itf, dataplane) => {
    const { ends = [] } = pipes.at(itf) ?? {};
    for (const end of ends) dataplane.setAdmin(end.swIfIndex, itf.adminUp);
  },
  handlers: {
    pipe_create: (fields, { dataplane }, pipes) => {
      const instance = fields.is_specified ? Number(fields.user_instance) : pipes.instances.lowestFree;
      // VPP refuses without setting the indices.
      if (instance >= MAX_INSTANCES || pipes.instances.has(instance)) return createdReply(Retval.INVALID_REGISTRATION);
      const mac = `00:00:00:00:00:${(instance & 255).toString(16).padStart(2, '0')}`;
      const itf = dataplane.addInterface({ name: `pipe${instance}`, device: DEVICE, mac, mtu: MTU });
      const end = (id: number) => dataplane.addSub(itf, { id, flags: 0, outerVlan: 0, innerVlan: 0 });
      const ends = [end(0), end(1)] as const;
      pipes.add({ instance, itf, ends });
      return { sw_if_index: itf.swIfIndex, pipe_sw_if_index: ends.map(({ swIfIndex }) => swIfIndex) };
    },

    pipe_delete: (fields, { dataplane }, pipes) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined || pipes.at(itf) === undefined) return Retval.INVALID_SW_IF_INDEX;
      dataplane.deleteInterface(itf);
      return Retval.OK;
    },

    pipe_dump: (_, _call, pipes) =>
      [...pipes.values()]
        .sort((a, b) => a.itf.swIfIndex - b.itf.swIfIndex)
        .map(
          ({ itf, ends, instance }): Fields => ({
            sw_if_index: itf.swIfIndex,
            pipe_sw_if_index: ends.map(({ swIfIndex }) => swIfIndex),
            instance,
          }),
        ),
  },
});
