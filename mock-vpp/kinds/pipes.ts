/** Pipes: an Ethernet interface with two others on it, each of which receives what the other sends. */
import type { Fields } from '../../src/mux/internal.js';
import type { Device, Interface } from '../dataplane/interface.js';
import { Pool } from '../dataplane/pool.js';
import { defineKind } from '../kind.js';
import { createdReply } from '../on-interface.js';
import { Retval } from '../retvals.js';

const MAX_INSTANCES = 16_384;
const MTU = 9000;
/** `type` of the ends in their details. */
const PIPE_END = 3;

const DEVICE: Device = {
  ...{ type: 'Pipe', isEthernet: true, linkFollowsAdmin: true, takesMacs: true },
  subsFollowAdmin: true,
};

export interface Pipe {
  readonly index: number;
  readonly instance: number;
  readonly itf: Interface;
  readonly ends: readonly [Interface, Interface];
}

export const pipes = defineKind({
  name: 'pipes',
  title: 'pipes',
  state: () => new Pool<Pipe>(),
  interfaceDetails: (pipes, itf) => (endsOf(pipes).includes(itf) ? { type: PIPE_END } : {}),
  interfaceDeleted: (pipes, itf) => {
    const pipe = pipeAt(pipes, itf);
    if (pipe !== undefined) pipes.remove(pipe.index);
  },
  adminChanged: (pipes, itf, dataplane) => {
    const { ends = [] } = pipeAt(pipes, itf) ?? {};
    for (const end of ends) dataplane.setAdmin(end.swIfIndex, itf.adminUp);
  },
  handlers: {
    pipe_create: (fields, { dataplane }, pipes) => {
      const instance = fields.is_specified ? Number(fields.user_instance) : freeInstance(pipes);
      // VPP refuses without setting the indices.
      if (instance >= MAX_INSTANCES || hasInstance(pipes, instance)) return createdReply(Retval.INVALID_REGISTRATION);
      const mac = `00:00:00:00:00:${(instance & 255).toString(16).padStart(2, '0')}`;
      const itf = dataplane.addInterface({ name: `pipe${instance}`, device: DEVICE, mac, mtu: MTU });
      const end = (id: number) => dataplane.addSub(itf, { id, flags: 0, outerVlan: 0, innerVlan: 0 });
      const { ends } = pipes.add((index) => ({ index, instance, itf, ends: [end(0), end(1)] }));
      return { sw_if_index: itf.swIfIndex, pipe_sw_if_index: ends.map(({ swIfIndex }) => swIfIndex) };
    },

    pipe_delete: (fields, { dataplane }, pipes) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined || pipeAt(pipes, itf) === undefined) return Retval.INVALID_SW_IF_INDEX;
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

function pipeAt(pipes: Pool<Pipe>, itf: Interface): Pipe | undefined {
  return [...pipes.values()].find((pipe) => pipe.itf === itf);
}

function endsOf(pipes: Pool<Pipe>): Interface[] {
  return [...pipes.values()].flatMap(({ ends }) => ends);
}

function hasInstance(pipes: Pool<Pipe>, instance: number): boolean {
  return [...pipes.values()].some((pipe) => pipe.instance === instance);
}

function freeInstance(pipes: Pool<Pipe>): number {
  let instance = 0;
  while (hasInstance(pipes, instance)) instance++;
  return instance;
}
