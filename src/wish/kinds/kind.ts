/**
 * The contract of a kind of objects: what a wish asks for, what VPP has, and the messages that lead from one to the other. A kind is
 * one file; plugins contribute further ones.
 *
 * An object is known by its key, `KIND/NAME`: `loopback/loop0`, `address/loop0 192.0.2.1/24`. Kinds are told what is there and give
 * messages back; none of them sends anything. `needs` orders everything: an object is created after what it needs, and removed before it.
 */

import type { z } from 'zod';
import type { Message as Definition, Fields } from '../../mux/index.js';
import type { Draft } from '../draft.js';
import type { Problem } from '../problem.js';
import type { Wish } from '../wish.js';
import type { VppSnapshot } from './snapshot.js';

/** An object by its name within its kind. `value`: plain data; wanted and found values of equal objects are deeply equal. */
export interface KindObject<Value = unknown> {
  readonly name: string;
  readonly value: Value;
}

/** An object that a wish asks for. */
export interface Wanted<Value = unknown> extends KindObject<Value> {
  /** Its place in the file, for errors: `['loopbacks', 'loop0']`. */
  readonly path: readonly (string | number)[];
  /** Key of the object that brings it along when it is created: the MAC address that a loopback is made with. */
  readonly comesWith?: string;
}

/** An object that VPP has. */
export interface Found<Value = unknown> extends KindObject<Value> {
  /** VPP's number for it, where others refer to it by one: a sw_if_index, an index of an ACL. */
  readonly index?: number;
  /** Text that somebody tagged it with. */
  readonly tag?: string;
  /** Key of the object that made it and takes it away: an address that a DHCP client was given. It is never deleted for itself. */
  readonly comesWith?: string;
  /** Whether it is as VPP has it where nobody asks for it, so that there is nothing to delete. Default false. */
  readonly isUsual?: boolean;
}

/** A number of VPP for a message. While a plan is shown, what does not exist yet is its name: `<loop0>`. */
export type Index = number | string;

/** Numbers of objects that messages refer to. */
export interface References {
  /** Number of the object with this key, or of the interface `interface/NAME`. */
  index(key: string): Index;
  /** sw_if_index of an interface of any kind. */
  interface(name: string): Index;
  /** The name of the first of these messages that the running VPP has, else of the first. */
  newest(...names: readonly [string, ...string[]]): string;
  /** The definition of a message in the running VPP; undefined where it has none. */
  definition(name: string): Definition | undefined;
  /** A secret for a message, from the function that reads it. While a plan is shown it is not read, and is `(secret)`. */
  secret(read: () => unknown): unknown;
}

/** A request to VPP. */
export interface Message {
  readonly name: string;
  /** Its fields; a function where they hold the number of an object that an earlier message of the same object creates. */
  readonly fields: Fields | ((refs: References) => Fields);
  /** Names of VPP's refusals (`NO_SUCH_ENTRY`) that mean that it is so already. */
  readonly settledBy?: readonly string[];
  /** Whether it is sent even where an earlier message of the operation was refused: it takes back what that one stood on (a card is down). */
  readonly restores?: boolean;
}

/** A line of VPP's command line, by the block of vppcfg's output that it belongs to. */
export interface CliLine {
  readonly block: 'prune' | 'create' | 'sync';
  readonly line: string;
}

/**
 * The objects that are deleted when no wish asks for them: `all`, everything that VPP has of the kind, as vppcfg does it; `wished`, only
 * what a wish that was applied before asked for, since other programs have such objects too (routes of a routing daemon).
 */
export type Ownership = 'all' | 'wished';

/** The part of `x-vppmux` that a kind reads: `x-vppmux: { KEY: … }`. */
export interface Section {
  readonly key: string;
  readonly schema: z.ZodType;
}

