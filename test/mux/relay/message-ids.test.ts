/** Ids of messages as clients know them: one for a name with its CRC, whatever each run of VPP gives it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageIds } from '../../../src/mux/relay/message-ids.js';
import type { WireEntry } from '../../../src/mux/session/message-table.js';

const isFixed = (name: string) => name.startsWith('fixed');
const table = (rows: Readonly<Record<string, number>>): WireEntry[] =>
  Object.entries(rows).map(([name, index]) => ({ name, index }));
const ids = (entries: readonly WireEntry[]) => Object.fromEntries(entries.map(({ name, index }) => [name, index]));

describe('message ids', () => {
  it('the first VPP: has its own', () => {
    const { entries, toVpp, toClient } = new MessageIds().tableOf(table({ fixed_1: 15, a_1: 30, b_1: 40 }), isFixed);
    expect(ids(entries)).toEqual({ fixed_1: 15, a_1: 30, b_1: 40 });
    expect([toVpp[30], toClient[40], toVpp[31], toClient[31]]).toEqual([30, 40, -1, -1]);
  });

  it('another VPP: a name keeps its id, a new one gets one that nobody has had', () => {
    const all = new MessageIds();
    all.tableOf(table({ fixed_1: 15, a_1: 30, b_1: 31 }), isFixed);
    const { entries, toVpp, toClient } = all.tableOf(table({ fixed_1: 15, c_1: 30, a_1: 31, b_1: 50 }), isFixed);
    expect(ids(entries)).toEqual({ fixed_1: 15, c_1: 32, a_1: 30, b_1: 31 });
    expect([toVpp[30], toVpp[31], toVpp[32]]).toEqual([31, 50, 30]);
    expect([toClient[31], toClient[50], toClient[30]]).toEqual([30, 31, 32]);
  });

  it('the same name with another CRC: is another message', () => {
    const all = new MessageIds();
    all.tableOf(table({ a_1: 30 }), isFixed);
    expect(ids(all.tableOf(table({ a_2: 30 }), isFixed).entries)).toEqual({ a_2: 31 });
  });

  it('a message that is gone for a while: has its id again', () => {
    const all = new MessageIds();
    const runs: Record<string, number>[] = [{ a_1: 30, b_1: 31 }, { b_1: 30 }, { a_1: 77, b_1: 78 }];
    for (const rows of runs) {
      const { entries } = all.tableOf(table(rows), isFixed);
      expect(ids(entries)).toEqual(
        Object.fromEntries(Object.keys(rows).map((name) => [name, name === 'a_1' ? 30 : 31])),
      );
    }
  });

  it('ids of the protocol: are those of VPP, and whoever had one of them loses it', () => {
    const all = new MessageIds();
    all.tableOf(table({ fixed_1: 15, a_1: 16 }), isFixed);
    const { entries } = all.tableOf(table({ a_1: 15, fixed_1: 16, fixed_2: 17 }), isFixed);
    expect(ids(entries)).toMatchObject({ fixed_1: 16, fixed_2: 17 });
    expect(ids(entries).a_1).toBeGreaterThan(17);
  });

  it('names given twice: each has an id of its own, and keeps it', () => {
    const all = new MessageIds();
    const twice = (first: number, second: number) => [
      { name: 'a_1', index: first },
      { name: 'a_1', index: second },
    ];
    all.tableOf(twice(30, 31), isFixed);
    expect(all.tableOf(twice(41, 40), isFixed).entries).toEqual(twice(30, 31));
  });

  it('no id is left: that message is not there, the others are', () => {
    const all = new MessageIds();
    all.tableOf(table({ a_1: 65_535 }), isFixed);
    const { entries, toClient } = all.tableOf(table({ a_1: 1, b_1: 65_535 }), isFixed);
    expect(ids(entries)).toEqual({ a_1: 65_535 });
    expect(toClient[65_535]).toBe(-1);
  });

  it('any VPPs one after the other: each table is one to one, names keep their ids, protocol ids are those of VPP', () => {
    const names = fc.uniqueArray(fc.nat(40), { minLength: 1 });
    const run = fc.tuple(names, fc.uniqueArray(fc.nat(500), { minLength: 41, maxLength: 41 }), fc.boolean());
    const property = fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (runs) => {
      const all = new MessageIds();
      const known = new Map<string, number>();
      for (const [chosen, indexes] of runs) {
        // The ids of the protocol do not move.
        const vpp = chosen.map((n, i) =>
          n < 5 ? { name: `fixed_${n}`, index: n } : { name: `m${n}_1`, index: 10 + indexes[i] },
        );
        const { entries, toVpp, toClient } = all.tableOf(vpp, isFixed);
        expect(entries.map(({ name }) => name)).toEqual(vpp.map(({ name }) => name));
        expect(new Set(entries.map(({ index }) => index)).size).toBe(vpp.length);
        for (const [i, { name, index }] of entries.entries()) {
          expect([toVpp[index], toClient[vpp[i].index]]).toEqual([vpp[i].index, index]);
          if (isFixed(name)) expect(index).toBe(vpp[i].index);
          expect(index).toBe(known.get(name) ?? index);
          known.set(name, index);
        }
        expect(toVpp.filter((id) => id >= 0)).toHaveLength(vpp.length);
        expect(toClient.filter((id) => id >= 0)).toHaveLength(vpp.length);
      }
    });
    fc.assert(property, { numRuns: 100 });
  });
});
