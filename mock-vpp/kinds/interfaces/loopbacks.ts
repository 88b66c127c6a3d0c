/** Loopback interfaces. */
import { type CliOutput, CliRefusal } from '../../cli/cli-command.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const MAC = /^(?:[\da-f]{1,2}:){5}[\da-f]{1,2}$/i;

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

/** Words that are not understood are the next command. */
function create({ loopbacks }: Dataplane, words: readonly string[]): CliOutput {
  const left = [...words];
  let mac: string | undefined;
  let instance: number | undefined;
  for (;;) {
    const [what, value = ''] = left;
    if (what === 'mac' && MAC.test(value)) mac = value;
    else if (what === 'instance' && /^\d+$/.test(value)) instance = Number(value);
    else break;
    left.splice(0, 2);
  }
  const made = loopbacks.add(mac, instance);
  if (made === undefined) {
    throw new CliRefusal('create loopback interface: vnet_create_loopback_interface failed\n');
  }
  return { text: `${made.name}\n`, left };
}

function remove(dataplane: Dataplane, [word, name]: readonly string[]): string {
  const itf = [...dataplane.interfaces.values()].find((each) => word === 'intfc' && each.name === name);
  if (itf === undefined) throw new CliRefusal('delete loopback interface: interface not specified\n');
  if (dataplane.deleteLoopback(itf.swIfIndex) === Retval.OK) return '';
  throw new CliRefusal('delete loopback interface: vnet_delete_loopback_interface failed\n');
}