export interface Kind<Value = unknown> {
  /** Singular, in small letters with hyphens: `loopback`. */
  readonly name: string;
  /** `interface` where each object is an interface of the same name, on which others may stand as `interface/NAME`. */
  readonly family?: 'interface';
  readonly ownership: Ownership;
  /** Messages without which the running VPP cannot have the kind (its plugin is not loaded). */
  readonly messages: readonly string[];
  readonly section?: Section;
  /** Whether reading it takes long (routes): it is read only where a wish asks for it, or an interface is to be deleted. */
  readonly isLarge?: boolean;
  /** Whether VPP itself takes it away, whole, with what it needs: no message then. True for settings of an interface. */
  readonly vanishes?: boolean;

  /**
   * Mistakes that the form cannot tell, and that other checks do not find; for kinds with a section of their own. A long check gives
   * `undefined` in between: there it may be interrupted.
   */
  check?(wish: Wish): Iterable<Problem | undefined>;
  /** Lists what a wish asks for. */
  wanted(wish: Wish): Iterable<Wanted<Value>>;
  /**
   * Reads all objects of the kind, also those that nobody asked for. `asked`: all that the wish and those that were carried out before it
   * ask for, the present wish first; for kinds that cannot find their objects otherwise.
   */
  read(vpp: VppSnapshot, asked: readonly Wanted<Value>[]): Promise<readonly Found<Value>[]>;
  /** Keys that must exist first, for objects that are wanted and for those that were found. */
  needs(object: KindObject<Value>): readonly string[];
  /** Whether the object that was found is as wanted. Default: deeply equal values. */
  same?(wanted: Wanted<Value>, found: Found<Value>): boolean;
  create(wanted: Wanted<Value>, refs: References): readonly Message[];
  /** Number of the object in the reply to a message of `create`; undefined where the reply has none. */
  indexOf?(reply: Fields, wanted: Wanted<Value>): number | undefined;
  /** Changes it in place. Without the function, or where it gives undefined, the object is deleted and created anew. */
  change?(found: Found<Value>, wanted: Wanted<Value>, refs: References): readonly Message[] | undefined;
  /** Why it cannot be as wanted yet, for people: `has no queue 3`. It is pending then, and no message is sent. */
  obstacle?(found: Found<Value>, wanted: Wanted<Value>): string | undefined;
  /** Whether a change comes before all that is created, with what is deleted: an MTU that shrinks. Default false. */
  isEarly?(found: Found<Value>, wanted: Wanted<Value>): boolean;
  /**
   * Keys of objects that wait until this one is created, changed or deleted, whether that succeeds or not. Needed where the order
   * matters and nothing depends on it; kinds that do not depend on each other are in the order of their list anyway.
   */
  precedes?(found: Found<Value> | undefined, wanted: Wanted<Value> | undefined): readonly string[];
  /** Keys of objects that this one waits for in the same way. */
  follows?(found: Found<Value> | undefined, wanted: Wanted<Value> | undefined): readonly string[];
  /** Keys of objects that VPP sets back when it creates, changes or deletes this one: they are set anew behind it. */
  resets?(found: Found<Value> | undefined, wanted: Wanted<Value> | undefined): readonly string[];
  /** Deletes it. Without the function what nobody asked for stays (the MAC address of an interface). */
  remove?(found: Found<Value>, refs: References): readonly Message[];
  /** A value as plans show it: without what is the kind's own affair, and without secrets. Default: as it is. */
  show?(value: Value): unknown;
  /** Writes what was found into the file that describes VPP (`vppmux adopt`). */
  describe?(found: readonly Found<Value>[], draft: Draft): void;
  /** The same change as lines of VPP's command line, for those who compare with vppcfg's; `after` is undefined where it is deleted. */
  cli?(before: Found<Value> | undefined, after: Wanted<Value> | undefined): readonly CliLine[];
}

export const keyOf = (kind: Pick<Kind, 'name'>, name: string): string => `${kind.name}/${name}`;

/** The type of a kind's values is its own affair: a list of kinds has none in common. */
export function defineKind<Value>(kind: Kind<Value>): Kind {
  return kind as unknown as Kind;
}
