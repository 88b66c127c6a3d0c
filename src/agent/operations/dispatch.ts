/** Carries out a call of an operation, from any kind of client: nine steps, in one function. */

import type { Logger } from 'pino';
import type { z } from 'zod';
import { showDuration } from '../../duration.js';
import { closestOrAll } from '../../nearest.js';
import { isA, textAt } from '../../thrown.js';
import { reasonOf, stackOf } from '../errors.js';
import type { Call } from './call.js';
import type { OperationCode } from './codes.js';
import { Fault, faultIn } from './fault.js';
import { loggable } from './loggable.js';
import type { Operation } from './operation.js';
import type { OperationCatalogue } from './operation-catalogue.js';
import type { EndedCall } from './operations.js';
import { pathOf, problemsOf } from './problems.js';
import { closing, type Provider } from './provider.js';
import { validateInPieces } from './validate-in-pieces.js';

/** Depth to which operations may call operations. */
const MAX_DEPTH = 16;

/** The agent as a call needs it. */
export interface CallEnvironment {
  readonly log: Logger;
  readonly catalogue: OperationCatalogue;
  /** Whether only calls from within running calls are served. */
  readonly closing: boolean;
  /** Timeout in milliseconds of a call whose caller sets none. */
  readonly timeoutMs: number;
  /** Names of all dataplanes, `main` first. */
  readonly dataplanes: readonly string[];
  /** Translates an error of a service, if a translator knows it. */
  translate(error: unknown): Fault | undefined;
  /** Tells those who measure that the call has ended. It does not throw. */
  tellEnded(call: EndedCall): void;
}

/** Carries out one call. Resolves with the checked output, or rejects with a `Fault`. */
export async function dispatch(call: Call, input: unknown, agent: CallEnvironment): Promise<unknown> {
  try {
    logIn(call, input, agent); // 1: logs the parameters, without their secrets
    call.begin(); // 2: starts its own deadline, and listens to its signal
    const operation = requireOpen(call, agent); // 3: agent, client and outer call are open; it exists
    refuseWrite(call, operation); // 4: for a client that may only read
    const checked = await checkInput(call, operation, input); // 5
    const providers = providersOf(call, agent); // 6: is there an implementation?
    const result = await carryOut(call, checked, providers); // 7: in turn, with its handle, within its time
    const output = await logOut(call, operation, result, agent); // 8: the output, checked; how long it took
    agent.tellEnded(ended(call, 'OK'));
    return output;
  } catch (thrown) {
    const fault = statusOf(call, thrown, agent); // 9: what the caller gets
    Error.captureStackTrace(fault, dispatch); // with the caller's stack; the operation's own is for the log
    agent.tellEnded(ended(call, fault.code));
    throw fault;
  } finally {
    call.end();
  }
}

/** The log of the plugin that is asked first, since it alone may be at `debug`. */
function logOf({ name, dataplane }: Call, { log, catalogue }: CallEnvironment): Logger {
  return catalogue.find(name)?.providers.find((provider) => provider.isAt(dataplane))?.log ?? log;
}

function logIn(call: Call, input: unknown, agent: CallEnvironment): void {
  const log = logOf(call, agent);
  if (!log.isLevelEnabled('debug')) return;
  const { number, name, client, parent } = call;
  const operation = agent.catalogue.find(name)?.operation;
  const from = parent === undefined ? `client ${client.id} (${client.name}, ${client.via})` : `call ${parent.number}`;
  const fields = { call: number, ...(operation && { input: loggable(operation.input, input) }) };
  log.debug(fields, `operation ${name}: called by ${from}`);
}

function requireOpen(call: Call, agent: CallEnvironment): Operation {
  const { name, client, parent } = call;
  if (parent === undefined && agent.closing) throw call.fault('CLOSED', `operation ${name}: the agent is closing`);
  if (client.signal.aborted) throw call.ofClosedClient();
  if (parent?.ended) throw call.fault('CLOSED', `operation ${name}: called by ${parent.name} after that had ended`);
  parent?.throwIfStopped();
  call.throwIfStopped();
  if (call.depth > MAX_DEPTH)
    throw call.fault('CIRCULAR_CALL', `operations call each other without end: ${path(call)}`);
  if (!agent.dataplanes.includes(call.dataplane)) {
    const hint = closestOrAll(call.dataplane, agent.dataplanes).text;
    throw call.fault('INVALID_INPUT', `operation ${name}: there is no dataplane ${call.dataplane}${hint}`);
  }
  const operation = agent.catalogue.find(name)?.operation;
  if (operation !== undefined) return operation;
  throw call.fault(
    'UNKNOWN_OPERATION',
    `there is no operation ${name}${closestOrAll(name, agent.catalogue.names).text}`,
  );
}

function refuseWrite(call: Call, { name, access }: Operation): void {
  if (access !== 'write' || call.client.access === 'write') return;
  throw call.fault('READ_ONLY', `operation ${name} writes, and client ${call.client.name} may only read`);
}

