/** Declarations of messages: the fields of each, and its entry in the map of its file. */

import { headerLength } from '../mux/schema/messages.js';
import type { ApiModel, Field, MessageDef } from '../mux/schema/model.js';
import { declareFields, mayBeLeftOut } from './declare-fields.js';
import { fieldTexts, jsdoc, messageDoc } from './jsdoc.js';
import type { Place } from './type-text.js';

/** Fields that are the user's: all but the header. */
export function ownFields({ fields }: MessageDef): readonly Field[] {
  return fields.slice(headerLength(fields));
}

export function declareMessage(def: MessageDef, name: string, place: Place, withText: boolean): string {
  const fields = ownFields(def);
  const optional = mayBeLeftOut(fields);
  const isFollowed = (field: Field) => def.service?.cursor === true && field.name === 'cursor';
  const rules = {
    isOptional: (field: Field) => optional(field) || isFollowed(field),
    about: fieldTexts(def, withText),
  };
  return `export type ${name} = ${declareFields(fields, place, rules)};\n`;
}

/** The entry of a request or an event in the map; undefined for all else, which is part of those. `nameOf`: their declarations. */
export function mapEntry(
  def: MessageDef,
  model: ApiModel,
  nameOf: (message: string) => string,
  { helper }: Pick<Place, 'helper'>,
  withText: boolean,
): string | undefined {
  const shape = def.role === 'event' ? eventShape(def, model, nameOf, helper) : requestShape(def, nameOf, helper);
  return shape && `${jsdoc(messageDoc(def, withText), '  ')}  ${def.name}: ${shape};\n`;
}

function requestShape(
  { name, service }: MessageDef,
  nameOf: (message: string) => string,
  helper: Place['helper'],
): string | undefined {
  if (service === undefined) return undefined;
  const { kind, reply, details } = service;
  const parts = [name, kind === 'unary' ? reply : details, kind === 'unary' ? undefined : reply].filter(isNamed);
  const shape = { unary: 'RequestMessage', oneway: 'OnewayMessage', dump: 'DumpMessage', get: 'DumpMessage' }[kind];
  return `${helper(shape)}<${parts.map(nameOf).join(', ')}>`;
}

const isNamed = (name: string | undefined) => name !== undefined;

function eventShape(
  { name }: MessageDef,
  model: ApiModel,
  nameOf: (message: string) => string,
  helper: Place['helper'],
): string {
  const want = wantOf(name, model);
  return `${helper('EventMessage')}<${[name, want].filter(isNamed).map(nameOf).join(', ')}>`;
}

/** The request that VPP sends an event for: a registration, or else one that does something. */
export function wantOf(event: string, { services, eventRequests, messages }: ApiModel): string | undefined {
  const registering = eventRequests.get(event) ?? [];
  const acting = [...services.values()].filter(({ events }) => events.includes(event)).map(({ request }) => request);
  return [...registering, ...acting].find((request) => messages.has(request));
}
