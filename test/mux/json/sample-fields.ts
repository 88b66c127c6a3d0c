/** A few types as VPP's definitions have them, built by hand. */

import type { EnumType, Field, Scalar, StructType, Type } from '../../../src/mux/schema/model.js';

const SIZES: Record<Scalar, number> = { u8: 1, i8: 1, bool: 1, u16: 2, i16: 2, u32: 4, i32: 4, u64: 8, i64: 8, f64: 8 };

export const scalar = (name: Scalar): Type => ({ kind: 'scalar', name, size: SIZES[name] });

export const enumeration = (name: string, values: Record<string, number>, flags = false): EnumType => ({
  kind: 'enum',
  name,
  base: 'u32',
  flags,
  values: new Map(Object.entries(values)),
  size: 4,
});

export const struct = (name: string, fields: readonly Field[]): StructType => ({
  kind: 'struct',
  name,
  fields,
  minSize: 0,
});

export const field = (name: string, type: Field['type'] | Scalar, array?: Field['array']): Field => ({
  name,
  type: typeof type === 'string' ? scalar(type) : type,
  array,
});

export const text = (name: string): Field => field(name, { kind: 'string' }, { kind: 'fixed', length: 64 });

export const interfaceIndex: Type = { kind: 'alias', name: 'interface_index', target: scalar('u32'), size: 4 };
export const macAddress: Type = { kind: 'alias', name: 'mac_address', target: scalar('u8'), length: 6, size: 6 };
export const sessionKey: Type = { kind: 'alias', name: 'session_key', target: scalar('u8'), length: 32, size: 32 };
export const address: Type = struct('address', [field('af', 'u8')]);

export const statusFlags = enumeration(
  'if_status_flags',
  { IF_STATUS_API_FLAG_ADMIN_UP: 1, IF_STATUS_API_FLAG_LINK_UP: 2 },
  true,
);
export const linkDuplex = enumeration('link_duplex', {
  LINK_DUPLEX_API_UNKNOWN: 0,
  LINK_DUPLEX_API_HALF: 1,
  LINK_DUPLEX_API_FULL: 2,
});

export const path = struct('fib_path', [
  field('sw_if_index', interfaceIndex),
  field('weight', 'u8'),
  field('labels', 'u32', { kind: 'fixed', length: 2 }),
  field('nh', address),
]);
export const route = struct('ip_route', [
  field('table_id', 'u32'),
  field('prefix', struct('prefix', [field('address', address), field('len', 'u8')])),
  field('n_paths', 'u8'),
  field('paths', path, { kind: 'counted', countField: 'n_paths' }),
]);
