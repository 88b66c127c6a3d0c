/** Names of declarations: VPP's snake_case names as TypeScript writes types, each given once. */

/** Names that declarations use with their own meaning. */
const RESERVED = [
  ...['Omit', 'Partial', 'Uint8Array', 'Messages', 'VppMessages'],
  ...['BoolInput', 'BytesInput', 'EnumCase', 'EnumInput', 'EnumValue', 'FlagsInput', 'LongInput'],
  ...['DumpMessage', 'EventMessage', 'OnewayMessage', 'RequestMessage'],
];

export class Naming {
  private readonly taken = new Set(RESERVED);

  /** A free name for `name`, and for each of `name` with one of `endings`: `ip_route` → `IpRoute`, else `IpRoute2`. */
  take(name: string, endings: readonly string[] = []): string {
    const wanted = pascal(name);
    let found = wanted;
    for (let n = 2; ['', ...endings].some((ending) => this.taken.has(found + ending)); n++) found = `${wanted}${n}`;
    for (const ending of ['', ...endings]) this.taken.add(found + ending);
    return found;
  }
}

/** `ip_route_add_del` → `IpRouteAddDel`. A name that begins with a digit then keeps an underscore. */
export function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]/).filter((word) => word !== '');
  const joined = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `_${joined}`;
}
