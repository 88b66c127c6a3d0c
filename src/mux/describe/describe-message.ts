/** Description of one message: its purpose, its replies, its fields. */

import { bounded } from '../../printable.js';
import type { Message, Schema } from '../codec/codec.js';
import { fileName } from '../compat/compatibility.js';
import { forbidden, harmText, hazardsOf, isOnlyTold, whenOf } from '../hazards/find.js';
import { ownFields } from '../json/field-types.js';
import { MAX_TEXT, readComment } from '../schema/comment.js';
import { eventRequest } from '../session/event-requests.js';
import { reads, sideEffect } from '../session/reads.js';
import type { TableEntry } from '../types.js';
import { describeFields, type FieldDescription } from './describe-fields.js';
import { listIndices } from './list-index.js';
import { useOf } from './use-of.js';

export interface HarmDescription {
  readonly when: string;
  readonly why: string;
  /** True when it is refused then; false: it cannot be known beforehand, and it is sent. */
  readonly refused: boolean;
  /** `tried` on a running VPP or read in its `source`, of these releases. */
  readonly evidence: string;
}

/** Printed by `describe` as JSON, without the parts that do not apply. */
export interface MessageDescription {
  readonly message: string;
  readonly role: 'request' | 'reply' | 'details' | 'event' | 'other';
  /** Role in words: `a request with one reply`. */
  readonly what: string;
  /** The command for it. */
  readonly command?: 'call' | 'dump' | 'watch';
  /** Whether a request changes VPP. */
  readonly effect?: 'reads' | 'writes';
  /** An effect that its name does not say; for an event, that of the request that a subscription sends. */
  readonly sideEffect?: string;
  /** Why it is refused. */
  readonly neverSent?: string;
  /** Why it cannot be used: its definition is wrong, or VPP does not hand it out. */
  readonly unusable?: string;
  /** Every file that defines it, where they do so differently; the first is in use. */
  readonly definitions?: readonly { readonly file: string; readonly crc?: string }[];
  /** Values, or states of VPP, with which it harms VPP, and what happens then. */
  readonly harms?: readonly HarmDescription[];
  readonly reply?: string;
  readonly details?: string;
  /** Events that the request switches on. */
  readonly events?: readonly string[];
  /** Undefined where it cannot be read. */
  readonly crc?: string;
  /** Id in the running VPP; null: it has none, or with another CRC (`vppCrc`). Absent without a running VPP. */
  readonly id?: number | null;
  readonly vppCrc?: string;
  /** Undefined where no file defines it. */
  readonly file?: string;
  /** `true`, or since when. */
  readonly deprecated?: true | string;
  readonly replacedBy?: string;
  /** Its definition may still change. */
  readonly inProgress?: true;
  readonly about?: string;
  readonly fields: readonly FieldDescription[];
}

/** `table`: that of the running VPP, if there is one. */
export function describeMessage(
  schema: Schema,
  message: Message,
  table?: ReadonlyMap<string, TableEntry>,
): MessageDescription {
  const { name, crc, role, service, options, comment, file, fields } = message.def;
  const use = useOf(schema, message, 'watch');
  const reason = service && forbidden(name);
  const isOwn = use.command !== undefined && (use.names.includes(name) || (service?.events.length ?? 0) > 0);
  const { about, fields: said } = readComment(comment);
  const indices = listIndices(message.def);
  return {
    message: name,
    role,
    what: use.what,
    command: isOwn && !reason ? use.command : undefined,
    effect: service && (reads(message.def) ? 'reads' : 'writes'),
    sideEffect: sideEffect(role === 'event' ? (eventRequest(schema, name, [])?.name ?? name) : name),
    neverSent: reason,
    harms: reason || !service ? undefined : harmsOf(name),
    reply: service?.reply,
    details: service?.details,
    events: service && service.events.length > 0 ? service.events : undefined,
    crc,
    ...(table && idIn(table, name, crc)),
    file: fileName(file),
    definitions: variantsOf(schema, name),
    deprecated: 'deprecated' in options ? text(options.deprecated) || true : undefined,
    replacedBy: text(options.replaced_by),
    inProgress: 'in_progress' in options || options.status === 'in_progress' ? true : undefined,
    about,
    fields: describeFields(ownFields(fields), said).map((each) => ({ ...each, leftOut: indices.get(each.field) })),
  };
}

function harmsOf(name: string): HarmDescription[] | undefined {
  const found = hazardsOf(name).map((hazard) => ({
    when: whenOf(hazard) ?? 'always',
    why: harmText(hazard),
    refused: !isOnlyTold(hazard),
    evidence: `${hazard.evidence}, VPP ${hazard.versions.join(', ')}`,
  }));
  return found.length > 0 ? found : undefined;
}

export function variantsOf({ model }: Schema, name: string): MessageDescription['definitions'] {
  return model.variants.get(name)?.map(({ file, crc }) => ({ file: fileName(file), crc }));
}

export function idIn(table: ReadonlyMap<string, TableEntry>, name: string, crc?: string) {
  const entry = table.get(name);
  if (entry !== undefined && entry.crc === crc) return { id: entry.id };
  return { id: null, vppCrc: entry?.crc };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? bounded(value, MAX_TEXT) : undefined;
}
