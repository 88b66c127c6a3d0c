/** VPP's threads and plugins in the layout of its CLI. */
import type { Vpp } from '../../vpp.js';
import { PLUGINS } from './plugins.js';

/** `threads`: how many there are, the main one included. */
export function threadsText({ pid }: Vpp, threads: number): string {
  const widths = [7, 20, 12, 8, 25, 7, 7, 7, 10];
  const row = (...cells: readonly (string | number)[]) =>
    `${cells.map((cell, at) => `${cell}`.padEnd(widths[at])).join('')}\n`;
  const titles = ['ID', 'Name', 'Type', 'LWP', 'Sched Policy (Priority)', 'lcore', 'Core', 'Socket', 'State'];
  const rows = Array.from({ length: threads }, (_, id) => {
    const [name, type] = id === 0 ? ['vpp_main', ''] : [`vpp_wk_${id - 1}`, 'workers'];
    return row(id, name, type, pid + id, 'other (0)', id, id, 0, '');
  });
  return [row(...titles), ...rows].join('');
}

export function pluginsText({ build }: Vpp): string {
  const row = (begin: string, name: string, version: string, does: string) =>
    `${begin}${name.padEnd(41)}${version.padEnd(33)}${does}\n`;
  const rows = PLUGINS.map(([name, does], at) =>
    row(`${`${at + 1}`.padStart(3)}. `, `${name}_plugin.so`, build.version, does),
  );
  const path = ` Plugin path is: ${build.directory}/vpp_plugins, plugins shown in load order\n\n`;
  return [path, row(' '.repeat(5), 'Plugin', 'Version', 'Description'), ...rows].join('');
}
