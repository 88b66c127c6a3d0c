/** The sources of routes: facts of VPP 26.06. */
import { defineKind } from '../../kind.js';

/** Names in the order of their ids, each with its priority. */
const SOURCES: readonly (readonly [name: string, priority: number])[] = [
  ['invalid', 255],
  ['special', 0],
  ['classify', 1],
  ['proxy', 2],
  ['interface', 3],
  ['SR', 16],
  ['BIER', 32],
  ['6RD', 48],
  ['API', 128],
  ['CLI', 129],
  ['LISP', 144],
  ['MAP', 160],
  ['DHCP', 176],
  ['IPv6-proxy-nd', 192],
  ['IPv6-nd', 193],
  ['adjacency', 208],
  ['mpls', 224],
  ['attached_export', 240],
  ['recursive-resolution', 251],
  ['urpf-exempt', 252],
  ['default-route', 253],
  ['interpose', 254],
  ['path-mtu', 16],
];

export const fibSources = defineKind({
  name: 'fibSources',
  title: 'sources of routes',
  handlers: {
    fib_source_dump: () => SOURCES.map(([name, priority], id) => ({ src: { priority, id, name } })),
  },
});
