/** Bonds in the layout of VPP's CLI. */
import { type Bond, Mode } from '../../dataplane/interfaces/bonds.js';

const MODES = ['', 'round-robin', 'active-backup', 'xor', 'broadcast', 'lacp'];
const BALANCES = ['l2', 'l34', 'l23', 'round-robin', 'broadcast', 'active-backup'];
const WIDTHS = [17, 13, 14, 14, 15, 0];

export function bondsText(bonds: readonly Bond[]): string {
  const row = (...cells: readonly (string | number)[]) =>
    `${cells.map((cell, i) => `${cell}`.padEnd(WIDTHS[i])).join('')}\n`;
  const heading = row('interface name', 'sw_if_index', 'mode', 'load balance', 'active members', 'members');
  const rows = bonds.map(({ itf, mode, balance, active, members }) =>
    row(itf.name, itf.swIfIndex, MODES[mode], BALANCES[balance], active.length, members.length),
  );
  return [heading, ...rows].join('');
}

export function bondDetails({ itf, index, id, mode, balance, active, members }: Bond): string {
  const lines = [
    itf.name,
    `  mode: ${MODES[mode]}`,
    `  load balance: ${BALANCES[balance]}`,
    `  number of active members: ${active.length}`,
    ...active.flatMap((member) => {
      const { swIfIndex, name } = member.itf;
      const weight = `      weight: ${member.weight}, is_local_numa: ${member.isLocalNuma ? 1 : 0}, sw_if_index: ${swIfIndex}`;
      return [`    ${name}`, ...(mode === Mode.ACTIVE_BACKUP ? [weight] : [])];
    }),
    `  number of members: ${members.length}`,
    ...members.map((member) => `    ${member.itf.name}`),
    `  device instance: ${index}`,
    `  interface id: ${id}`,
    `  sw_if_index: ${itf.swIfIndex}`,
    `  hw_if_index: ${itf.hardware.index}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
