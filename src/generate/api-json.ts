/** Definitions of messages in the form of `.api.json` files: what `resolve.ts` reads, written back. */

import type { ApiModel, EnumType, Field, MessageDef, Service, Type } from '../mux/schema/model.js';

type Json = Record<string, unknown>;

/** A file for each that these messages come from, with the types that they need. Without comments. */
export function apiJsonOf(messages: readonly MessageDef[], { services }: Pick<ApiModel, 'services'>): Json[] {
  const byFile = new Map<string, MessageDef[]>();
  for (const def of messages) byFile.set(def.file, [...(byFile.get(def.file) ?? []), def]);
  return [...byFile].map(([path, own]) => {
    const module = path.replace(/^.*[\\/]/, '').replace(/\.api\.json$/, '');
    const names = new Set(own.map(({ name }) => name));
    const served = own.flatMap(({ name }) => services.get(name) ?? []);
    return {
      module,
      ...typesOf(own),
      messages: own.map(messageEntry),
      services: Object.fromEntries(served.map((service) => [service.request, serviceEntry(service, names)])),
    };
  });
}

function messageEntry({ name, crc, fields, options }: MessageDef): unknown[] {
  return [name, ...fields.map(fieldEntry), { crc: `0x${crc}`, options }];
}

function serviceEntry({ kind, reply, details, events }: Service, has: ReadonlySet<string>): Json {
  const sent = events.filter((event) => has.has(event));
  const more = sent.length > 0 ? { events: sent } : {};
  if (kind === 'oneway') return { reply: 'null', ...more };
  if (kind === 'unary') return { reply, ...more };
  return kind === 'dump'
    ? { reply: details, stream: true, ...more }
    : { reply, stream: true, stream_msg: details, ...more };
}

function fieldEntry({ name, type, array, default: preset, limit }: Field): unknown[] {
  const size =
    array === undefined
      ? []
      : array.kind === 'fixed'
        ? [array.length]
        : array.kind === 'counted'
          ? [0, array.countField]
          : [0];
  const options = {
    ...(preset !== undefined && { default: typeof preset === 'bigint' ? String(preset) : preset }),
    ...(limit !== undefined && { limit }),
  };
  return [
    type.kind === 'string' ? 'string' : reference(type),
    name,
    ...size,
    ...(Object.keys(options).length > 0 ? [options] : []),
  ];
}

const reference = (type: Type) => (type.kind === 'scalar' ? type.name : `vl_api_${type.name}_t`);

/** The types that messages need, each behind those that it needs itself. */
function typesOf(messages: readonly MessageDef[]): Json {
  const sections = {
    types: [] as unknown[],
    unions: [] as unknown[],
    enums: [] as unknown[],
    enumflags: [] as unknown[],
  };
  const aliases: Json = {};
  const done = new Set<Type>();
  const add = (type: Field['type']): void => {
    if (type.kind === 'string' || type.kind === 'scalar' || done.has(type)) return;
    done.add(type);
    if (type.kind === 'alias') {
      add(type.target);
      aliases[type.name] = { type: reference(type.target), ...(type.length !== undefined && { length: type.length }) };
    } else if (type.kind === 'enum') sections[type.flags ? 'enumflags' : 'enums'].push(enumEntry(type));
    else {
      const fields = type.kind === 'struct' ? type.fields : type.arms;
      for (const field of fields) add(field.type);
      sections[type.kind === 'struct' ? 'types' : 'unions'].push([type.name, ...fields.map(fieldEntry)]);
    }
  };
  for (const { fields } of messages) for (const { type } of fields) add(type);
  return { ...sections, aliases };
}

const enumEntry = ({ name, values, base }: EnumType) => [name, ...values, { enumtype: base }];
