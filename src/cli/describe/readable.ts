/** Descriptions for people: one message in full, or many in a line each. */

import type { FieldDescription, MessageDescription } from '../../mux/index.js';
import { fitted, hanging } from '../output/hanging.js';

/** One message: what it is, how it is used, a line for each field. */
export function messageLines(described: MessageDescription, width: number): string[] {
  const { message, what, effect, about, fields } = described;
  const head = [`${message}: ${what}${effect ? `; it ${effect}` : ''}`, ...remarks(described)].join('; ');
  const rows = fields.map((field) => [field.field, field.type, fieldRemarks(field).join('; ')]);
  return [
    ...hanging([[head]], width),
    ...(about === undefined ? [] : hanging([['', about]], width)),
    ...hanging([['', usage(described)]], width),
    ...(described.harms ?? []).flatMap(({ when, why, refused }) =>
      hanging([['', `${refused ? 'refused where' : 'harms VPP where'} ${when}: ${why}`]], width),
    ),
    ...(rows.length === 0
      ? described.unusable === undefined
        ? ['  no fields']
        : []
      : hanging(
          rows.map((row) => ['', ...row]),
          width,
        )),
  ];
}

/** A line for each message. */
export function listLines(all: readonly MessageDescription[], width: number): string[] {
  const rows = all.map((described) => {
    const { message, command, role, effect = '', about } = described;
    return [message, command ?? role, effect, [...remarks(described), ...(about ? [about] : [])].join('; ')];
  });
  return fitted(rows, width);
}

function usage({ message, command, events, reply, details, crc, id, file }: MessageDescription): string {
  const target = events?.join(' or ') ?? message;
  const how = command === undefined ? [] : [`vppmux ${command} ${target}`];
  const answer = [details, reply].filter((name) => name !== undefined);
  return [
    ...how,
    ...(answer.length > 0 && events === undefined ? [`answered by ${answer.join(', then ')}`] : []),
    [file, crc && `CRC ${crc}`, typeof id === 'number' ? `id ${id}` : undefined].filter(Boolean).join(', '),
  ].join('; ');
}

const definitionText = ({ file, crc = 'that cannot be read' }: { file: string; crc?: string }) =>
  `${file} (CRC ${crc})`;

function remarks(described: MessageDescription): string[] {
  const { role, sideEffect, neverSent, unusable, definitions, deprecated, replacedBy, inProgress, id, vppCrc } =
    described;
  const absent = vppCrc === undefined ? 'not in this VPP' : `this VPP has another version of it (CRC ${vppCrc})`;
  return [
    ...(sideEffect === undefined ? [] : [`${role === 'event' ? 'a subscription' : 'it also'} ${sideEffect}`]),
    ...(neverSent === undefined ? [] : [`never sent: ${neverSent}`]),
    ...(unusable === undefined ? [] : [unusable]),
    ...(definitions === undefined ? [] : [`defined differently by ${definitions.map(definitionText).join(' and ')}`]),
    ...(deprecated === undefined ? [] : [deprecated === true ? 'deprecated' : `deprecated (${deprecated})`]),
    ...(replacedBy === undefined ? [] : [`replaced by ${replacedBy}`]),
    ...(inProgress === undefined ? [] : ['may still change']),
    ...(id === null && unusable === undefined ? [absent] : []),
  ];
}

function fieldRemarks(field: FieldDescription): string[] {
  const { form, flags, shortNames, oneOf, counts, limit, leftOut, about } = field;
  const names = Object.entries(shortNames ?? {}).map(([name, value]) => `${name}=${value}`);
  return [
    ...(form === undefined ? [] : [form]),
    ...(names.length === 0 ? [] : [names.join(flags ? ' | ' : ', ')]),
    ...(oneOf === undefined ? [] : [`one of ${oneOf.join(', ')}`]),
    ...(counts === undefined ? [] : [`the number of ${counts}; follows from them`]),
    ...(field.default === undefined ? [] : [`default ${field.default}`]),
    ...(limit === undefined ? [] : [`at most ${limit}`]),
    ...(leftOut === undefined ? [] : [`without it the index is 0, and only that is listed: ${leftOut}`]),
    ...(about === undefined ? [] : [about]),
  ];
}
