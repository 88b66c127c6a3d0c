/**
 * Lets the stack of an error lead to the line that asked. An error of the mux is made when VPP answers or a timer fires, where
 * its own stack shows the socket and nothing else.
 *
 *   request ──▶ promise P ◀── await ── the caller
 *                   └─ resolved with failing(error) ──▶ two turns of the microtask queue later the stack is taken anew
 *
 * V8 follows a promise that is awaited to the function that awaits it, from the microtask that is running. So this costs
 * nothing until something fails, and then a microsecond. It finds nobody where nobody awaits: a callback behind `then` or
 * `catch`. For those a call can be remembered when it is made (option callSites), which costs several times as much as a request.
 * A browser without `Error.captureStackTrace` leaves stacks as they are.
 */

import { VppmuxError } from './errors.js';

/** A call, with the stack of whoever made it. */
export interface CallSite {
  readonly stack?: string;
}

/** The stack at the call of `callee`, which must be running. */
export function callSite(callee: (...args: never[]) => unknown): CallSite {
  const site: CallSite = {};
  Error.captureStackTrace?.(site, callee);
  return site;
}

/** Errors that some caller has been given. */
const given = new WeakSet<Error>();
/** Errors of one caller alone, whose stack is that of a remembered call. */
const led = new WeakSet<Error>();

/**
 * Rejects with `error`, whose stack leads to `site`, or else to whoever awaits the promise. Give it to `resolve` of the promise that
 * they await, once: a promise that is settled already would leave the rejection unhandled.
 */
export async function failing(error: unknown, site?: CallSite): Promise<never> {
  // The first turn links the caller's promise to this one, the second one finds it there.
  await undefined;
  await undefined;
  throw leadTo(error, failing, site);
}

/** For `catch` of a promise that its caller awaits. */
export function throwAtCaller(error: unknown): never {
  throw leadTo(error, throwAtCaller);
}

/** `reply`, and with its error the stack of `site`. */
export function withSite<T>(reply: Promise<T>, site: CallSite): Promise<T> {
  return reply.catch((error) => {
    throw leadTo(error, withSite, site);
  });
}

/**
 * `error` with the stack of `site`, or else the present one above `callee`. What several callers are given is an error of
 * its own for each. A stack that leads to a remembered call goes on doing so. What is none of the mux stays as it is: its
 * stack leads to what threw it.
 */
export function leadTo(error: unknown, callee: (...args: never[]) => unknown, site?: CallSite): unknown {
  if (!(error instanceof VppmuxError)) return error;
  if (led.has(error) && !site) return error;
  const own = site || given.has(error) ? copyOf(error) : error;
  given.add(own);
  if (site) {
    setStack(own, site);
    led.add(own);
  } else Error.captureStackTrace?.(own, callee);
  return own;
}

function setStack(error: Error, { stack }: CallSite): void {
  // A program may make of stacks what it likes (Error.prepareStackTrace).
  if (typeof stack !== 'string' || !stack.includes('\n')) return;
  const value = `${error.name}: ${error.message}${stack.slice(stack.indexOf('\n'))}`;
  Object.defineProperty(error, 'stack', { value, writable: true, configurable: true });
}

function copyOf(error: VppmuxError): VppmuxError {
  const copy = new Error(error.message, error.cause === undefined ? undefined : { cause: error.cause });
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  return Object.assign(copy as VppmuxError, error);
}
