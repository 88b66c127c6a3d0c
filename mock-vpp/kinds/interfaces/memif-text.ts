/** memifs in the layout of VPP's CLI. Descriptors of files are made up, and rings stand as they do before the first packet. */
import type { Memif } from '../../dataplane/interfaces/memif.js';
import type { MemifSocket } from '../../dataplane/interfaces/memifs.js';

/** Bytes of a ring: its head, and its descriptors. */
const RING_HEAD = 128;
const DESCRIPTOR = 16;
/** Bytes of VPP's own buffers, which both ends have with zero copy. */
const BUFFERS = 64 * 1024 * 1024;

export function socketsText(sockets: readonly MemifSocket[]): string {
  const rows = sockets.map(({ id, filename, masters }) => {
    const listener = masters === undefined ? 'no' : `yes (${masters})`;
    return `  ${`${id}`.padEnd(3)} ${listener.padEnd(11)} ${filename}\n`;
  });
  return `sockets\n  id  listener    filename\n${rows.join('')}\n`;
}

/** `version`: that of VPP, which the other end names itself after. */
export function memifText(
  { itf, id, socketId, isMaster, mode, zeroCopy, peer, rings }: Memif,
  version: string,
): string {
  const slave = isMaster ? peer : peer && { zeroCopy, rings };
  const flags = [
    ...(itf.adminUp ? ['admin-up'] : []),
    ...(isMaster ? [] : ['slave']),
    ...(peer ? ['connected'] : []),
    ...(zeroCopy && peer ? ['zero-copy'] : []),
  ];
  const { rx: fromMaster, tx: fromSlave } = slave?.rings ?? { rx: 0, tx: 0 };
  const regions = slave === undefined ? [] : regionsOf(slave);
  const bufferSize = isMaster || peer === undefined ? 0 : rings.bufferSize;
  const lines = [
    `interface ${itf.name}`,
    ...(peer ? [`  remote-name "VPP ${version}"`, `  remote-interface "${peer.itf.name}"`] : []),
    `  socket-id ${socketId} id ${id} mode ${['ethernet', 'ip', 'punt-inject'][mode]}`,
    `  flags${flags.map((flag) => ` ${flag}`).join('')}`,
    `  listener-fd ${isMaster ? 15 : 0} conn-fd ${peer ? 16 : 0}`,
    `  num-s2m-rings ${fromSlave} num-m2s-rings ${fromMaster} buffer-size ${bufferSize} num-regions ${regions.length}`,
    ...regions.map((size, region) => `  region ${region} size ${size} fd ${17 + region}`),
    ...(slave === undefined ? [] : ringLines(slave.rings, isMaster)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function regionsOf({ zeroCopy, rings }: Pick<Memif, 'zeroCopy' | 'rings'>): number[] {
  const count = rings.rx + rings.tx;
  const size = count * ringSize(rings);
  return zeroCopy ? [size, BUFFERS] : [size + count * rings.size * rings.bufferSize];
}

const ringSize = ({ size }: Memif['rings']) => RING_HEAD + size * DESCRIPTOR;

/** The rings that an end sends to come first. The slave has filled those to it with empty buffers. */
function ringLines(rings: Memif['rings'], isMaster: boolean): string[] {
  const lines = (title: string, count: number, before: number, head: number) =>
    Array.from({ length: count }, (_, ring) => [
      `    ${title} ring ${ring}:`,
      `      region 0 offset ${(before + ring) * ringSize(rings)} ring-size ${rings.size} int-fd ${19 + before + ring}`,
      `      head ${head} tail 0 flags 0x0001 interrupts 0`,
    ]).flat();
  const toMaster = lines('slave-to-master', rings.tx, 0, 0);
  const toSlave = lines('master-to-slave', rings.rx, rings.tx, rings.size);
  return isMaster ? [...toSlave, ...toMaster] : [...toMaster, ...toSlave];
}
