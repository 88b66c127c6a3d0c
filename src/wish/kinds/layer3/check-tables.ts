/** Mistakes in `x-vppmux.tables`. */

import { MAX_INDEX } from '../../../vpp/index.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { Report } from '../../checks/report.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { TABLES_KEY, wishedTables } from './wished-tables.js';

export function* checkTables(wish: Wish): Generator<Problem> {
  const problems: Problem[] = [];
  const names = new Map<number, string>();
  const holders = new Map<string, string>();
  for (const { id, name, ipv4, ipv6, interfaces } of wishedTables(wish)) {
    const report = new Report(problems, `table ${name}`, [OWN_KEY, TABLES_KEY, name]);
    report.when(Number.isNaN(id), 'has no number: give it an id');
    report.when(id > MAX_INDEX, `has a number of more than ${MAX_INDEX}`);
    const other = names.get(id);
    report.when(other !== undefined, `has the number ${id}, which table ${other} has`, 'id');
    names.set(id, name);
    report.when(!ipv4 && !ipv6, 'is neither for IPv4 nor for IPv6');
    for (const [at, itf] of interfaces.entries()) {
      for (const family of [...(ipv4 ? ['IPv4'] : []), ...(ipv6 ? ['IPv6'] : [])]) {
        const holder = holders.get(`${family} ${itf}`);
        const text = `has interface ${itf}, whose ${family} is in table ${holder} already`;
        report.when(holder !== undefined, text, 'interfaces', at);
        holders.set(`${family} ${itf}`, name);
      }
    }
  }
  yield* problems;
  yield* unknownInterfaces(
    wish,
    wishedTables(wish).flatMap(({ name, interfaces }) =>
      interfaces.map((itf, at) => [itf, [TABLES_KEY, name, 'interfaces', at]] as const),
    ),
  );
}
