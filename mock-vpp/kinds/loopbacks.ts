/** Loopback interfaces. */
import { CliRefusal } from '../cli-command.js';
import type { Dataplane } from '../dataplane/dataplane.js';
import { defineKind } from '../kind.js';
import { createdReply } from '../on-interface.js';
import { Retval } from '../retvals.js';

export const loopbacks = defineKind({
  name: 'loopbacks',
  title: 'loopbacks',
  interfaceDeleted: (_, itf, dataplane) => dataplane.loopbacks.forget(itf),
  commands: {
    'create loopback interface': {
      help: 'Create a loopback interface (mac, instance)',
      takesWords: true,
      run: (_, { dataplane, words }) => create(dataplane, words),
    },
    'delete loopback interface': {
      help: 'Delete a loopback interface (intfc)',
      takesWords: true,
      run: (_, { dataplane, words }) => remove(dataplane, words),
    },
  },
  handlers: {
    create_loopback: (fields, { dataplane }) =>
      createdReply(dataplane.loopbacks.add(String(fields.mac_address)) ?? Retval.INVALID_REGISTRATION),

    create_loopback_instance: (fields, { dataplane }) => {
      const instance = fields.is_specified ? Number(fields.user_instance) : undefined;
      return createdReply(dataplane.loopbacks.add(String(fields.mac_address), instance) ?? Retval.INVALID_REGISTRATION);
    },

    // One of its sub-interfaces does as well.
    delete_loopback: (fields, { dataplane }) => dataplane.deleteLoopback(Number(fields.sw_if_index)),
  },
});

/** VPP makes the interface before it finds out that it does not know the rest. */
function create({ loopbacks }: Dataplane, words: readonly string[]): string {
  const left = [...words];
  let mac: string | undefined;
  let instance: number | undefined;
  while (left[0] === 'mac' || left[0] === 'instance') {
    const [what, value] = left.splice(0, 2);
    if (what === 'mac') mac = value;
    else instance = Number(value);
  }
  const made = loopbacks.add(mac, instance);
  if (made === undefined) {
    throw new CliRefusal('create loopback interface: vnet_create_loopback_interface failed\n');
  }
  if (left.length > 0) throw new CliRefusal(`${made.name}\nunknown input \`${left.join(' ')}'\n`);
  return `${made.name}\n`;
}

function remove(dataplane: Dataplane, [word, name]: readonly string[]): string {
  const itf = [...dataplane.interfaces.values()].find((each) => word === 'intfc' && each.name === name);
  if (itf === undefined) throw new CliRefusal('delete loopback interface: interface not specified\n');
  if (dataplane.deleteLoopback(itf.swIfIndex) === Retval.OK) return '';
  throw new CliRefusal('delete loopback interface: vnet_delete_loopback_interface failed\n');
}
