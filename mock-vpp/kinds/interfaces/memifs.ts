/** memif: its socket filenames and interfaces. Ends in the mock connect to each other; nobody else is at the other end. */
import type { Fields } from '../../../src/mux/internal.js';
import { unknownInput } from '../../cli/cli-command.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import { type Device, NO_MAC } from '../../dataplane/interfaces/interface.js';
import { InterfaceChange } from '../../dataplane/interfaces/interface-events.js';
import type { Memif } from '../../dataplane/interfaces/memif.js';
import { Memifs } from '../../dataplane/interfaces/memifs.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { deleteDevice } from './delete-device.js';
import { interfaceNamed } from './interface-commands.js';
import { memifText, socketsText } from './memif-text.js';
import { placement, RxMode } from './placement.js';

const ANY_ID = 0xffffffff;

const MASTER = 0;
const Mode = { ETHERNET: 0, IP: 1 } as const;

const MTU = 9000;
const DEFAULT_RING = 1024;
const DEFAULT_BUFFER = 2048;

/** Bytes of a socket's filename in the details, the last of which is always 0. */
const FILENAME_SIZE = 108;

export const memifs = defineKind({
  name: 'memifs',
  title: 'memif',
  state: () => new Memifs(),
  adminChanged: (memifs, itf, dataplane) => {
    const memif = memifs.ends.at(itf);
    if (memif === undefined || !itf.adminUp) return;
    if (memif.peer === undefined) meet(dataplane, memifs.connect(memif));
    else dataplane.setLink(itf.swIfIndex, true);
  },
  interfaceDeleted: (memifs, itf, dataplane) => {
    const { left, met } = memifs.forget(itf);
    if (left === undefined) return;
    dataplane.setLink(left.itf.swIfIndex, false);
    dataplane.of(placement).forget(left.itf.swIfIndex);
    meet(dataplane, met);
  },
  commands: {
    'show memif': {
      help: 'show memif [<interface>] [descriptors]',
      takesWords: true,
      run: (memifs, { dataplane, vpp, words }) => {
        const ends = memifs.ends.values();
        const chosen = words.filter((word) => word !== 'descriptors');
        const other = chosen.find((word) => interfaceNamed(dataplane, word) === undefined);
        if (other !== undefined) throw unknownInput('show memif', words.slice(words.indexOf(other)));
        const shown = chosen.length === 0 ? ends : ends.filter(({ itf }) => chosen.includes(itf.name));
        const texts = shown.map((end) => memifText(end, vpp.build.version));
        return `${socketsText(memifs.listSockets())}${texts.join('')}`;
      },
    },
  },
  handlers: {
    memif_socket_filename_add_del: (fields, _, memifs) => changeSocket(memifs, fields, Number(fields.socket_id)),

    memif_socket_filename_add_del_v2: (fields, _, memifs) => {
      const asked = Number(fields.socket_id);
      const socketId = fields.is_add && asked === ANY_ID ? memifs.unusedSocketId() : asked;
      return { retval: changeSocket(memifs, fields, socketId), socket_id: socketId };
    },

    memif_socket_filename_dump: (_, _call, { sockets }) =>
      [...sockets].map(([socket_id, filename]): Fields => {
        return { socket_id, socket_filename: cut(filename) };
      }),

    memif_create: (fields, { dataplane }, memifs) => create(dataplane, memifs, fields),
    memif_create_v2: (fields, { dataplane }, memifs) => create(dataplane, memifs, fields),

    memif_delete: (fields, { dataplane }, { ends }) => deleteDevice(dataplane, ends, fields.sw_if_index),

    memif_dump: (_, _call, { ends }) => ends.values().map(details),
  },
});

/** The part of a filename that the details have room for. */
function cut(filename: string): string {
  let text = filename.slice(0, FILENAME_SIZE - 1);
  while (Buffer.byteLength(text) >= FILENAME_SIZE) text = text.slice(0, -1);
  return text;
}

