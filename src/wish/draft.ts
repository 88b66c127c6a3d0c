/** A file in the making that describes what VPP has: each kind writes its part. */

import type { WishFile } from './schema.js';

type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;

/** An empty mapping for names of VPP's: `__proto__` is a name like others in it, and `constructor` is not there. */
const noNames = () => Object.create(null) as Record<string, never>;

export class Draft {
  readonly file: Writable<WishFile> = {
    interfaces: noNames(),
    bondethernets: noNames(),
    loopbacks: noNames(),
    bridgedomains: noNames(),
    vxlan_tunnels: noNames(),
    taps: noNames(),
  };
  /** Parts of `x-vppmux`, by their keys. */
  readonly extra: Record<string, unknown> = {};

  /** A draft that has the same interfaces and sub-interfaces, and says nothing of them yet. */
  outline(): Draft {
    const outline = new Draft();
    for (const [name, itf] of Object.entries(this.file.interfaces ?? {})) {
      outline.interface(name);
      for (const id of Object.keys(itf['sub-interfaces'] ?? {})) outline.interface(`${name}.${id}`);
    }
    return outline;
  }

  /** Whether an interface, sub-interface or loopback of this name has an entry. */
  has(name: string): boolean {
    const [parent, id] = name.split('.');
    const itf = this.file.interfaces?.[parent];
    if (id !== undefined) return itf?.['sub-interfaces']?.[id] !== undefined;
    return itf !== undefined || this.file.loopbacks?.[name] !== undefined;
  }

  /** The entry of an interface or sub-interface (`NAME.ID`), made where there is none. */
  interface(name: string): Record<string, unknown> {
    const [parent, id] = name.split('.');
    this.file.interfaces ??= noNames();
    this.file.interfaces[parent] ??= {};
    const itf = this.file.interfaces[parent] as Record<string, unknown>;
    if (id === undefined) return itf;
    itf['sub-interfaces'] ??= noNames();
    const subs = itf['sub-interfaces'] as Record<string, Record<string, unknown>>;
    subs[id] ??= {};
    return subs[id];
  }

  /** The entry of what has addresses: a loopback's own, any other interface's. */
  layer3(name: string): Record<string, unknown> {
    const loopback = this.file.loopbacks?.[name];
    return (loopback as Record<string, unknown> | undefined) ?? this.interface(name);
  }
}
