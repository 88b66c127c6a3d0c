/** Decides which requests may go at all: the deny list, and the check of what would harm VPP (hazards/). */

import { reasonOf } from '../../thrown.js';
import type { Fields } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import type { HazardCheck } from '../hazards/check.js';
import { forbidden, isSuspect } from '../hazards/find.js';
import type { DataListeners, ListenedChannel } from '../interceptors/data-listeners.js';
import { ForbiddenMessage } from '../interceptors/listened-messages.js';
import { encodeRequest, fieldsOf } from '../session/encoded-request.js';
import type { EncodedRequest } from '../session/exchange.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';

export interface ExaminingHost {
  /** Undefined for the mux's own channel, which asks what others need to know, and where `unsafe` lifts the check. */
  readonly hazards: HazardCheck | undefined;
  /** Undefined for the mux's own channel, which nobody listens to. */
  readonly dataListeners: Pick<DataListeners, 'forbidden'> | undefined;
}

/** Returns how `name` is sent. Throws what `MessageCatalogue.plan` throws; listeners see refusals of messages that are never sent. */
export function planOf(
  channel: ListenedChannel,
  host: ExaminingHost,
  session: Session,
  name: string,
  fields: Fields,
): Plan {
  try {
    return session.catalogue.plan(name);
  } catch (error) {
    // A made-up name is reported as its pattern: an audit by name stays bounded.
    const { table, schema } = session.catalogue;
    const isMadeUp = name.startsWith('memclnt_') && !table.has(name) && !schema.find(name);
    return refuse(channel, host, error, isMadeUp ? 'memclnt_*' : name, fields, `it is never sent: ${forbidden(name)}`);
  }
}

/**
 * Returns the fields that may be sent: the caller's own, or, where they had to be looked at, a copy of them; a promise
 * where VPP is asked first. Throws, or rejects with, FORBIDDEN_MESSAGE; FieldError.
 */
export function examineRequest(
  channel: ListenedChannel,
  host: ExaminingHost,
  session: Session,
  plan: Plan,
  fields: Fields,
): Fields | Promise<Fields> {
  const { hazards } = host;
  if (!hazards || !plan.hazards || hazards.hasPassed(fields, session) || !isSuspect(plan.hazards, fields))
    return fields;
  const content = fieldsOf(plan.message, encode(session, plan, fields));
  const fail = (error: unknown): never => refuse(channel, host, error, plan.name, content, reasonOf(error));
  try {
    const due = hazards.due(plan.name, plan.hazards, content);
    return due.length === 0 ? content : hazards.lookUp(plan.name, due, content, session).then(() => content, fail);
  } catch (error) {
    return fail(error);
  }
}

/** Encodes a request of this session. Throws FieldError. */
export function encode({ clientIndex }: Session, plan: Plan, fields: Fields): EncodedRequest {
  return encodeRequest(plan.message, plan.id, clientIndex, fields);
}

function refuse(
  channel: ListenedChannel,
  host: ExaminingHost,
  error: unknown,
  name: string,
  fields: Fields,
  why: string,
): never {
  if (error instanceof VppmuxError && error.code === 'FORBIDDEN_MESSAGE') {
    host.dataListeners?.forbidden(channel, new ForbiddenMessage(name, fields), why);
  }
  throw error;
}