function changeSocket(memifs: Memifs, fields: Fields, socketId: number): number {
  if (socketId === 0) return Retval.INVALID_ARGUMENT;
  return fields.is_add ? memifs.addSocket(socketId, String(fields.socket_filename)) : memifs.removeSocket(socketId);
}

function create(dataplane: Dataplane, memifs: Memifs, fields: Fields): Fields {
  const size = Number(fields.ring_size) || DEFAULT_RING;
  const [id, socketId, mode] = [fields.id, fields.socket_id, fields.mode].map(Number);
  const isMaster = Number(fields.role) === MASTER;
  const isRing = (size & (size - 1)) === 0;
  const retval = isRing ? memifs.refusal({ id, socketId, isMaster }) : Retval.INVALID_ARGUMENT;
  // A refusal has the index 0.
  if (retval !== Retval.OK) return { retval, sw_if_index: 0 };
  // VPP dies.
  if (mode > Mode.IP) return { retval: Retval.SYSCALL_ERROR_2, sw_if_index: 0 };
  if (isMaster && memifs.isListenedTo(socketId)) return undone(dataplane);

  const isEthernet = mode === Mode.ETHERNET;
  const mac = fields.hw_addr === NO_MAC ? generatedMac(dataplane.interfaces.nextIndex) : String(fields.hw_addr);
  const itf = dataplane.addInterface({
    name: `memif${socketId}/${id}`,
    device: deviceOf(isEthernet),
    mtu: isEthernet ? MTU : 0,
    ...(isEthernet && { mac }),
  });
  const met = memifs.add({
    ...{ itf, id, socketId, isMaster, mode, secret: String(fields.secret) },
    zeroCopy: !isMaster && !fields.no_zero_copy,
    rings: {
      size,
      bufferSize: Number(fields.buffer_size) || DEFAULT_BUFFER,
      rx: Number(fields.rx_queues) || 1,
      tx: Number(fields.tx_queues) || 1,
    },
  });
  meet(dataplane, met);
  return { sw_if_index: itf.swIfIndex };
}

/** The refusal of a socket that cannot be listened to; VPP has made the interface by then, and takes it away. */
function undone({ events, interfaces: { nextIndex } }: Dataplane): Fields {
  events.add(nextIndex, InterfaceChange.ADDED);
  events.add(nextIndex, InterfaceChange.DELETED);
  return { retval: Retval.SYSCALL_ERROR_4, sw_if_index: nextIndex };
}

/** Gives ends that have met their link and queues. */
function meet(dataplane: Dataplane, ends: readonly Memif[]): void {
  for (const { itf, isMaster, peer, rings } of ends) {
    const { rx, tx } = isMaster ? (peer as Memif).rings : rings;
    dataplane.setLink(itf.swIfIndex, true);
    const queues = isMaster ? { queues: tx, txQueues: rx } : { queues: rx, txQueues: tx };
    dataplane.of(placement).add(itf.swIfIndex, { ...itf.device, ...queues });
  }
}

function deviceOf(isEthernet: boolean): Device {
  const takes = isEthernet ? { takesMacs: true, takesPromisc: true, maxMtu: 65535 } : { takesMacs: false };
  const rxModes = [RxMode.POLLING, RxMode.INTERRUPT, RxMode.ADAPTIVE];
  return { type: 'memif', isEthernet, linkFollowsAdmin: false, rxModes, ...takes };
}

function details({ itf, id, socketId, isMaster, mode, zeroCopy, rings, hasRings }: Memif): Fields {
  return {
    ...{ sw_if_index: itf.swIfIndex, hw_addr: itf.mac, id, role: isMaster ? 0 : 1, mode, zero_copy: zeroCopy },
    ...{ socket_id: socketId, ring_size: hasRings ? rings.size : 1, buffer_size: hasRings ? rings.bufferSize : 0 },
    ...{ flags: (itf.adminUp ? 1 : 0) | (itf.linkUp ? 2 : 0), if_name: itf.name },
  };
}