async function checkInput(call: Call, operation: Operation, input: unknown): Promise<unknown> {
  const checked = await validated(call, operation.input, input).catch((error) => {
    // zod collects all issues, and runs out of stack for lists that cannot be checked in pieces.
    if (!isA(error, RangeError) || !textAt(error, 'message')?.includes('call stack')) throw error;
    throw call.fault('INVALID_INPUT', `operation ${call.name}: the input has too many problems to list`);
  });
  if (checked.success) return checked.data;
  const problems = problemsOf(checked, input, Object.keys(operation.input.shape));
  throw call.fault('INVALID_INPUT', `operation ${call.name}: ${problems}`, pathOf(checked.issues[0]));
}

const validated = (call: Call, schema: z.ZodType, value: unknown) =>
  call.during(validateInPieces(schema, value, () => call.throwIfStopped()));

function providersOf(call: Call, { catalogue }: CallEnvironment): readonly Provider[] {
  const all = catalogue.find(call.name)?.providers ?? [];
  const here = all.filter((provider) => provider.isAt(call.dataplane));
  if (here.length === 0 && all.length > 0) throw notServedAt(call, all);
  const providers = here.filter((provider) => provider.takes(call));
  if (providers.length === 0) throw closing(call);
  return providers;
}

function notServedAt(call: Call, all: readonly Provider[]): Fault {
  const places = all.map(({ dataplane }) => dataplane).join(', ');
  const text = `operation ${call.name} is not served at dataplane ${call.dataplane} (at ${places} it is): agent.yaml lists no plugin for it with "dataplane: ${call.dataplane}"`;
  return call.fault('NOT_SUPPORTED', text);
}

/** Asks the providers in order, until one does not answer NOT_SUPPORTED. */
async function carryOut(call: Call, input: unknown, providers: readonly Provider[]) {
  for (const provider of providers) {
    try {
      return { provider, output: await provider.serve(call, input) };
    } catch (error) {
      const fault = faultIn(error);
      if (fault?.code !== 'NOT_SUPPORTED' || fault.operation !== undefined) {
        throw call.stopped ?? new Thrown(provider, error);
      }
      provider.log.debug({ call: call.number }, `operation ${call.name}: passed on: ${fault.message}`);
    }
  }
  const names = providers.map(({ name }) => name).join(', ');
  throw call.fault('NOT_SUPPORTED', `operation ${call.name} is not supported here (asked: ${names})`);
}

async function logOut(
  call: Call,
  operation: Operation,
  { provider, output }: { readonly provider: Provider; readonly output: unknown },
  agent: CallEnvironment,
): Promise<unknown> {
  const checked = await validated(call, operation.output, output);
  if (!checked.success) {
    const problems = problemsOf(checked, output, []);
    throw new Thrown(provider, new Error(`its result does not fit the operation's output: ${problems}`));
  }
  const log = logOf(call, agent);
  if (log.isLevelEnabled('debug')) {
    const fields = { call: call.number, output: loggable(operation.output, checked.data) };
    log.debug(fields, `operation ${call.name}: done by ${provider.name} in ${took(call)}`);
  }
  return checked.data;
}

/** An error that a plugin threw, with the plugin. */
class Thrown {
  constructor(
    readonly provider: Provider,
    readonly error: unknown,
  ) {}
}

/** Faults about the call itself. An operation that causes one with a call of its own has failed. */
const OF_THE_CALL: ReadonlySet<OperationCode> = new Set(['INVALID_INPUT', 'UNKNOWN_OPERATION', 'NOT_SUPPORTED']);

function statusOf(call: Call, thrown: unknown, agent: CallEnvironment): Fault {
  const fault = isA(thrown, Fault) ? thrown : explain(call, thrown, agent);
  logOf(call, agent).debug(
    { call: call.number },
    `operation ${call.name}: ${fault.code} after ${took(call)}: ${fault.message}`,
  );
  return fault;
}

/** The fault that the caller gets for an error; an unexpected error is logged, once. */
function explain(call: Call, thrown: unknown, agent: CallEnvironment): Fault {
  const { log, error } = isA(thrown, Thrown)
    ? { log: thrown.provider.log, error: thrown.error }
    : { log: agent.log, error: thrown };
  const known = faultIn(error) ?? agent.translate(error);
  if (known !== undefined) {
    const inner = known.operation !== undefined && known.call !== call.number;
    if (!inner) return call.fault(known.code, known.message, known.path);
    if (!OF_THE_CALL.has(known.code)) return known;
  }
  log.error({ call: call.number, ...stackOf(error) }, `operation ${call.name} failed: ${reasonOf(error)}`);
  return call.fault('FAILED', `operation ${call.name} failed; the agent's log says why (call ${call.number})`);
}

const ended = ({ name, client, dataplane, began }: Call, code: EndedCall['code']): EndedCall => ({
  ...{ name, via: client.via, dataplane, code },
  ms: performance.now() - began,
});

const took = (call: Call) => showDuration(performance.now() - call.began);

/** The names of the calls around it, from the outermost inwards, up to four. */
function path(call: Call): string {
  const names: string[] = [];
  for (let at: Call | undefined = call; at !== undefined; at = at.parent) names.unshift(at.name);
  return `${names.slice(0, 4).join(' → ')} → …`;
}
