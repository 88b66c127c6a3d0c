/** Wishes against a mock: read, carried out, read again. */

import { expect, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { type Channel, connect, type Untyped } from '../../../src/mux/index.js';
import {
  builtInKinds,
  carryOut,
  Draft,
  type FoundObject,
  Inventory,
  type Kind,
  planOf,
  Reconciliation,
  type Result,
  VppSnapshot,
  validateWish,
  type Wish,
} from '../../../src/wish/index.js';
import { realSocket } from '../../support/vpp.js';
import { channelToMock } from '../../vpp/support.js';

type World = Awaited<ReturnType<typeof channelToMock>>;

/** The wish of a text that has to be valid. */
export function wishOf(text: string, kinds: readonly Kind[] = builtInKinds): Wish {
  const { errors, wish } = validateWish(text, { kinds });
  expect(errors).toEqual([]);
  return wish as Wish;
}

export interface Options {
  readonly kinds?: readonly Kind[];
  /** Default: everything of VPP's is owned. */
  readonly owns?: (found: FoundObject) => boolean;
}

/** Reads VPP against a wish. */
export function compare(channel: Channel<Untyped>, text: string, { kinds = builtInKinds, owns }: Options = {}) {
  const question = { kinds, wish: wishOf(text, kinds), owns: owns ?? (() => true), reads: () => true };
  return Reconciliation.read(channel, question);
}

/** Operations that are due, as `create loopback/loop0`. */
export async function due(channel: Channel<Untyped>, text: string, options?: Options): Promise<string[]> {
  return planOf(await compare(channel, text, options)).changes.map(({ action, key }) => `${action} ${key}`);
}

/** Carries a wish out, and expects that each operation succeeds and that nothing is left to do. */
export async function fulfil(channel: Channel<Untyped>, text: string, options?: Options): Promise<readonly Result[]> {
  const results = await carryOut(channel, await compare(channel, text, options));
  const others = results.filter(({ outcome }) => outcome !== 'applied');
  expect(others.map(({ operation, ...rest }) => `${operation.action} ${operation.key}: ${told(rest)}`)).toEqual([]);
  const { changes, pending } = planOf(await compare(channel, text, options));
  expect({ changes, pending }).toEqual({ changes: [], pending: [] });
  return results;
}

/** The file that describes what VPP has, as `vppmux adopt` makes it. */
export async function adopted(channel: Channel<Untyped>, { kinds = builtInKinds }: Options = {}): Promise<string> {
  const inventory = await Inventory.read(await VppSnapshot.read(channel), kinds);
  const draft = new Draft();
  for (const kind of kinds) {
    kind.describe?.(
      [...inventory.objects.values()].filter((found) => found.kind === kind),
      draft,
    );
  }
  return stringify({ ...draft.file, 'x-vppmux': draft.extra });
}

/** A channel to the VPP that VPP_API_SOCKET names, which is left as an empty wish has it; else to a mock. */
export async function channelToAny(): Promise<Channel<Untyped>> {
  if (realSocket === undefined) return (await channelToMock()).channel;
  const vpp = await connect({ socket: realSocket });
  const channel = vpp.channel();
  onTestFinished(async () => {
    await fulfil(channel, '{}');
    await vpp.close();
  });
  return channel;
}

const told = ({ outcome, error, reason }: Omit<Result, 'operation'>) => `${outcome}: ${error?.message ?? reason}`;

export { channelToMock, type World };
