/** Requests that a person wrote, checked by the definitions of the running VPP before anything is sent. */

import { type Message as Definition, type Fields, forbidden, fromJson, reads } from '../../../mux/index.js';
import { addressOf, prefixOf } from '../../../vpp/index.js';
import type { Index, Message, References } from '../kind.js';
import { type Numbers, withNumbers } from './references.js';
import type { GivenFields, GivenRequest } from './section.js';

const ANY_NUMBER = { index: () => 0, interface: () => 0 };

type Lookup = Pick<References, 'definition'>;

/** The definition of a request. Throws where VPP has no such request, or it is never sent. */
function definitionOf(lookup: Lookup, { message }: GivenRequest): Definition {
  const reason = forbidden(message);
  if (reason !== undefined) throw new Error(`${message} is never sent: ${reason}`);
  const definition = lookup.definition(message);
  if (definition === undefined) throw new Error(`the running VPP has no message ${message}`);
  if (definition.def.service === undefined) throw new Error(`${message} is no request`);
  return definition;
}

/** The request as a message. Throws what is wrong with its fields, also where references are not resolved yet. */
export function messageOf(request: GivenRequest, refs: Numbers & Lookup): Message {
  const definition = definitionOf(refs, request);
  fromJson(definition, withNumbers(request.fields, ANY_NUMBER));
  let hasNames = false;
  const noted = (index: Index) => {
    hasNames ||= typeof index === 'string';
    return index;
  };
  const fields = withNumbers(request.fields, {
    index: (key) => noted(refs.index(key)),
    interface: (name) => noted(refs.interface(name)),
  }) as Fields;
  return { name: request.message, fields: hasNames ? fields : fromJson(definition, fields) };
}

/** Throws what is wrong with a request that is not sent yet. */
export function checkRequest(request: GivenRequest, lookup: Lookup): void {
  messageOf(request, { ...ANY_NUMBER, definition: (name) => lookup.definition(name) });
}

export interface Listing extends GivenRequest {
  readonly where: GivenFields;
}

export interface CheckedListing {
  readonly name: string;
  readonly fields: Fields;
  /** Whether it answers with a list, and not with one reply. */
  readonly isList: boolean;
  readonly matches: (row: Fields) => boolean;
}

/** The request that lists objects. Throws what is wrong with it, and where it does more than read. */
export function listingOf(listing: Listing, refs: Numbers & Lookup): CheckedListing {
  const { message: name, where } = listing;
  const definition = definitionOf(refs, listing);
  const { service } = definition.def;
  if (!reads(definition.def)) throw new Error(`${name} does more than read`);
  const details = refs.definition(service?.details ?? service?.reply ?? name);
  if (details === undefined) throw new Error(`${name} has no answer that VPP defines`);
  const fields = fromJson(definition, withNumbers(listing.fields, refs));
  const wanted = fromJson(details, withNumbers(where, refs));
  return { name, fields, isList: service?.details !== undefined, matches: (row) => fits(wanted, row) };
}

/** Checks a listing while no interface that it names need be there. */
export function checkListing(listing: Listing, lookup: Lookup): void {
  listingOf(listing, { ...ANY_NUMBER, definition: (name) => lookup.definition(name) });
}

/** Whether `row` has all that `wanted` has; addresses however they are spelled. */
function fits(wanted: unknown, row: unknown): boolean {
  if (wanted instanceof Uint8Array) return row instanceof Uint8Array && Buffer.from(wanted).equals(row);
  if (Array.isArray(wanted)) {
    return Array.isArray(row) && wanted.length === row.length && wanted.every((each, at) => fits(each, row[at]));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof row !== 'object' || row === null) return false;
    return Object.entries(wanted).every(([name, value]) => fits(value, Reflect.get(row, name)));
  }
  return wanted === row || (wanted !== undefined && String(row) === spelled(String(wanted)));
}

/** An address or a prefix as VPP spells it; other texts as they are. */
function spelled(text: string): string {
  const prefix = prefixOf(text);
  return prefix === undefined ? (addressOf(text) ?? text) : `${prefix.address}/${prefix.length}`;
}
